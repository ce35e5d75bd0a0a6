package io.portico.transport.websocket;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.loop.IoTransport;
import io.portico.transport.support.Carrier;
import io.portico.transport.support.Interruption;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.Stall;
import io.portico.transport.support.Transport;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Order, and who waits for whom, on each transport and both kinds of threads, by HTTP/1.1 and by
 * HTTP/2.
 */
@ParameterizedClass
@MethodSource("io.portico.transport.support.Carrier#inAllModes")
final class FlowTest {
  private static final int CLIENTS = 8;
  private static final int MESSAGES = 2000;

  /** What the system may hold for two sockets on loopback, and some more. */
  private static final long MOST_IN_KERNEL = 16L * 1024 * 1024;

  private final Transport.Mode mode;
  private final Transport transport;
  private final Carrier carrier;
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

  FlowTest(Transport.Mode mode, Carrier carrier) {
    this.mode = mode;
    this.carrier = carrier;
    transport = new Transport(mode, 2, config -> config);
  }

  @AfterEach
  void close() {
    transport.close();
    clients.shutdownNow();
  }

  @Test
  void messagesOfAConnectionAreHandledOneByOneInOrder() throws Exception {
    AtomicInteger overlaps = new AtomicInteger();
    HttpListener listener =
        transport.listen(
            request ->
                new Heard() {
                  private final AtomicInteger inside = new AtomicInteger();
                  private int handled;

                  @Override
                  public void message(WebSocketConnection connection, WebSocketMessage message) {
                    overlaps.addAndGet(inside.getAndIncrement());
                    if (++handled % 100 == 0) {
                      LockSupport.parkNanos(1000);
                    }
                    inside.decrementAndGet();
                    connection.send(message);
                  }
                }.handler().handle(request));
    List<Future<Integer>> rounds = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      rounds.add(clients.submit(() -> echoed(listener)));
    }

