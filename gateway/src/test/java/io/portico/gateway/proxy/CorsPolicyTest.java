package io.portico.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CorsPolicyTest {
  private static final String HERE = "https://here.example";

  private static final CorsPolicy ONE =
      new CorsPolicy(
          true, List.of("x-a", "x-b"), List.of("GET", "PUT"), List.of(HERE), List.of("x-c"), 60);
  private static final CorsPolicy ANY =
      new CorsPolicy(false, List.of(), List.of("*"), List.of("*"), List.of(), null);

  private static HttpRequest request(String method, String... headers) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    return new HttpRequest(
        method,
        "/",
        "HTTP/1.1",
        Headers.of(headers),
        Body.EMPTY,
        new ClientConnection(address, address, null),
        0);
  }

  private static HttpRequest preflight(String origin, String method) {
    return request("OPTIONS", "Origin", origin, "Access-Control-Request-Method", method);
  }

  @Test
  void onlyABrowsersQuestionIsAPreflight() {
    assertThat(CorsPolicy.isPreflight(preflight(HERE, "GET"))).isTrue();
    assertThat(CorsPolicy.isPreflight(request("OPTIONS", "Origin", HERE))).isFalse();
    assertThat(
            CorsPolicy.isPreflight(
                request("GET", "Origin", HERE, "Access-Control-Request-Method", "GET")))
        .isFalse();
  }

  @Test
  void aPreflightHearsWhatIsAllowed() {
    assertThat(ONE.preflight(preflight(HERE, "PUT")))
        .isEqualTo(
            Headers.of(
                "Access-Control-Allow-Origin",
                HERE,
                "Vary",
                "Origin",
                "Access-Control-Allow-Credentials",
                "true",
                "Access-Control-Allow-Methods",
                "GET,PUT",
                "Access-Control-Allow-Headers",
                "x-a,x-b",
                "Access-Control-Max-Age",
                "60"));
    assertThat(ANY.preflight(preflight("https://elsewhere.example", "DELETE")))
        .isEqualTo(
            Headers.of("Access-Control-Allow-Origin", "*", "Access-Control-Allow-Methods", "*"));
  }

  @Test
  void aPreflightForWhatIsNotAllowedHearsNothing() {
    assertThat(ONE.preflight(preflight("https://elsewhere.example", "GET")).size()).isZero();
    assertThat(ONE.preflight(preflight("null", "GET")).size()).isZero();
    assertThat(ONE.preflight(preflight(HERE, "DELETE")).size()).isZero();
  }

  @Test
  void anAnswerSaysWhatIsConfiguredWhateverItSaidBefore() {
    Headers answer = Headers.of("X-C", "1", "access-control-allow-origin", "*");

    assertThat(ONE.applied(answer, request("GET", "Origin", HERE)))
        .isEqualTo(
            Headers.of(
                "X-C",
                "1",
                "Access-Control-Allow-Origin",
                HERE,
                "Vary",
                "Origin",
                "Access-Control-Allow-Credentials",
                "true",
                "Access-Control-Expose-Headers",
                "x-c"));
    assertThat(ONE.applied(answer, request("GET", "Origin", "https://elsewhere.example")))
        .isEqualTo(Headers.of("X-C", "1"));
    assertThat(ONE.applied(answer, request("GET"))).isEqualTo(Headers.of("X-C", "1"));
  }
}
