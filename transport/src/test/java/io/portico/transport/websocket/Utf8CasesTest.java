package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.Carrier;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.RawWebSocket.Frame;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Text is UTF-8 or refused, however its bytes come. */
@ParameterizedClass
@EnumSource(Carrier.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Utf8CasesTest {
  private static final int LAST = 0x80;

  private final Transport transport = new Transport();
  private HttpListener listener;

  // There is one instance for each.
  @SuppressWarnings("NullAway.Init")
  @Parameter
  private Carrier carrier;

  /**
   * A text message.
   *
   * @param kept whether it is UTF-8
   * @param meaning what it is
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody
  record Utf8Case(String number, boolean kept, byte[] bytes, String meaning) {
    private static Utf8Case of(String line) {
      String[] parts = line.split(" ", 4);
      boolean kept =
          switch (parts[1]) {
            case "kept" -> true;
            case "refused" -> false;
            default -> throw new IllegalArgumentException("neither kept nor refused: " + line);
          };
      return new Utf8Case(parts[0], kept, HexFormat.of().parseHex(parts[2]), parts[3]);
    }

    @Override
    public String toString() {
      return number + " " + meaning;
    }
  }

  /** What {@code utf8.txt} has, which says how it is written. */
  static List<Utf8Case> cases() {
    String resource = "/websocket/utf8.txt";
    try (InputStream in =
        Objects.requireNonNull(Utf8CasesTest.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(Utf8Case::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  void listen() throws IOException {
    listener = transport.listen(new Echo().handler());
  }

  @AfterAll
  void close() {
    transport.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inOneFrame(Utf8Case message) throws IOException {
    try (RawWebSocket client = carrier.open(listener.address())) {
      client.send(RawWebSocket.frame(LAST | RawWebSocket.TEXT, message.bytes()));

      expect(message, client);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachByteInAFragmentOfItsOwn(Utf8Case message) throws IOException {
    try (RawWebSocket client = carrier.open(listener.address())) {
      byte[] bytes = message.bytes();
      for (int i = 0; i < bytes.length; i++) {
        int last = i == bytes.length - 1 ? LAST : 0;
        int opcode = i == 0 ? RawWebSocket.TEXT : RawWebSocket.CONTINUATION;
        client.send(RawWebSocket.frame(last | opcode, new byte[] {bytes[i]}));
      }

      expect(message, client);
    }
  }

  private static void expect(Utf8Case message, RawWebSocket client) throws IOException {
    Frame answer = client.frame();
    if (message.kept()) {
      assertThat(answer.first()).isEqualTo(LAST | RawWebSocket.TEXT);
      assertThat(answer.payload()).isEqualTo(message.bytes());
      client.close(WebSocketClose.NORMAL, "");
      assertThat(client.frame().code()).isEqualTo(WebSocketClose.NORMAL);
    } else {
      assertThat(answer.code()).isEqualTo(WebSocketClose.INVALID_PAYLOAD);
    }
    assertThat(client.rest()).isEmpty();
  }
}