    for (Future<Integer> round : rounds) {
      assertThat(round.get(60, TimeUnit.SECONDS)).isEqualTo(MESSAGES);
    }
    assertThat(overlaps).hasValue(0);
  }

  /** How many messages of one client come back in the order in which it sent them. */
  private int echoed(HttpListener listener) throws Exception {
    try (RawWebSocket client = carrier.open(listener.address())) {
      Future<?> sent =
          clients.submit(
              () -> {
                ByteArrayOutputStream frames = new ByteArrayOutputStream();
                for (int i = 0; i < MESSAGES; i++) {
                  frames.writeBytes(RawWebSocket.frame(0x81, "message " + i));
                  if (i % 37 == 0) {
                    client.send(frames.toByteArray());
                    frames.reset();
                  }
                }
                return client.send(frames.toByteArray());
              });
      int next = 0;
      while (next < MESSAGES && client.frame().text().equals("message " + next)) {
        next++;
      }
      sent.get(20, TimeUnit.SECONDS);
      return next;
    }
  }

  @Test
  void aClientWaitsForAListenerThatIsSlow() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Heard slow =
        new Heard() {
          @Override
          public void message(WebSocketConnection connection, WebSocketMessage message) {
            await(goOn);
            super.message(connection, message);
          }
        };
    HttpListener listener = transport.listen(slow.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      AtomicLong sent = new AtomicLong();
      byte[] frame = RawWebSocket.frame(0x82, new byte[8 * 1024]);
      Future<?> sending =
          clients.submit(
              () -> {
                while (sent.get() < 10 * MOST_IN_KERNEL) {
                  client.send(frame);
                  sent.addAndGet(frame.length);
                }
                return client.close(1000, "");
              });

      assertThat(Stall.of(sent)).isLessThan(MOST_IN_KERNEL);
      goOn.countDown();

      sending.get(60, TimeUnit.SECONDS);
      assertThat(slow.next()).isEqualTo("opened");
      for (long left = sent.get(); left > 0; left -= frame.length) {
        assertThat(slow.next()).isEqualTo("binary 8192");
      }
      assertThat(slow.next()).isEqualTo("closed 1000");
    }
  }

  @Test
  void aClientThatReadsTooSlowlyIsGivenUp() throws Exception {
    int unsent = 256 * 1024;
    Heard heard = new Heard();
    HttpListener listener = transport.listen(heard.handler(Heard.waiting(16, unsent, 1013)));
    try (RawWebSocket client = carrier.openWithLittleRoom(listener.address())) {
      WebSocketConnection connection = heard.connection();
      WebSocketMessage message = WebSocketMessage.of("x".repeat(10_000));
      long taken = 0;
      while (connection.send(message)) {
        taken += 10_000;
        LockSupport.parkNanos(10_000);
      }

      assertThat(taken).isBetween((long) unsent - 20_000, MOST_IN_KERNEL);
      assertThat(connection.send(WebSocketMessage.of("short"))).isFalse();
      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("closed 1013 messages are read too slowly");
      assertThat(client.client().isReset()).isTrue();
    }
    eventually("no connection is left", () -> listener.connections() == 0);
  }

  @Test
  void aClientThatReadsNoPongsIsGivenUp() throws Exception {
    Heard heard = new Heard();
    HttpListener listener = transport.listen(heard.handler(Heard.waiting(16, 128 * 1024, 1008)));
    try (RawWebSocket client = carrier.openWithLittleRoom(listener.address())) {
      byte[] pings = new byte[131 * 100];
      byte[] ping = RawWebSocket.frame(0x89, new byte[125]);
      for (int i = 0; i < 100; i++) {
        System.arraycopy(ping, 0, pings, i * ping.length, ping.length);
      }
      Future<?> pinging =
          clients.submit(
              () -> {
                for (long sent = 0; sent < 10 * MOST_IN_KERNEL; sent += pings.length) {
                  client.send(pings);
                }
                return null;
              });

      assertThat(heard.next()).isEqualTo("opened");
      assertThat(heard.next()).isEqualTo("closed 1008 messages are read too slowly");
      eventually("nothing is sent any more", pinging::isDone);
    }
    eventually("no connection is left", () -> listener.connections() == 0);
  }

  @Test
  void whatOneThreadSendsStaysInOrder() throws Exception {
    Heard heard = new Heard();
    HttpListener listener = transport.listen(heard.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      WebSocketConnection connection = heard.connection();
      for (int sender = 0; sender < CLIENTS; sender++) {
        String name = sender + " ";
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < MESSAGES; i++) {
                    connection.send(WebSocketMessage.of(name + i));
                  }
                });
      }

      int[] next = new int[CLIENTS];
      for (int i = 0; i < CLIENTS * MESSAGES; i++) {
        String[] message = client.frame().text().split(" ", 2);
        assertThat(message[1]).isEqualTo("" + next[Integer.parseInt(message[0])]++);
      }
    }
  }

  @Test
  void whatTheListenerAnswersIsSentBeforeTheEnd() throws Exception {
    Heard slow =
        new Heard() {
          @Override
          public void message(WebSocketConnection connection, WebSocketMessage message) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            super.message(connection, message);
            connection.send(message);
          }
        };
    HttpListener listener = transport.listen(slow.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      client.text("one").text("two").close(1000, "bye");

      assertThat(client.frame().text()).isEqualTo("one");
      assertThat(client.frame().text()).isEqualTo("two");
      assertThat(client.frame().code()).isEqualTo(1000);
      assertThat(client.rest()).isEmpty();
      assertThat(slow.next()).isEqualTo("opened");
      assertThat(slow.next()).isEqualTo("text one");
      assertThat(slow.next()).isEqualTo("text two");
      assertThat(slow.next()).isEqualTo("closed 1000 bye");
    }
  }

  @Test
  void messagesGoOutInFramesOfTheLengthThatClientsMaySend() throws Exception {
    Heard heard = new Heard();
    HttpListener listener = transport.listen(heard.handler());
    int frame = Heard.limits().frame();
    String message = "0123456789abcdef".repeat(2 * frame / 16);
    try (RawWebSocket client = carrier.open(listener.address())) {
      WebSocketConnection connection = heard.connection();
      connection.send(WebSocketMessage.of(message + "!"));
      connection.send(WebSocketMessage.of(message));

      RawWebSocket.Frame first = client.frame();
      assertThat(first.first()).isEqualTo(RawWebSocket.TEXT);
      assertThat(first.payload()).hasSize(frame);
      RawWebSocket.Frame second = client.frame();
      assertThat(second.first()).isEqualTo(RawWebSocket.CONTINUATION);
      assertThat(second.payload()).hasSize(frame);
      RawWebSocket.Frame third = client.frame();
      assertThat(third.first()).isEqualTo(0x80 | RawWebSocket.CONTINUATION);
      assertThat(first.text() + second.text() + third.text()).isEqualTo(message + "!");
      assertThat(client.frame().first()).isEqualTo(RawWebSocket.TEXT);
      RawWebSocket.Frame last = client.frame();
      assertThat(last.first()).isEqualTo(0x80 | RawWebSocket.CONTINUATION);
      assertThat(last.payload()).hasSize(frame);
    }
  }

  @Test
  void whatAClientSaidBeforeItWentIsHeardByAListenerThatIsSlow() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Heard slow =
        new Heard() {
          @Override
          public void message(WebSocketConnection connection, WebSocketMessage message) {
            await(goOn);
            super.message(connection, message);
          }
        };
    HttpListener listener = transport.listen(slow.handler());
    int messages = 40;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    for (int i = 0; i < messages; i++) {
      said.writeBytes(RawWebSocket.frame(0x81, "message " + i));
    }
    said.writeBytes(RawWebSocket.frame(0x88, new byte[] {0x03, (byte) 0xe9}));
    try (RawWebSocket client = carrier.open(listener.address())) {
      client.send(said.toByteArray());
    }
    WebSocketConnection connection = slow.connection();
    awaitGone(connection);

    goOn.countDown();

    assertThat(slow.next()).isEqualTo("opened");
    for (int i = 0; i < messages; i++) {
      assertThat(slow.next()).isEqualTo("text message " + i);
    }
    assertThat(slow.next()).isEqualTo("closed 1001");
    eventually("no connection is left", () -> listener.connections() == 0);
  }

  @Test
  void whatAClientSaidBeforeItWentIsNotWaitedForWhereTheServerGoes() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Heard stuck =
        new Heard() {
          @Override
          public void message(WebSocketConnection connection, WebSocketMessage message) {
            begun.countDown();
            super.message(connection, WebSocketMessage.of("" + Interruption.awaited()));
          }
        };
    HttpListener listener = transport.listen(stuck.handler());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    for (int i = 0; i < 40; i++) {
      said.writeBytes(RawWebSocket.frame(0x81, "message " + i));
    }
    try (RawWebSocket client = carrier.open(listener.address())) {
      client.send(said.toByteArray());
    }
    WebSocketConnection connection = stuck.connection();
    awaitGone(connection);
    await(begun);

    listener.close();

    assertThat(listener.connections()).isZero();
    assertThat(stuck.next()).isEqualTo("opened");
    assertThat(stuck.next()).isEqualTo("text true");
    // Where it was not noticed that the client has gone, the server has.
    assertThat(stuck.next()).isIn("closed 1006", "closed 1001 Going away");
  }

  @Test
  void pingsAreAnsweredWhileTheListenerIsBusy() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Heard slow =
        new Heard() {
          @Override
          public void message(WebSocketConnection connection, WebSocketMessage message) {
            await(goOn);
            super.message(connection, message);
          }
        };
    HttpListener listener = transport.listen(slow.handler());
    try (RawWebSocket client = carrier.open(listener.address())) {
      int longest = Heard.limits().message();
      int frame = Heard.limits().frame();
      for (int at = 0; at < longest; at += frame) {
        int last = at + frame == longest ? 0x80 : 0;
        client.send(RawWebSocket.frame((at == 0 ? 2 : 0) | last, new byte[frame]));
      }
      client.send(RawWebSocket.frame(0x89, "behind a long one"));
      RawWebSocket.Frame pong = client.frame();
      assertThat(pong.opcode()).isEqualTo(RawWebSocket.PONG);
      assertThat(pong.text()).isEqualTo("behind a long one");

      // As many as may wait.
      for (int i = 0; i < 16; i++) {
        client.text("short");
      }
      client.send(RawWebSocket.frame(0x89, "behind short ones"));
      assertThat(client.frame().text()).isEqualTo("behind short ones");

      goOn.countDown();
      assertThat(slow.next()).isEqualTo("opened");
      assertThat(slow.next()).isEqualTo("binary " + longest);
      for (int i = 0; i < 16; i++) {
        assertThat(slow.next()).isEqualTo("text short");
      }
      client.text("next").close(1000, "");
      assertThat(slow.next()).isEqualTo("text next");
      assertThat(slow.next()).isEqualTo("closed 1000");
    }
  }

  @Test
  void aClientThatClosesIsNotKeptByAListenerForLong() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Heard stuck =
        new Heard() {
          @Override
          public void message(WebSocketConnection connection, WebSocketMessage message) {
            await(goOn);
            super.message(connection, message);
          }
        };
    HttpListener listener = transport.listen(stuck.handler(Heard.waiting(16, 1024 * 1024, 1008)));
    try (RawWebSocket client = carrier.open(listener.address())) {
      client.text("one").close(1000, "bye");

      assertThat(client.frame().code()).isEqualTo(1000);
      assertThat(client.rest()).isEmpty();
      assertThat(stuck.next()).isEqualTo("opened");
      assertThat(stuck.isSilent()).isTrue();

      goOn.countDown();
      assertThat(stuck.next()).isEqualTo("text one");
      assertThat(stuck.next()).isEqualTo("closed 1000 bye");
    }
    eventually("no connection is left", () -> listener.connections() == 0);
  }

  @Test
  void aListenerThatWaitsHoldsUpNoOtherConnection() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Heard slow =
        new Heard() {
          @Override
          public void message(WebSocketConnection connection, WebSocketMessage message) {
            if (message.equals(WebSocketMessage.of("wait"))) {
              await(goOn);
            }
            connection.send(message);
          }
        };
    HttpListener listener = transport.listen(slow.handler());
    List<RawWebSocket> waiting = new ArrayList<>();
    try (RawWebSocket quick = carrier.open(listener.address())) {
      for (int i = 0; i < 20; i++) {
        waiting.add(carrier.open(listener.address()).text("wait"));
      }
      assertThat(quick.text("x").frame().text()).isEqualTo("x");

      goOn.countDown();
      for (RawWebSocket client : waiting) {
        assertThat(client.frame().text()).isEqualTo("wait");
      }
    } finally {
      for (RawWebSocket client : waiting) {
        client.close();
      }
    }
  }

  /** Waits until it is noticed that a client has gone; NIO does so when it reads only. */
  private void awaitGone(WebSocketConnection connection) {
    if (mode.io() != IoTransport.NIO || carrier != Carrier.HTTP1) {
      eventually("the client has gone", () -> !connection.isOpen());
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
