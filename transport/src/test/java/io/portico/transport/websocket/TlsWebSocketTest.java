package io.portico.transport.websocket;

import static io.portico.transport.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.Certificates;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.StreamClient;
import io.portico.transport.support.Transport;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.tls.TlsLibrary;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** WebSocket over TLS, by each library. */
@ParameterizedClass
@EnumSource(TlsLibrary.class)
final class TlsWebSocketTest {
  private final Transport transport = new Transport();
  private final Heard heard = new Echo();
  private final ServerTls tls;

  TlsWebSocketTest(TlsLibrary library) {
    tls = Certificates.tls(library);
  }

  @AfterEach
  void close() {
    transport.close();
    tls.close();
  }

  @Test
  void carriesMessagesAndEndsInGoodOrder() throws Exception {
    HttpListener listener = listen();
    try (RawWebSocket client = connect(listener)) {
      String text = "x".repeat(30_000);
      assertThat(client.text(text).frame().text()).isEqualTo(text);

      assertThat(client.close(1000, "bye").frame().code()).isEqualTo(1000);
      assertThat(client.rest()).isEmpty();
    }
    assertThat(heard.next()).isEqualTo("opened");
    assertThat(heard.next()).isEqualTo("closed 1000 bye");
    eventually("no connection is left", () -> listener.connections() == 0);
  }

  @Test
  void carriesMessagesOnStreamsOfHttp2() throws Exception {
    HttpListener listener = listen();
    try (StreamClient http2 =
        new StreamClient(Certificates.connectHttp2(Certificates.client(), listener.address()))) {
      RawWebSocket one = RawWebSocket.open(http2.connect());
      RawWebSocket other = RawWebSocket.open(http2.connect());
      String text = "x".repeat(30_000);
      assertThat(one.text(text).frame().text()).isEqualTo(text);
      assertThat(other.text("y").frame().text()).isEqualTo("y");

      assertThat(one.close(1000, "bye").frame().code()).isEqualTo(1000);
      assertThat(one.rest()).isEmpty();
      http2.reset();
    }
    assertThat(heard.next()).isEqualTo("opened");
    assertThat(heard.next()).isEqualTo("opened");
    assertThat(heard.next()).isEqualTo("closed 1000 bye");
    assertThat(heard.next()).isEqualTo("closed 1006");
    eventually("no connection is left", () -> listener.connections() == 0);
  }

  @Test
  void takesFramesRightBehindTheHandshake() throws Exception {
    try (RawClient client = client(listen())) {
      client.send(
          RawWebSocket.handshake() + new String(RawWebSocket.frame(0x81, "early"), ISO_8859_1));

      assertThat(client.answerWithoutBody().status()).isEqualTo(101);
      assertThat(client.text(7)).isEqualTo("\u0081\u0005early");
    }
  }

  @Test
  void isToldThatTheServerGoes() throws Exception {
    HttpListener listener = listen();
    try (RawWebSocket client = connect(listener)) {
      heard.connection();

      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> listener.drain(Duration.ofSeconds(20)));

      assertThat(client.frame().code()).isEqualTo(1001);
      client.close(1001, "");
      assertThat(client.rest()).isEmpty();
      client.client().endOutput();
      assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("closed 1001 Going away");
    }
  }

  private HttpListener listen() throws IOException {
    return transport.listen(Transport.patient(), heard.handler(), tls);
  }

  private static RawWebSocket connect(HttpListener listener) throws IOException {
    return RawWebSocket.open(client(listener));
  }

  private static RawClient client(HttpListener listener) throws IOException {
    return new RawClient(Certificates.connect(Certificates.client(), listener.address()));
  }
}
