package io.portico.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.Carrier;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.RawWebSocket.Frame;
import io.portico.transport.support.Transport;
import io.portico.transport.websocket.FrameScript.Expected;
import io.portico.transport.websocket.FrameScript.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the rules of frames say, case by case, on the wire, whatever carries it.
 *
 * @see AutobahnCasesTest
 */
@ParameterizedClass
@EnumSource(Carrier.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FrameCasesTest {
  private static final int MOST = 1024 * 1024;

  /** What is sent byte by byte; what is longer goes out in pieces of an odd length. */
  private static final int MOST_BY_BYTES = 3000;

  private static final int ODD = 997;

  private final Transport transport = new Transport();
  private HttpListener listener;

  // There is one instance for each.
  @SuppressWarnings("NullAway.Init")
  @Parameter
  private Carrier carrier;

  @BeforeAll
  void listen() throws IOException {
    Duration patience = Duration.ofSeconds(60);
    WebSocketLimits limits =
        new WebSocketLimits(
            MOST, MOST, 16, 4 * MOST, 1013, patience, patience, patience, true, false);
    listener = transport.listen(new Echo().handler(limits));
  }

  @AfterAll
  void close() {
    transport.close();
  }

  static List<Script> scripts() {
    return FrameScript.read("/websocket/frames.txt");
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void goesAsItIsWritten(Script script) throws IOException {
    try (RawWebSocket client = carrier.open(listener.address())) {
      client.send(script.sent());

      expect(script, client);
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void goesTheSameWayFrameByFrame(Script script) throws IOException {
    try (RawWebSocket client = carrier.open(listener.address())) {
      for (byte[] frame : script.frames()) {
        client.send(frame);
      }

      expect(script, client);
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void goesTheSameWayInPieces(Script script) throws IOException {
    try (RawWebSocket client = carrier.open(listener.address())) {
      byte[] sent = script.sent();
      int piece = sent.length > MOST_BY_BYTES ? ODD : 1;
      for (int from = 0; from < sent.length; from += piece) {
        client.send(Arrays.copyOfRange(sent, from, Math.min(sent.length, from + piece)));
      }

      expect(script, client);
    }
  }

  private static void expect(Script script, RawWebSocket client) throws IOException {
    for (Expected expected : script.expected()) {
      Frame frame = client.frame();
      assertThat(frame.first()).isEqualTo(0x80 | expected.opcode());
      if (frame.opcode() == RawWebSocket.CLOSE) {
        assertThat(frame.code()).isEqualTo(new Frame(frame.first(), expected.payload()).code());
      } else {
        assertThat(frame.payload()).isEqualTo(expected.payload());
      }
    }
    if (!script.endsWithClose()) {
      client.close(1000, "");
      assertThat(client.frame().code()).isEqualTo(1000);
    }
    assertThat(client.rest()).isEmpty();
  }

  @Test
  void refusesBinaryMessagesWhereTheyAreNotAllowed() throws IOException {
    Heard heard = new Echo();
    HttpListener strict = transport.listen(heard.handler(WebSocketLimits.standard()));
    try (RawWebSocket client = carrier.open(strict.address())) {
      client.send(RawWebSocket.frame(0x82, "x"));

      assertThat(client.frame().code()).isEqualTo(WebSocketClose.UNSUPPORTED_DATA);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void holdsFramesAndMessagesToTheUsualLimits() throws IOException {
    HttpListener usual = transport.listen(new Echo().handler(WebSocketLimits.standard()));
    byte[] frame = new byte[32 * 1024];
    Arrays.fill(frame, (byte) 'a');
    try (RawWebSocket client = carrier.open(usual.address())) {
      client.send(RawWebSocket.frame(0x01, frame));
      client.send(RawWebSocket.frame(0x00, frame));
      client.send(RawWebSocket.frame(0x00, frame));
      client.send(RawWebSocket.frame(0x80, frame));
      for (int i = 0; i < 4; i++) {
        assertThat(client.frame().payload()).hasSize(frame.length);
      }

      client.send(RawWebSocket.frame(0x81, Arrays.copyOf(frame, frame.length + 1)));

      assertThat(client.frame().code()).isEqualTo(WebSocketClose.MESSAGE_TOO_BIG);
      assertThat(client.rest()).isEmpty();
    }
  }
}
