package io.portico.transport.websocket;

import static io.portico.transport.support.Eventually.eventually;
import static io.portico.transport.support.FrameClient.DATA;
import static io.portico.transport.support.FrameClient.END_HEADERS;
import static io.portico.transport.support.FrameClient.HEADERS;
import static io.portico.transport.support.FrameClient.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.listener.ListenerConfig;
import io.portico.transport.support.Answers;
import io.portico.transport.support.FrameClient;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.Stall;
import io.portico.transport.support.StreamClient;
import io.portico.transport.support.StreamClient.Stream;
import io.portico.transport.support.Transport;
import io.portico.transport.wire.Http2Limits;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** WebSocket connections as streams among others, on one HTTP/2 connection. */
final class Http2StreamsTest {
  private static final int NO_ERROR = 0;
  private static final int PROTOCOL_ERROR = 1;
  private static final int REFUSED_STREAM = 7;
  private static final int CANCEL = 8;
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int SOME = 20;
  private static final int MOST = 1024 * 1024;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Transport transport = new Transport();

  @AfterEach
  void close() {
    transport.close();
  }

  private static StreamClient client(HttpListener listener) throws IOException {
    return StreamClient.greeting(listener.address());
  }

  private static RawWebSocket open(StreamClient client) throws IOException {
    return RawWebSocket.open(client.connect());
  }

  /** Upgrades what asks for it, and answers everything else. */
  private static HttpHandler beside(Heard heard, WebSocketLimits limits) {
    HttpHandler upgrading = heard.handler(limits);
    return request ->
        request.opensWebSocket() ? upgrading.handle(request) : Answers.text(request.target());
  }

  private static ListenerConfig config(Duration keepAlive, Http2Limits limits) {
    ListenerConfig usual = Transport.patient();
    return new ListenerConfig(
        usual.address(),
        usual.limits(),
        usual.headerTimeout(),
        usual.bodyTimeout(),
        keepAlive,
        usual.lingerTimeout(),
        usual.maxConnections(),
        usual.leastBodyRate(),
        limits);
  }

  @Test
  void severalStandBesideRequests() throws Exception {
    try (StreamClient client = client(transport.listen(beside(new Echo(), Heard.limits())))) {
      List<RawWebSocket> sockets = new ArrayList<>();
      for (int i = 0; i < SOME; i++) {
        sockets.add(open(client).text("first of " + i));
      }
      Stream request = client.get("/beside");
      for (int i = 0; i < SOME; i++) {
        sockets.get(i).text("second of " + i);
      }

      assertThat(request.rest()).isEqualTo("/beside");
      for (int i = 0; i < SOME; i++) {
        assertThat(sockets.get(i).frame().text()).isEqualTo("first of " + i);
        assertThat(sockets.get(i).frame().text()).isEqualTo("second of " + i);
        assertThat(sockets.get(i).close(1000, "").frame().code()).isEqualTo(1000);
        assertThat(sockets.get(i).rest()).isEmpty();
      }
      assertThat(client.get("/afterwards").rest()).isEqualTo("/afterwards");
    }
  }

  @Test
  void carryMessagesBeyondTheWindowsOfBothSides() throws Exception {
    WebSocketLimits limits =
        new WebSocketLimits(MOST, MOST, 16, 4 * MOST, 1013, LONG, LONG, LONG, true, false);
    try (StreamClient client = client(transport.listen(new Echo().handler(limits)))) {
      RawWebSocket socket = open(client);
      String message = "0123456789abcdef".repeat(MOST / 16);

      assertThat(socket.text(message).frame().text()).isEqualTo(message);
      assertThat(socket.text(message).frame().text()).isEqualTo(message);
    }
  }

  /** A listener that waits to be told that it may hear messages. */
  private static final class Stuck extends Heard {
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public void message(WebSocketConnection connection, WebSocketMessage message) {
      if (message.equals(WebSocketMessage.of("quick"))) {
        connection.send(message);
        return;
      }
      await(goOn);
      super.message(connection, message);
    }
  }

