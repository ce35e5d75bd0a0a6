package io.portico.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.OpeningHandshake;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.Answers;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.Stopping;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a connection becomes WebSocket's. */
final class HandshakeTest {
  private final Transport transport = new Transport();
  private final Echo echo = new Echo();

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void isAnsweredWithTheHashOfItsKey() throws Exception {
    try (RawClient client = connect(echo.handler())) {
      client.send(RawWebSocket.handshake());

      RawClient.Answer answer = client.answerWithoutBody();
      assertThat(answer.status()).isEqualTo(101);
      assertThat(answer.field("Upgrade")).isEqualTo("websocket");
      assertThat(answer.field("Connection")).isEqualTo("Upgrade");
      assertThat(answer.field("Sec-WebSocket-Accept")).isEqualTo(RawWebSocket.ACCEPT);
      assertThat(answer.field("Content-Length")).isNull();
      assertThat(answer.field("Transfer-Encoding")).isNull();
    }
  }

  @Test
  void takesFieldsOfTheHandlerAndNoneThatAreItsOwn() throws Exception {
    HttpHandler handler =
        request ->
            HttpResponse.switchingTo(
                new WebSocketUpgrade(echo, Heard.limits()),
                Headers.of(
                    "Sec-WebSocket-Protocol",
                    OpeningHandshake.protocols(request).getLast(),
                    "Sec-WebSocket-Accept",
                    "forged",
                    "Sec-WebSocket-Extensions",
                    "x-made-up",
                    "Upgrade",
                    "h2c",
                    "Connection",
                    "close"));
    try (RawClient client = connect(handler)) {
      client.send(
          RawWebSocket.handshake("Sec-WebSocket-Protocol: a, b", "Sec-WebSocket-Protocol: c"));

      List<String> fields = new ArrayList<>(client.answerWithoutBody().fields());
      fields.removeIf(field -> field.startsWith("Date: "));
      assertThat(fields)
          .containsExactlyInAnyOrder(
              "Sec-WebSocket-Protocol: c",
              "Sec-WebSocket-Accept: " + RawWebSocket.ACCEPT,
              "Upgrade: websocket",
              "Connection: Upgrade");
    }
  }

  @Test
  void isRefusedInPlaceOfTheUpgradeWhereItIsInvalid() throws Exception {
    try (RawClient client = connect(echo.handler())) {
      client.send(RawWebSocket.handshake().replace("Version: 13", "Version: 8"));

      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(426);
      assertThat(answer.field("Sec-WebSocket-Version")).isEqualTo("13");
      assertThat(answer.field("Upgrade")).isEqualTo("websocket");

      // The connection is HTTP's still.
      client.send(RawWebSocket.handshake().replace(RawWebSocket.KEY, "dG9vIHNob3J0"));
      assertThat(client.answer().status()).isEqualTo(400);
      assertThat(echo.isSilent()).isTrue();
    }
  }

  @Test
  void reachesTheHandlerWhichMayAnswerOtherwise() throws Exception {
    HttpHandler handler =
        request -> OpeningHandshake.isIn(request) ? Answers.text(403, "no") : Answers.text("plain");
    try (RawClient client = connect(handler)) {
      client.send(RawWebSocket.handshake());
      assertThat(client.answer().body()).isEqualTo("no");

      assertThat(client.get("/").body()).isEqualTo("plain");
    }
  }

  @Test
  void mayFollowAnotherRequestAndBeFollowedByFramesAtOnce() throws Exception {
    HttpHandler upgrading = echo.handler();
    HttpHandler handler =
        request ->
            request.target().equals("/chat") ? upgrading.handle(request) : Answers.text("plain");
    try (RawClient client = connect(handler)) {
      byte[] frame = RawWebSocket.frame(0x81, "early");
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + RawWebSocket.handshake());
      client.send(frame);

      assertThat(client.answer().body()).isEqualTo("plain");
      assertThat(client.answerWithoutBody().status()).isEqualTo(101);
      assertThat(client.text(7)).isEqualTo("\u0081\u0005early");
    }
  }

  @Test
  void isHeardAsOpenedAndClosedWhereTheClientHasGoneMeanwhile() throws Exception {
    SlowUpgrade handler = new SlowUpgrade(echo);
    HttpListener listener = transport.listen(handler);
    try (RawClient client = new RawClient(listener.address())) {
      client.send(RawWebSocket.handshake());
      handler.awaitStart();
      client.reset();
      assertThat(Stopping.of(listener, handler.goOn).isInTime()).isTrue();

      // Whoever waits for the server to stop waits for both.
      assertThat(echo.isSilent()).isFalse();
      assertThat(echo.next()).isEqualTo("opened");
      assertThat(echo.isSilent()).isFalse();
      assertThat(echo.next()).isEqualTo("closed 1006");
    }
  }

  @Test
  void isInterruptedWhereItOpensNothing() throws Exception {
    Interrupted handler = new Interrupted(false);
    HttpListener listener = transport.listen(handler);
    try (RawClient client = new RawClient(listener.address())) {
      client.send(RawWebSocket.handshake());
      await(handler.started);
      client.reset();

      await(handler.interrupted);
    }
  }

  @Test
  void isInterruptedOnceTheListenerWaitsForNobodyAnyMore() throws Exception {
    Interrupted handler = new Interrupted(true);
    HttpListener listener = transport.listen(handler);
    try (RawClient client = new RawClient(listener.address())) {
      client.send(RawWebSocket.handshake());
      await(handler.started);
      client.reset();
      listener.close();

      await(handler.interrupted);
    }
  }

  /** Answers nothing before it is interrupted. */
  private static final class Interrupted implements HttpHandler {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final boolean upgrades;

    Interrupted(boolean upgrades) {
      this.upgrades = upgrades;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
      started.countDown();
      try {
        assertThat(new CountDownLatch(1).await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      return new HttpResponse(503, Headers.empty(), Body.EMPTY);
    }

    @Override
    public boolean mayUpgrade(HttpRequest request) {
      return upgrades;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Test
  void tellsTheAnswersCompletion() throws Exception {
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    HttpHandler upgrading = echo.handler();
    HttpHandler handler =
        request ->
            upgrading
                .handle(request)
                .onCompletion((bytes, complete) -> ends.add(bytes + " " + complete));
    try (RawClient client = connect(handler)) {
      client.send(RawWebSocket.handshake());

      assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("0 true");
    }
  }

  @Test
  void thatNamesAFieldNobodyCanWriteIsAnErrorOfTheServer() throws Exception {
    HttpHandler handler =
        _ ->
            HttpResponse.switchingTo(
                new WebSocketUpgrade(echo, Heard.limits()), Headers.of("no token", "x"));
    try (RawClient client = connect(handler)) {
      client.send(RawWebSocket.handshake());

      assertThat(client.answer().status()).isEqualTo(500);
      assertThat(echo.next()).isEqualTo("opened");
      assertThat(echo.next()).isEqualTo("closed 1006");
    }
  }

  private RawClient connect(HttpHandler handler) throws IOException {
    HttpListener listener = transport.listen(handler);
    return new RawClient(listener.address());
  }
}
