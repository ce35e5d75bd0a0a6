package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.portico.gateway.http.websocket.SharedMessage;
import io.portico.gateway.http.websocket.WebSocketConnection;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.Carrier;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.RawWebSocket.Frame;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A message that many are sent: written once in each form, and let go of by all. That no buffer is
 * left is looked at behind each class.
 */
final class SharedFramesTest {
  private static final int COMPRESSED = 0x40;
  private static final int UNSENT = 256 * 1024;
  private static final String TEXT = "the same for all ☃ ".repeat(1000);

  private final Transport transport = new Transport();
  private final Heard heard = new Heard();
  private final List<RawWebSocket> clients = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (RawWebSocket client : clients) {
      client.close();
    }
    transport.close();
  }

  private static WebSocketLimits limits() {
    WebSocketLimits usual = Heard.waiting(16, UNSENT, 1013);
    return new WebSocketLimits(
        usual.frame(),
        usual.message(),
        usual.waitingMessages(),
        usual.unsent(),
        usual.overflowCode(),
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        Duration.ofMillis(300),
        true,
        true);
  }

  private WebSocketConnection connect(HttpListener listener, Carrier carrier, String... fields)
      throws Exception {
    clients.add(carrier.open(listener.address(), fields));
    return heard.connection();
  }

  private static String text(Frame frame) throws DataFormatException {
    if ((frame.first() & COMPRESSED) == 0) {
      return frame.text();
    }
    byte[] whole = Arrays.copyOf(frame.payload(), frame.payload().length + 4);
    whole[whole.length - 1] = (byte) 0xff;
    whole[whole.length - 2] = (byte) 0xff;
    byte[] inflated = new byte[1 << 20];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(whole);
      return new String(inflated, 0, inflater.inflate(inflated), UTF_8);
    } finally {
      inflater.end();
    }
  }

  @Test
  void reachAllInTheFormThatEachTakes() throws Exception {
    HttpListener listener = transport.listen(heard.handler(limits()));
    List<WebSocketConnection> connections = new ArrayList<>();
    for (Carrier carrier : Carrier.values()) {
      for (int i = 0; i < 3; i++) {
        connections.add(connect(listener, carrier));
        connections.add(
            connect(listener, carrier, "Sec-WebSocket-Extensions", "permessage-deflate"));
      }
    }

    for (WebSocketMessage message :
        List.of(WebSocketMessage.of(TEXT), WebSocketMessage.of(TEXT.getBytes(UTF_8)))) {
      try (SharedMessage shared = new SharedMessage(message)) {
        for (WebSocketConnection connection : connections) {
          assertThat(connection.send(shared)).isTrue();
        }
      }
    }

    int compressed = 0;
    for (RawWebSocket client : clients) {
      Frame first = client.frame();
      Frame second = client.frame();
      compressed += (first.first() & COMPRESSED) == 0 ? 0 : 1;
      assertThat(text(first)).isEqualTo(TEXT);
      assertThat(first.opcode()).isEqualTo(RawWebSocket.TEXT);
      assertThat(text(second)).isEqualTo(TEXT);
      assertThat(second.opcode()).isEqualTo(RawWebSocket.BINARY);
    }
    assertThat(compressed).isEqualTo(clients.size() / 2);
  }

  private static ByteBuf frames(SharedFrames shared, boolean compression, int most) {
    return Objects.requireNonNull(shared.frames(ByteBufAllocator.DEFAULT, compression, most));
  }

  @Test
  void areWrittenOnceInEachForm() {
    SharedFrames shared = new SharedFrames(WebSocketMessage.of(TEXT));

    ByteBuf one = frames(shared, false, 1 << 20);
    ByteBuf other = frames(shared, false, 1 << 20);
    ByteBuf deflated = frames(shared, true, 1 << 20);
    ByteBuf again = frames(shared, true, 1 << 20);
    ByteBuf inParts = frames(shared, false, 100);

    assertThat(one.memoryAddress()).isEqualTo(other.memoryAddress());
    assertThat(deflated.memoryAddress()).isEqualTo(again.memoryAddress());
    assertThat(deflated.readableBytes()).isLessThan(one.readableBytes());
    assertThat(inParts.readableBytes()).isGreaterThan(one.readableBytes());
    one.skipBytes(one.readableBytes());
    assertThat(other.readableBytes()).isPositive();
    assertThat(other.isWritable()).isFalse();
    assertThat(other.maxWritableBytes()).isZero();
    assertThat(one.refCnt()).isEqualTo(3);
    assertThat(inParts.refCnt()).isEqualTo(2);
    shared.release();
    assertThat(one.release()).isFalse();
    assertThat(other.release()).isTrue();
    assertThat(deflated.release()).isFalse();
    assertThat(again.release()).isTrue();
    assertThat(inParts.release()).isTrue();
  }

  @Test
  void areLetGoOfByClientsThatHaveGoneOrDoNotRead() throws Exception {
    HttpListener listener = transport.listen(heard.handler(limits()));
    for (Carrier carrier : Carrier.values()) {
      WebSocketConnection slow = slow(listener, carrier);
      WebSocketConnection other = connect(listener, carrier);
      RawWebSocket reader = clients.getLast();
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      boolean taken = true;
      while (taken) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        try (SharedMessage shared = new SharedMessage(WebSocketMessage.of(TEXT))) {
          taken = slow.send(shared);
          assertThat(other.send(shared)).isTrue();
        }
        assertThat(reader.frame().text()).isEqualTo(TEXT);
        LockSupport.parkNanos(10_000);
      }
      reader.close();
      while (other.isOpen()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        try (SharedMessage shared = new SharedMessage(WebSocketMessage.of(TEXT))) {
          boolean _ = other.send(shared);
        }
        LockSupport.parkNanos(10_000);
      }
      try (SharedMessage shared = new SharedMessage(WebSocketMessage.of(TEXT))) {
        assertThat(other.send(shared)).isFalse();
      }
    }
  }

  private WebSocketConnection slow(HttpListener listener, Carrier carrier) throws Exception {
    clients.add(carrier.openWithLittleRoom(listener.address()));
    return heard.connection();
  }
}
