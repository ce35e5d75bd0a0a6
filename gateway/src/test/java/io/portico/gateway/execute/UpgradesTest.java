package io.portico.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.HttpCaseDefinition;
import io.portico.gateway.execute.cases.WebSocketCaseDefinition;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.GatewaySnapshot;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** What an opening handshake may become. */
final class UpgradesTest {

  @Test
  void onlyStagesOfWebSocketApisOpenConnections() throws UnknownHostException {
    WebSocketCaseDefinition chat = new WebSocketCaseDefinition();
    assertThat(chat.take("route $default", "")).isTrue();
    HttpCaseDefinition pets = new HttpCaseDefinition();
    assertThat(pets.take("route GET /prod", "")).isTrue();

    assertThat(mayUpgrade(chat.served(), "/" + CaseApi.STAGE)).isTrue();
    assertThat(mayUpgrade(chat.served(), "/other")).isFalse();
    assertThat(mayUpgrade(pets.served(), "/" + CaseApi.STAGE)).isFalse();
  }

  private static boolean mayUpgrade(GatewaySnapshot served, String path)
      throws UnknownHostException {
    return CaseGateway.of(
            served, request -> new UpstreamResponse(200, Headers.empty(), Body.EMPTY), line -> {})
        .mayUpgrade(
            CaseGateway.fromTheClient(
                "GET",
                path,
                "HTTP/1.1",
                Headers.of("Host", CaseApi.ID + ".execute-api.us-east-1.localhost"),
                Body.EMPTY));
  }
}