  @Test
  void oneWhoseListenerIsBusyKeepsNoOtherFromItsClient() throws Exception {
    Stuck stuck = new Stuck();
    try (StreamClient client = client(transport.listen(beside(stuck, Heard.limits())))) {
      List<RawWebSocket> waiting = new ArrayList<>();
      List<CompletableFuture<Void>> sending = new ArrayList<>();
      AtomicLong sent = new AtomicLong();
      byte[] frame = RawWebSocket.frame(0x82, new byte[8 * 1024]);
      int frames = 100;
      for (int i = 0; i < SOME; i++) {
        RawWebSocket socket = open(client);
        waiting.add(socket);
        sending.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int j = 0; j < frames; j++) {
                    send(socket, frame);
                    sent.addAndGet(frame.length);
                  }
                },
                task -> Thread.ofVirtual().start(task)));
      }
      // A message's worth that waits to be told, and a window's.
      assertThat(Stall.of(sent)).isLessThan(SOME * 2L * (128 + 16) * 1024);

      assertThat(open(client).text("quick").frame().text()).isEqualTo("quick");
      assertThat(client.get("/").rest()).isEqualTo("/");
      stuck.goOn.countDown();
      for (int i = 0; i < SOME; i++) {
        sending.get(i).get(30, TimeUnit.SECONDS);
        assertThat(waiting.get(i).text("quick").frame().text()).isEqualTo("quick");
      }
    }
  }

  private static void send(RawWebSocket socket, byte[] frame) {
    try {
      socket.send(frame);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneThatIsResetIsClosedAloneAndWhatItHeldUpIsTold() throws Exception {
    Heard heard = new Heard();
    try (StreamClient client = client(transport.listen(beside(heard, Heard.limits())))) {
      RawWebSocket first = open(client);
      assertThat(heard.next()).isEqualTo("opened");
      first.send(new byte[] {(byte) 0x81, (byte) 0x85, 1});
      first.client().reset();

      assertThat(heard.next()).isEqualTo("closed 1006");
      open(client).text("x");
      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("text x");
    }
  }

  @Test
  void allAreHeardToCloseWhereTheirConnectionIsLost() throws Exception {
    Heard heard = new Heard();
    HttpListener listener = transport.listen(heard.handler());
    try (StreamClient client = client(listener)) {
      for (int i = 0; i < SOME; i++) {
        open(client);
        assertThat(heard.next()).isEqualTo("opened");
      }
      client.reset();
    }

    for (int i = 0; i < SOME; i++) {
      assertThat(heard.next()).isEqualTo("closed 1006");
    }
    eventually("no connection is left", () -> listener.connections() == 0);
    assertThat(heard.isSilent()).isTrue();
  }

  @Test
  void allAreHeardToCloseWhereTheirConnectionBreaksTheRules() throws Exception {
    Heard heard = new Heard();
    HttpListener listener = transport.listen(heard.handler());
    try (StreamClient client = client(listener)) {
      for (int i = 0; i < SOME; i++) {
        open(client);
        assertThat(heard.next()).isEqualTo("opened");
      }
      client.frame(WINDOW_UPDATE, 0, 0, new byte[4]);

      assertThat(client.goodbye()).isEqualTo(PROTOCOL_ERROR);
      for (int i = 0; i < SOME; i++) {
        assertThat(heard.next()).isEqualTo("closed 1006");
      }
    }
    eventually("no connection is left", () -> listener.connections() == 0);
    assertThat(heard.isSilent()).isTrue();
  }

  @Test
  void aConnectionCountsUntilTheEndsOfItsStreamsAreHeard() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Heard slow =
        new Heard() {
          @Override
          public void closed(WebSocketConnection connection, WebSocketClose close) {
            closing.countDown();
            await(goOn);
            super.closed(connection, close);
          }
        };
    HttpListener listener = transport.listen(slow.handler());
    try (StreamClient client = client(listener)) {
      open(client);
      client.reset();
    }
    await(closing);
    assertThat(listener.drain(SHORT)).isFalse();
    assertThat(listener.connections()).isEqualTo(1);

    goOn.countDown();

    assertThat(slow.next()).isEqualTo("opened");
    assertThat(slow.next()).isEqualTo("closed 1006");
    eventually("no connection is left", () -> listener.connections() == 0);
  }

  @Test
  void oneThatSendsHeadersIsReset() throws Exception {
    Heard heard = new Heard();
    try (StreamClient client = client(transport.listen(heard.handler()))) {
      Stream stream = client.connect();
      assertThat(stream.status()).isEqualTo(200);
      client.frame(
          HEADERS,
          END_HEADERS | FrameClient.END_STREAM,
          stream.id(),
          FrameClient.block(new String[] {"x", "y"}));

      assertThat(stream.resetCode()).isEqualTo(PROTOCOL_ERROR);
      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("closed 1006");
    }
  }

  @Test
  void oneWhoseClientDoesNotAnswerACloseIsCancelled() throws Exception {
    Heard heard = new Heard();
    HttpListener listener = transport.listen(heard.handler(Heard.limits(LONG, LONG, SHORT)));
    try (StreamClient client = client(listener)) {
      Stream stream = client.connect();
      RawWebSocket socket = RawWebSocket.open(stream);
      heard.connection().close(WebSocketClose.of(1000));

      assertThat(socket.frame().code()).isEqualTo(1000);
      assertThat(stream.resetCode()).isEqualTo(CANCEL);
    }
  }

  @Test
  void aCloseAndTheEndOfTheStreamMayComeTogether() throws Exception {
    Echo heard = new Echo();
    try (StreamClient client = client(transport.listen(heard.handler()))) {
      RawWebSocket socket = open(client).text("last").close(3000, "bye");
      socket.client().endOutput();

      assertThat(socket.frame().text()).isEqualTo("last");
      assertThat(socket.frame().code()).isEqualTo(3000);
      assertThat(socket.rest()).isEmpty();
      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("closed 3000 bye");
    }
  }

  @Test
  void messagesBeforeTheEndOfTheStreamAreHeardThoughTheListenerIsBusy() throws Exception {
    Stuck stuck = new Stuck();
    try (StreamClient client = client(transport.listen(stuck.handler()))) {
      RawWebSocket socket = open(client);
      int messages = 20;
      for (int i = 0; i < messages; i++) {
        socket.send(RawWebSocket.frame(0x82, new byte[10_000]));
      }
      socket.client().endOutput();
      stuck.goOn.countDown();

      assertThat(stuck.next()).isEqualTo("opened");
      for (int i = 0; i < messages; i++) {
        assertThat(stuck.next()).isEqualTo("binary 10000");
      }
      assertThat(stuck.next()).isEqualTo("closed 1006");
      assertThat(socket.rest()).isEmpty();
    }
  }

  @Test
  void allAreToldThatTheServerGoes() throws Exception {
    Heard heard = new Heard();
    HttpListener listener = transport.listen(heard.handler());
    try (StreamClient client = client(listener)) {
      List<RawWebSocket> sockets = new ArrayList<>();
      for (int i = 0; i < SOME; i++) {
        sockets.add(open(client));
        assertThat(heard.next()).isEqualTo("opened");
      }
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> listener.drain(LONG));

      for (RawWebSocket socket : sockets) {
        assertThat(socket.frame().code()).isEqualTo(1001);
        socket.close(1001, "");
        assertThat(socket.rest()).isEmpty();
        endOutput(socket);
      }
      assertThat(client.goodbye()).isEqualTo(NO_ERROR);
      assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < SOME; i++) {
        assertThat(heard.next()).isEqualTo("closed 1001 Going away");
      }
      assertThat(heard.isSilent()).isTrue();
    }
  }

  /** Ends a stream on which all is said: the server may have closed the last one's connection. */
  private static void endOutput(RawWebSocket socket) throws IOException {
    try {
      socket.client().endOutput();
    } catch (SocketException closed) {
      assertThat(closed).hasMessage("Socket is closed");
    }
  }

  @Test
  void oneThatOpensWhileTheServerGoesIsToldSo() throws Exception {
    Heard heard = new Heard();
    SlowUpgrade handler = new SlowUpgrade(heard);
    HttpListener listener = transport.listen(handler);
    try (StreamClient client = client(listener)) {
      Stream stream = client.connect();
      handler.awaitStart();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> listener.drain(LONG));
      assertThat(client.goodbye()).isEqualTo(NO_ERROR);
      handler.goOn.countDown();

      RawWebSocket socket = RawWebSocket.open(stream);
      assertThat(socket.frame().code()).isEqualTo(1001);
      socket.close(1001, "");
      socket.client().endOutput();
      assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("closed 1001 Going away");
    }
  }

  @Test
  void anOpenOneKeepsItsConnectionFromBeingIdle() throws Exception {
    HttpListener listener =
        transport.listen(
            config(Duration.ofSeconds(2), Http2Limits.standard()),
            beside(new Echo(), Heard.limits()));
    try (StreamClient busy = client(listener)) {
      RawWebSocket socket = open(busy);
      try (StreamClient idle = client(listener)) {
        assertThat(idle.get("/").rest()).isEqualTo("/");
        assertThat(idle.goodbye()).isEqualTo(NO_ERROR);
      }

      assertThat(socket.text("still here").frame().text()).isEqualTo("still here");
      assertThat(socket.close(1000, "").frame().code()).isEqualTo(1000);
      socket.client().endOutput();
      assertThat(busy.goodbye()).isEqualTo(NO_ERROR);
    }
  }

  @Test
  void thereAreNoMoreThanStreamsMayBe() throws Exception {
    HttpListener listener =
        transport.listen(config(LONG, new Http2Limits(2, 200, 1000)), new Echo().handler());
    try (StreamClient client = client(listener)) {
      RawWebSocket first = open(client);
      open(client);

      assertThat(client.connect().resetCode()).isEqualTo(REFUSED_STREAM);

      assertThat(first.close(1000, "").frame().code()).isEqualTo(1000);
      assertThat(first.rest()).isEmpty();
      first.client().endOutput();
      assertThat(open(client).text("x").frame().text()).isEqualTo("x");
    }
  }

  @Test
  void emptyFramesAreNoTraffic() throws Exception {
    Heard heard = new Heard();
    HttpListener listener =
        transport.listen(config(LONG, new Http2Limits(2, 200, 100)), heard.handler());
    try (StreamClient client = client(listener)) {
      Stream stream = client.connect();
      RawWebSocket socket = RawWebSocket.open(stream);
      // As many that carry something are.
      byte[] pong = RawWebSocket.frame(0x8a, "");
      for (int i = 0; i < 200; i++) {
        socket.send(pong);
      }
      socket.text("x");
      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("text x");

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 200; i++) {
                  client.frame(DATA, 0, stream.id());
                }
                int _ = stream.resetCode();
              })
          .isInstanceOf(IOException.class);

      assertThat(client.goodbye()).isEqualTo(ENHANCE_YOUR_CALM);
      assertThat(heard.next()).isEqualTo("closed 1006");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
