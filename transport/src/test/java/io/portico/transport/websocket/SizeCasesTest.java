package io.portico.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.Carrier;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.RawWebSocket.Frame;
import io.portico.transport.support.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Part 9 of the Autobahn test suite by the limits of AWS: frames of 32 KB, messages of 128 KB.
 * Sizes, fragments and pieces within come back, and beyond it is 1009. Odd numbers of its cases are
 * text, even ones bytes: both are tried by each test.
 */
@ParameterizedClass
@EnumSource(Carrier.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SizeCasesTest {
  private static final WebSocketLimits AWS = WebSocketLimits.standard();
  private static final int FRAME = AWS.frame();
  private static final int MESSAGE = AWS.message();
  private static final int LAST = 0x80;
  private static final int[] OPCODES = {RawWebSocket.TEXT, RawWebSocket.BINARY};

  /** How many messages follow one another, each when the one before is back. */
  private static final int ROUNDS = 1000;

  private final Transport transport = new Transport();
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private HttpListener listener;

  // There is one instance for each.
  @SuppressWarnings("NullAway.Init")
  @Parameter
  private Carrier carrier;

  @BeforeAll
  void listen() throws IOException {
    // AWS's, but that binary messages are taken.
    WebSocketLimits limits =
        new WebSocketLimits(
            FRAME,
            MESSAGE,
            AWS.waitingMessages(),
            AWS.unsent(),
            AWS.overflowCode(),
            AWS.idleTimeout(),
            AWS.duration(),
            AWS.closeTimeout(),
            true,
            false);
    listener = transport.listen(new Echo().handler(limits));
  }

  @AfterAll
  void close() {
    transport.close();
    senders.shutdownNow();
  }

  /** As in 9.1 and 9.2. */
  @ParameterizedTest
  @ValueSource(ints = {64 * 1024, 128 * 1024 - 1, 128 * 1024})
  void messagesUpToTheMostComeBack(int size) throws IOException {
    for (int opcode : OPCODES) {
      try (RawWebSocket client = carrier.open(listener.address())) {
        client.send(fragments(opcode, size, FRAME));

        assertThat(message(client, opcode)).isEqualTo(content(size));
      }
    }
  }

  /** As in 9.1 and 9.2. */
  @ParameterizedTest
  @ValueSource(ints = {128 * 1024 + 1, 256 * 1024, 1 << 20, 4 << 20, 8 << 20, 16 << 20})
  void longerMessagesAreRefused(int size) throws IOException {
    assertRefused(size, FRAME);
  }

  /** As in 9.1 and 9.2, where AWS's frames are shorter. */
  @ParameterizedTest
  @ValueSource(ints = {32 * 1024 + 1, 64 * 1024, 256 * 1024, 1 << 20, 4 << 20, 8 << 20, 16 << 20})
  void longerFramesAreRefused(int size) throws IOException {
    assertRefused(size, size);
  }

  /** As in 9.3 and 9.4. */
  @ParameterizedTest
  @ValueSource(ints = {64, 256, 1024, 4096, 16 * 1024, 32 * 1024})
  void fragmentsOfAllSizesAreOneMessage(int size) throws IOException {
    for (int opcode : OPCODES) {
      try (RawWebSocket client = carrier.open(listener.address())) {
        client.send(fragments(opcode, MESSAGE, size));

        assertThat(message(client, opcode)).isEqualTo(content(MESSAGE));
      }
    }
  }

  /** As in 9.3 and 9.4, which have a message of 4 MB in each of these. */
  @ParameterizedTest
  @ValueSource(ints = {64, 256, 1024, 4096, 16 * 1024, 64 * 1024, 256 * 1024, 1 << 20, 4 << 20})
  void fragmentsOfAMessageThatIsTooLongAreRefused(int size) throws IOException {
    assertRefused(4 << 20, size);
  }

  /** As in 9.5 and 9.6. */
  @ParameterizedTest
  @ValueSource(ints = {64, 128, 256, 512, 1024, 2048})
  void framesComeInPiecesOfAllSizes(int piece) throws IOException {
    for (int opcode : OPCODES) {
      try (RawWebSocket client = carrier.open(listener.address())) {
        byte[] sent = fragments(opcode, MESSAGE, FRAME);
        for (int from = 0; from < sent.length; from += piece) {
          client.send(Arrays.copyOfRange(sent, from, Math.min(sent.length, from + piece)));
        }

        assertThat(message(client, opcode)).isEqualTo(content(MESSAGE));
      }
    }
  }

  /** As in 9.7 and 9.8. */
  @ParameterizedTest
  @ValueSource(ints = {0, 16, 64, 256, 1024, 4096})
  void messagesFollowOneAnother(int size) throws IOException {
    byte[] content = content(size);
    for (int opcode : OPCODES) {
      try (RawWebSocket client = carrier.open(listener.address())) {
        for (int round = 0; round < ROUNDS; round++) {
          client.send(RawWebSocket.frame(LAST | opcode, content));

          assertThat(message(client, opcode)).isEqualTo(content);
        }
      }
    }
  }

  private void assertRefused(int size, int fragment) throws IOException {
    for (int opcode : OPCODES) {
      byte[] sent = fragments(opcode, size, fragment);
      try (RawWebSocket client = carrier.open(listener.address())) {
        // What is sent behind the refusal may be lost.
        Future<RawWebSocket> _ = senders.submit(() -> client.send(sent));

        assertThat(client.frame().code()).isEqualTo(WebSocketClose.MESSAGE_TOO_BIG);
        assertThat(client.rest()).isEmpty();
      }
    }
  }

  /** A message of the server, whose frames are no longer than those of clients may be. */
  private static byte[] message(RawWebSocket client, int opcode) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    int expected = opcode;
    Frame frame;
    do {
      frame = client.frame();
      assertThat(frame.opcode()).isEqualTo(expected);
      assertThat(frame.payload()).hasSizeLessThanOrEqualTo(FRAME);
      message.writeBytes(frame.payload());
      expected = RawWebSocket.CONTINUATION;
    } while ((frame.first() & LAST) == 0);
    return message.toByteArray();
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    Arrays.fill(content, (byte) '*');
    return content;
  }

  /** A message in frames of a size, the last of which may be shorter. */
  private static byte[] fragments(int opcode, int size, int fragment) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int from = 0; from < size; from += fragment) {
      int last = from + fragment >= size ? LAST : 0;
      frames.writeBytes(
          RawWebSocket.frame(
              last | (from == 0 ? opcode : RawWebSocket.CONTINUATION),
              content(Math.min(fragment, size - from))));
    }
    return frames.toByteArray();
  }
}
