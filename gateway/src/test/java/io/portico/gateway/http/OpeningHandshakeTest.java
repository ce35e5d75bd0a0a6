package io.portico.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OpeningHandshakeTest {
  private static final Headers GOOD =
      Headers.of(
          "Host", "localhost",
          "Upgrade", "websocket",
          "Connection", "Upgrade",
          "Sec-WebSocket-Version", "13",
          "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");

  @Test
  void isNotRefusedWhereItKeepsTheRules() {
    assertThat(OpeningHandshake.refusal(request(GOOD))).isEmpty();
    assertThat(OpeningHandshake.isIn(request(GOOD))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Upgrade; WebSocket",
        "Upgrade; h2c, websocket",
        "Connection; keep-alive, upgrade",
        "Sec-WebSocket-Key; AAAAAAAAAAAAAAAAAAAAAA=="
      })
  void mayBeWrittenInOtherWays(String name, String value) {
    assertThat(OpeningHandshake.refusal(request(with(name, value)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Upgrade; h2c; 426",
        "Upgrade; websockets; 426",
        "Connection; keep-alive; 400",
        "Sec-WebSocket-Version; 8; 426",
        "Sec-WebSocket-Version; 13, 8; 426",
        "Sec-WebSocket-Key; dG9vIHNob3J0; 400",
        "Sec-WebSocket-Key; dGhlIHNhbXBsZSBub25jZSE=; 400",
        "Sec-WebSocket-Key; dGhlIHNhbXBsZSBub25jZ*==; 400"
      })
  void isRefusedForAFieldThatIsWrong(String name, String value, int status) {
    assertThat(status(request(with(name, value)))).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "Upgrade,426",
    "Connection,400",
    "Sec-WebSocket-Version,426",
    "Sec-WebSocket-Key,400"
  })
  void isRefusedForAFieldThatIsMissing(String name, int status) {
    assertThat(status(request(GOOD.toBuilder().remove(name).build()))).isEqualTo(status);
  }

  @Test
  void isRefusedForTwoKeys() {
    Headers twice = GOOD.toBuilder().add("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==").build();

    assertThat(status(request(twice))).isEqualTo(400);
  }

  @Test
  void saysWhichVersionItWants() {
    Optional<HttpResponse> refusal =
        OpeningHandshake.refusal(request(with("Sec-WebSocket-Version", "8")));

    assertThat(refusal).isPresent();
    assertThat(refusal.get().headers())
        .isEqualTo(
            Headers.of(
                "Upgrade", "websocket",
                "Sec-WebSocket-Version", "13",
                "Content-Type", "application/json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "get"})
  void isAGet(String method) {
    assertThat(status(request(method, "HTTP/1.1", GOOD, Body.EMPTY))).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.0", "HTTP/2"})
  void comesByHttp11(String protocol) {
    assertThat(status(request("GET", protocol, GOOD, Body.EMPTY))).isEqualTo(400);
  }

  @Test
  void hasNoContent() {
    assertThat(status(request("GET", "HTTP/1.1", GOOD, Body.of("x")))).isEqualTo(400);
  }

  @Test
  void ofHttp2NeedsAVersionAndNothingElse() {
    HttpRequest good = onStream(Headers.of("Host", "localhost", "Sec-WebSocket-Version", "13"));

    assertThat(OpeningHandshake.isIn(good)).isTrue();
    assertThat(OpeningHandshake.refusal(good)).isEmpty();
  }

  @Test
  void ofHttp2IsToldWhichVersionIsWantedWithoutAnUpgrade() {
    Optional<HttpResponse> none = OpeningHandshake.refusal(onStream(Headers.empty()));
    Optional<HttpResponse> other =
        OpeningHandshake.refusal(onStream(with("Sec-WebSocket-Version", "8")));

    for (Optional<HttpResponse> refusal : List.of(none, other)) {
      assertThat(refusal).isPresent();
      assertThat(refusal.get().status()).isEqualTo(400);
      assertThat(refusal.get().headers())
          .isEqualTo(Headers.of("Sec-WebSocket-Version", "13", "Content-Type", "application/json"));
    }
  }

  @Test
  void offersSubprotocolsInOrder() {
    Headers headers =
        GOOD.toBuilder()
            .add("Sec-WebSocket-Protocol", "soap, wamp")
            .add("sec-websocket-protocol", "mqtt")
            .build();

    assertThat(OpeningHandshake.protocols(request(headers)))
        .containsExactly("soap", "wamp", "mqtt");
    assertThat(OpeningHandshake.protocols(request(GOOD))).isEmpty();
  }

  private static HttpRequest onStream(Headers headers) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    return new HttpRequest(
        "GET",
        "/",
        "HTTP/2.0",
        headers,
        Body.EMPTY,
        new ClientConnection(address, address, null),
        0,
        true);
  }

  private static int status(HttpRequest request) {
    return OpeningHandshake.refusal(request).map(HttpResponse::status).orElse(101);
  }

  private static Headers with(String name, String value) {
    return GOOD.toBuilder().set(name, value).build();
  }

  private static HttpRequest request(Headers headers) {
    return request("GET", "HTTP/1.1", headers, Body.EMPTY);
  }

  private static HttpRequest request(String method, String protocol, Headers headers, Body body) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    return new HttpRequest(
        method, "/", protocol, headers, body, new ClientConnection(address, address, null), 0);
  }
}
