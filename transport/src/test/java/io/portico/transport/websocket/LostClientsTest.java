package io.portico.transport.websocket;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketListener;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.ByteStream;
import io.portico.transport.support.Carrier;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** However clients go, each connection that was opened is closed, once. */
@ParameterizedClass
@MethodSource("io.portico.transport.support.Carrier#inAllModes")
final class LostClientsTest {
  private static final int CLIENTS = 300;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final long seed = System.nanoTime();
  private final Transport transport;
  private final Carrier carrier;
  private final Queue<Owner> owners = new ConcurrentLinkedQueue<>();

  LostClientsTest(Transport.Mode mode, Carrier carrier) {
    this.carrier = carrier;
    transport = new Transport(mode, 2, config -> config);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  /** What an owner keeps of a connection. */
  private static final class Owner implements WebSocketListener {
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger misplaced = new AtomicInteger();

    @Override
    public void opened(WebSocketConnection connection) {
      opened.incrementAndGet();
    }

    @Override
    public void message(WebSocketConnection connection, WebSocketMessage message) {
      misplaced.addAndGet(1 - opened.get() + closed.get());
      LockSupport.parkNanos(10_000);
      connection.send(message);
    }

    @Override
    public void closed(WebSocketConnection connection, WebSocketClose close) {
      LockSupport.parkNanos(10_000);
      closed.incrementAndGet();
    }
  }

  private HttpListener listen() throws IOException {
    return transport.listen(
        _ -> {
          Owner owner = new Owner();
          owners.add(owner);
          return HttpResponse.switchingTo(
              new WebSocketUpgrade(owner, Heard.limits(LONG, LONG, SHORT)), Headers.empty());
        });
  }

  @Test
  void noEndIsLostOrToldTwice() throws Exception {
    HttpListener listener = listen();
    Random random = new Random(seed);
    for (int i = 0; i < CLIENTS; i++) {
      try (RawWebSocket client = carrier.open(listener.address())) {
        leave(client.client(), random);
      }
    }

    eventually("no connection is left", () -> listener.connections() == 0);
    assertThat(owners).hasSize(CLIENTS).allSatisfy(this::hasHeardAll);
  }

  @Test
  void noEndIsLostWhereTheServerGoes() throws Exception {
    HttpListener listener = listen();
    Random random = new Random(seed);
    List<RawWebSocket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        RawWebSocket client = carrier.open(listener.address());
        clients.add(client);
        if (random.nextInt(4) == 0) {
          client.send(RawWebSocket.frame(0x81, "under way"));
        }
      }

      listener.drain(SHORT);

      assertThat(listener.connections()).isZero();
      assertThat(owners).hasSize(CLIENTS).allSatisfy(this::hasHeardAll);
    } finally {
      for (RawWebSocket client : clients) {
        client.close();
      }
    }
  }

  private void hasHeardAll(Owner owner) {
    assertThat(owner.opened).as("opened, seed %d", seed).hasValue(1);
    assertThat(owner.closed).as("closed, seed %d", seed).hasValue(1);
    assertThat(owner.misplaced).as("not in between, seed %d", seed).hasValue(0);
  }

  /** Goes in one of several ways, at one of several moments. */
  private static void leave(ByteStream client, Random random) throws IOException {
    for (int messages = random.nextInt(30); messages > 0; messages--) {
      client.send(RawWebSocket.frame(0x81, "message"));
    }
    if (random.nextBoolean()) {
      client.send(new byte[] {(byte) 0x81, (byte) 0x85, 1});
    }
    switch (random.nextInt(4)) {
      case 0 -> client.reset();
      case 1 -> client.endOutput();
      case 2 -> client.send(RawWebSocket.frame(0x88, ""));
      default -> {
        // Closed with what the server has sent unread.
      }
    }
  }
}
