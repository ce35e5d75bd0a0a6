package io.portico.transport.websocket;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.Carrier;
import io.portico.transport.support.Interruption;
import io.portico.transport.support.LogWatch;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.Transport;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A connection from its opening to its end, on each transport and both kinds of threads, by
 * HTTP/1.1 and by HTTP/2.
 */
@ParameterizedClass
@MethodSource("io.portico.transport.support.Carrier#inAllModes")
final class ConnectionTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration BEAT = Duration.ofMillis(20);

  private final Transport transport;
  private final Carrier carrier;
  private final Heard heard = new Heard();

  ConnectionTest(Transport.Mode mode, Carrier carrier) {
    this.carrier = carrier;
    transport = new Transport(mode, 2, config -> config);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void hearsMessagesBetweenItsOpeningAndItsEnd() throws Exception {
    HttpListener listener = transport.listen(heard.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      client.text("one").text("two").close(1000, "bye");

      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("text one");
      assertThat(heard.next()).isEqualTo("text two");
      assertThat(heard.next()).isEqualTo("closed 1000 bye");
      assertThat(client.frame().code()).isEqualTo(1000);
      assertThat(client.rest()).isEmpty();
    }
    eventually("no connection is left", () -> listener.connections() == 0);
    assertThat(heard.isSilent()).isTrue();
  }

  @Test
  void speaksWithTheClientOfTheJdk() throws Exception {
    HttpListener listener = transport.listen(new Echo().handler());
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    HttpClient http = HttpClient.newHttpClient();
    try {
      WebSocket socket =
          http.newWebSocketBuilder()
              .buildAsync(
                  URI.create("ws://localhost:" + listener.address().getPort() + "/"),
                  new Recorder(events))
              .get(20, TimeUnit.SECONDS);

      socket.sendText("grüß ", false).thenCompose(s -> s.sendText("dich", true)).join();
      socket.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})).join();
      assertThat(List.of(next(events), next(events)))
          .containsExactlyInAnyOrder("text grüß dich", "pong 3");
      socket.sendClose(3000, "enough").join();

      assertThat(next(events)).isEqualTo("closed 3000");
      eventually("no connection is left", () -> listener.connections() == 0);
    } finally {
      // To close it would wait for good: the JDK's client counts its WebSocket connections wrongly.
      http.shutdownNow();
    }
  }

  private static String next(BlockingQueue<String> events) throws InterruptedException {
    return String.valueOf(events.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void tellsWhoIsThereSinceWhen() throws Exception {
    Instant before = Instant.now().minusMillis(1);
    HttpListener listener = transport.listen(heard.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      WebSocketConnection connection = heard.connection();
      assertThat(connection.remoteIp()).isEqualTo("127.0.0.1");
      assertThat(connection.connectedAt()).isBetween(before, Instant.now());
      Instant active = connection.lastActiveAt();

      client.text("x");

      eventually("it has been active", () -> connection.lastActiveAt().isAfter(active));
    }
  }

  @Test
  void endsByItsOwnerBehindWhatWasSent() throws Exception {
    HttpListener listener = transport.listen(heard.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      WebSocketConnection connection = heard.connection();

      assertThat(connection.send(WebSocketMessage.of("last words"))).isTrue();
      connection.close(new WebSocketClose(4001, "done"));

      assertThat(client.frame().text()).isEqualTo("last words");
      RawWebSocket.Frame close = client.frame();
      assertThat(close.code()).isEqualTo(4001);
      assertThat(close.reason()).isEqualTo("done");
      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("closed 4001 done");
      assertThat(connection.send(WebSocketMessage.of("too late"))).isFalse();
      client.text("ignored").close(4001, "");
      assertThat(client.rest()).isEmpty();
    }
    eventually("no connection is left", () -> listener.connections() == 0);
    assertThat(heard.isSilent()).isTrue();
  }

  @Test
  void isResetWhereTheClientDoesNotAnswerItsClose() throws Exception {
    HttpListener listener = transport.listen(heard.handler(Heard.limits(LONG, LONG, SHORT)));
    try (RawWebSocket client = carrier.open(listener.address())) {
      heard.connection().close(WebSocketClose.of(1000));

      assertThat(client.frame().code()).isEqualTo(1000);
      assertThat(client.client().isReset()).isTrue();
    }
    eventually("no connection is left", () -> listener.connections() == 0);
  }

  @Test
  void takesNoCloseThatCannotBeSent() throws Exception {
    HttpListener listener = transport.listen(heard.handler());
    try (RawWebSocket _ = carrier.open(listener.address())) {
      WebSocketConnection connection = heard.connection();

      assertThatThrownBy(() -> connection.close(WebSocketClose.of(1006)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> connection.close(new WebSocketClose(1000, "ä".repeat(62))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void hearsOfAClientThatIsReset() throws Exception {
    HttpListener listener = transport.listen(heard.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      client.text("x");
      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("text x");

      client.client().reset();

      assertThat(heard.next()).isEqualTo("closed 1006");
    }
    eventually("no connection is left", () -> listener.connections() == 0);
  }

  @Test
  void hearsOfAClientThatIsResetRightBehindAMessage() throws Exception {
    HttpListener listener = transport.listen(heard.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      client.text("x");
      client.client().reset();

      assertThat(heard.next()).isEqualTo("opened");
      // A reset may overtake the message.
      String next = heard.next();
      assertThat(next.equals("text x") ? heard.next() : next).isEqualTo("closed 1006");
    }
  }

  @Test
  void hearsOfAClientThatGoesWithoutAWord() throws Exception {
    HttpListener listener = transport.listen(heard.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      client.client().endOutput();

      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("closed 1006");
    }
    eventually("no connection is left", () -> listener.connections() == 0);
  }

  @Test
  void endsWhereItIsIdleForTooLong() throws Exception {
    HttpListener listener = transport.listen(heard.handler(Heard.limits(SHORT, LONG, LONG)));
    try (RawWebSocket client = carrier.open(listener.address())) {
      RawWebSocket.Frame close = client.frame();

      assertThat(close.code()).isEqualTo(1001);
      assertThat(close.reason()).isEqualTo("Going away");
      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("closed 1001 Going away");
    }
  }

  @Test
  void livesOnWhileThereAreFramesUpToItsMostDuration() throws Exception {
    Duration idle = Duration.ofSeconds(2);
    Duration duration = Duration.ofSeconds(3);
    HttpListener listener = transport.listen(heard.handler(Heard.limits(idle, duration, LONG)));
    long start = System.nanoTime();
    try (RawWebSocket client = carrier.open(listener.address())) {
      int opcode = RawWebSocket.PONG;
      while (opcode == RawWebSocket.PONG) {
        client.send(RawWebSocket.frame(0x89, "beat"));
        opcode = client.frame().opcode();
        LockSupport.parkNanos(BEAT.toNanos());
      }

      assertThat(opcode).isEqualTo(RawWebSocket.CLOSE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(duration);
      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("closed 1001 Going away");
    }
  }

  @Test
  void endsWhereAMessageTakesTooLong() throws Exception {
    Duration idle = Duration.ofMillis(600);
    Duration duration = Duration.ofSeconds(10);
    HttpListener listener = transport.listen(heard.handler(Heard.limits(idle, duration, LONG)));
    try (RawWebSocket client = carrier.open(listener.address())) {
      client.send(RawWebSocket.frame(RawWebSocket.TEXT, "begun"));
      RawWebSocket.Frame frame;
      do {
        client.send(RawWebSocket.frame(0x89, "beat"));
        client.send(RawWebSocket.frame(RawWebSocket.CONTINUATION, "on"));
        frame = client.frame();
        LockSupport.parkNanos(BEAT.toNanos());
      } while (frame.opcode() == RawWebSocket.PONG);

      assertThat(frame.code()).isEqualTo(1008);
      assertThat(frame.reason()).isEqualTo("a message that takes too long");
      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("closed 1008 a message that takes too long");
    }
  }

  @Test
  void isToldThatTheServerGoes() throws Exception {
    HttpListener listener = transport.listen(heard.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      heard.connection();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> listener.drain(LONG));

      assertThat(client.frame().code()).isEqualTo(1001);
      client.close(1001, "");
      assertThat(client.rest()).isEmpty();
      client.client().endOutput();

      assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("closed 1001 Going away");
    }
  }

  @Test
  void isHeardToCloseBeforeTheServerHasGone() throws Exception {
    HttpListener listener = transport.listen(heard.handler());
    try (RawWebSocket _ = carrier.open(listener.address())) {
      heard.connection();

      listener.close();

      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("closed 1001 Going away");
      assertThat(listener.connections()).isZero();
    }
  }

  @Test
  void whatIsUnderWayIsInterruptedAtTheEndOfDrainingButNotItsEnd() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    Heard stuck =
        new Heard() {
          @Override
          public void message(WebSocketConnection connection, WebSocketMessage message) {
            underWay.countDown();
            super.message(connection, WebSocketMessage.of("" + Interruption.awaited()));
          }

          @Override
          public void closed(WebSocketConnection connection, WebSocketClose close) {
            LockSupport.parkNanos(SHORT.toNanos());
            super.closed(
                connection,
                new WebSocketClose(close.code(), "" + Thread.currentThread().isInterrupted()));
          }
        };
    HttpListener listener = transport.listen(stuck.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      client.text("x");
      assertThat(stuck.next()).isEqualTo("opened");
      assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();

      assertThat(listener.drain(SHORT)).isFalse();

      assertThat(stuck.next()).isEqualTo("text true");
      assertThat(stuck.next()).isEqualTo("closed 1001 false");
      assertThat(listener.connections()).isZero();
    }
  }

  @Test
  void itsEndIsHeardAtTheEndOfDrainingThoughMessagesWait() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    Heard stuck =
        new Heard() {
          @Override
          public void message(WebSocketConnection connection, WebSocketMessage message) {
            underWay.countDown();
            boolean interrupted = Interruption.awaited();
            super.message(connection, message);
            super.message(connection, WebSocketMessage.of("" + interrupted));
          }
        };
    HttpListener listener = transport.listen(stuck.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      ByteArrayOutputStream messages = new ByteArrayOutputStream();
      messages.writeBytes(RawWebSocket.frame(0x81, "one"));
      messages.writeBytes(RawWebSocket.frame(0x81, "two"));
      messages.writeBytes(RawWebSocket.frame(0x81, "three"));
      client.send(messages.toByteArray());
      assertThat(stuck.next()).isEqualTo("opened");
      assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();

      assertThat(listener.drain(SHORT)).isFalse();

      assertThat(stuck.next()).isEqualTo("text one");
      assertThat(stuck.next()).isEqualTo("text true");
      assertThat(stuck.next()).isEqualTo("closed 1001 Going away");
      assertThat(listener.connections()).isZero();
    }
  }

  @Test
  void isToldThatTheServerGoesThoughItsListenerIsBusyToTheEnd() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    Heard stuck =
        new Heard() {
          @Override
          public void message(WebSocketConnection connection, WebSocketMessage message) {
            underWay.countDown();
            super.message(connection, WebSocketMessage.of("" + Interruption.awaited()));
          }
        };
    HttpListener listener = transport.listen(stuck.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      client.text("x");
      assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> listener.drain(SHORT));

      RawWebSocket.Frame close = client.frame();
      assertThat(close.code()).isEqualTo(1001);
      assertThat(close.reason()).isEqualTo("Going away");
      assertThat(client.rest()).isEmpty();
      client.client().endOutput();

      assertThat(drained.get(20, TimeUnit.SECONDS)).isFalse();
      assertThat(listener.connections()).isZero();
      assertThat(stuck.next()).isEqualTo("opened");
      assertThat(stuck.next()).isEqualTo("text true");
      assertThat(stuck.next()).isEqualTo("closed 1001 Going away");
    }
  }

  @Test
  void endsWithAnErrorOfItsListener() throws Exception {
    Heard broken =
        new Heard() {
          @Override
          public void message(WebSocketConnection connection, WebSocketMessage message) {
            throw new IllegalStateException("a bug");
          }
        };
    HttpListener listener = transport.listen(broken.handler());
    try (RawWebSocket client = carrier.open(listener.address());
        LogWatch log = new LogWatch(Telling.class)) {
      client.text("x");

      assertThat(client.frame().code()).isEqualTo(1011);
      assertThat(broken.next()).isEqualTo("opened");
      assertThat(broken.next()).isEqualTo("closed 1011");
      assertThat(log.errors()).hasSize(1);
    }
  }

  /** What a client of the JDK hears. */
  private record Recorder(BlockingQueue<String> events, StringBuilder text)
      implements WebSocket.Listener {
    Recorder(BlockingQueue<String> events) {
      this(events, new StringBuilder());
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence piece, boolean last) {
      text.append(piece);
      if (last) {
        events.add("text " + text);
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
      events.add("pong " + payload.remaining());
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      events.add(("closed " + code + " " + reason).strip());
      return CompletableFuture.completedFuture(null);
    }
  }
}
