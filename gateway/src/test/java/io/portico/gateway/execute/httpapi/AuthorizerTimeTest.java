package io.portico.gateway.execute.httpapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.HttpCaseDefinition;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamResponse;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * How long the function of a Lambda authorizer may take: 10 s, as AWS's quotas of HTTP APIs say.
 */
final class AuthorizerTimeTest {

  @Test
  void itHasTenSeconds() throws UnknownHostException {
    HttpCaseDefinition api = new HttpCaseDefinition();
    assertThat(api.take("authorizers", "{guard: {enableSimpleResponses: true}}")).isTrue();
    assertThat(api.take("route GET /pets", "{authorizationType: CUSTOM, authorizerId: guard}"))
        .isTrue();
    List<Duration> timeouts = new CopyOnWriteArrayList<>();

    int status =
        CaseGateway.of(
                api.served(),
                request -> {
                  timeouts.add(request.timeout());
                  return new UpstreamResponse(
                      200, Headers.empty(), Body.of("{\"isAuthorized\": false}"));
                },
                line -> {})
            .handle(
                CaseGateway.fromTheClient(
                    "GET",
                    "/pets",
                    "HTTP/1.1",
                    Headers.of(
                        "Host",
                        CaseApi.ID + ".execute-api.us-east-1.localhost",
                        "Authorization",
                        "me"),
                    Body.EMPTY))
            .status();

    assertThat(status).isEqualTo(403);
    assertThat(timeouts)
        .singleElement()
        .satisfies(
            timeout ->
                assertThat(timeout).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10)));
  }
}
