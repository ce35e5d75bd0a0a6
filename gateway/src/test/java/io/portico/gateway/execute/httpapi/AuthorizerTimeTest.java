package io.portico.gateway.execute.httpapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.HttpCaseDefinition;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.jose.Signer;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** How long those may take who are asked about a caller, as AWS's quotas of HTTP APIs say. */
final class AuthorizerTimeTest {

  private final List<UpstreamRequest> asked = new CopyOnWriteArrayList<>();

  @Test
  void aFunctionHasTenSeconds() throws UnknownHostException {
    int status =
        called(
            "{guard: {enableSimpleResponses: true}}",
            "{authorizationType: CUSTOM, authorizerId: guard}",
            "me",
            "{\"isAuthorized\": false}");

    assertThat(status).isEqualTo(403);
    assertThat(asked)
        .singleElement()
        .satisfies(
            request ->
                assertThat(request.timeout())
                    .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10)));
  }

  @Test
  void anIssuerHasFifteenHundredMillisecondsForEachOfItsDocuments() throws UnknownHostException {
    String token =
        Signer.named("k1")
            .token("{\"iss\": \"https://issuer.test\", \"aud\": \"a\", \"exp\": 4102444800}");

    int status =
        called(
            """
            {tokens: {authorizerType: JWT, identitySource: ['$request.header.Authorization'],
              jwtConfiguration: {issuer: 'https://issuer.test', audience: [a]}}}
            """,
            "{authorizationType: JWT, authorizerId: tokens}",
            token,
            "{\"issuer\": \"https://issuer.test\", \"jwks_uri\": \"https://issuer.test/keys\"}");

    assertThat(status).isEqualTo(401);
    assertThat(asked)
        .extracting(UpstreamRequest::target)
        .containsExactly("/.well-known/openid-configuration", "/keys");
    assertThat(asked).extracting(UpstreamRequest::timeout).containsOnly(Duration.ofMillis(1_500));
  }

  /** The status of a call where everybody who is asked says the same. */
  private int called(String authorizers, String route, String authorization, String said)
      throws UnknownHostException {
    HttpCaseDefinition api = new HttpCaseDefinition();
    assertThat(api.take("authorizers", authorizers)).isTrue();
    assertThat(api.take("route GET /pets", route)).isTrue();
    return CaseGateway.of(
            api.served(),
            request -> {
              asked.add(request);
              return new UpstreamResponse(200, Headers.empty(), Body.of(said));
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
                    authorization),
                Body.EMPTY))
        .status();
  }
}
