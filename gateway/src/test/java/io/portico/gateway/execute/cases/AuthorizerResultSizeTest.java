package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.UpstreamResponse;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an authorizer of a WebSocket API may answer: 8 KB. */
final class AuthorizerResultSizeTest {
  private static final String ALLOWS =
      """
      {"principalId": "%s", "policyDocument": {"Version": "2012-10-17", "Statement": [
        {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "*"}]}}
      """;

  @ParameterizedTest
  @CsvSource({"8192, 101", "8193, 500"})
  void aLongerAnswerLetsNobodyIn(int length, int status) throws UnknownHostException {
    WebSocketCaseDefinition definition = new WebSocketCaseDefinition();
    assertThat(definition.take("authorizers", "{guard: {}}")).isTrue();
    assertThat(
            definition.take(
                "route $connect", "{authorizationType: CUSTOM, authorizerId: guard, target: null}"))
        .isTrue();
    String answer = ALLOWS.formatted("x".repeat(length - ALLOWS.formatted("").length()));
    HttpHandler gateway =
        CaseGateway.of(
            definition.served(),
            request -> new UpstreamResponse(200, Headers.empty(), Body.of(answer)),
            line -> {});

    assertThat(
            gateway
                .handle(
                    CaseGateway.fromTheClient(
                        "GET",
                        "/" + CaseApi.STAGE,
                        "HTTP/1.1",
                        Headers.of(
                            "Host", CaseApi.ID + ".execute-api.us-east-1.localhost",
                            "Upgrade", "websocket",
                            "Connection", "Upgrade",
                            "Sec-WebSocket-Version", "13",
                            "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==",
                            "Auth", "secret"),
                        Body.EMPTY))
                .status())
        .isEqualTo(status);
  }
}
