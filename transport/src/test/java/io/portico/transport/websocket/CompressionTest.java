package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * permessage-deflate (RFC 7692), as in parts 12 and 13 of the Autobahn test suite.
 *
 * @see AutobahnCasesTest
 */
@ParameterizedClass
@EnumSource(Carrier.class)
final class CompressionTest {
  private static final int MOST = 128 * 1024;
  private static final int COMPRESSED = 0x40;
  private static final long SEED = 7692;

  /** How many messages of a size follow one another. */
  private static final int ROUNDS = 20;

  private final Transport transport = new Transport();
  private final Carrier carrier;
  private HttpListener listener;

  CompressionTest(Carrier carrier) {
    this.carrier = carrier;
  }

  @BeforeEach
  void listen() throws IOException {
    listener = transport.listen(new Echo().handler(limits(true)));
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private static WebSocketLimits limits(boolean compression) {
    Duration patience = Duration.ofSeconds(60);
    return new WebSocketLimits(
        MOST, MOST, 16, 4 * MOST, 1013, patience, patience, patience, true, compression);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate; client_max_window_bits=10",
        "permessage-deflate; client_max_window_bits=\"15\"",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        "x-webkit-deflate-frame, Permessage-Deflate",
        "permessage-deflate; server_max_window_bits=10, permessage-deflate",
        "permessage-deflate; server_max_window_bits=9; client_max_window_bits=9, permessage-deflate"
      })
  void isAgreedUponWithoutContext(String offer) throws IOException {
    assertThat(agreed(listener, offer))
        .isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
  }

  /** As in 13.4 and 13.6: the window that the JDK has is agreed upon, and the answer says so. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate; server_max_window_bits=15",
        "permessage-deflate; server_no_context_takeover; server_max_window_bits=15",
        "permessage-deflate; client_max_window_bits; server_max_window_bits=\"15\"",
        "permessage-deflate; server_max_window_bits=9, permessage-deflate; server_max_window_bits=15"
      })
  void theLargestWindowIsAgreedUpon(String offer) throws IOException {
    assertThat(agreed(listener, offer))
        .isEqualTo(
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover;"
                + " server_max_window_bits=15");
  }

  /** As in 13.3 and 13.5, of smaller windows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-webkit-deflate-frame",
        "permessage-deflate; server_max_window_bits=8",
        "permessage-deflate; server_max_window_bits=9",
        "permessage-deflate; server_no_context_takeover; server_max_window_bits=9",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; server_max_window_bits=015",
        "permessage-deflate; server_max_window_bits=10",
        "permessage-deflate; client_max_window_bits=7",
        "permessage-deflate; client_max_window_bits=16",
        "permessage-deflate; client_max_window_bits=10; client_max_window_bits=10",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; unknown"
      })
  void isNotAgreedUponWhereTheOfferIsNoneThatCanBeKept(String offer) throws IOException {
    assertThat(agreed(listener, offer)).isNull();
  }

  @Test
  void isNotAgreedUponWhereItIsOff() throws IOException {
    HttpListener off = transport.listen(new Echo().handler(limits(false)));

    assertThat(agreed(off, "permessage-deflate")).isNull();
  }

  private @Nullable String agreed(HttpListener listener, String offer) throws IOException {
    try (RawWebSocket client =
        carrier.open(listener.address(), "Sec-WebSocket-Extensions", offer)) {
      return client.field("Sec-WebSocket-Extensions");
    }
  }

  /** Contents of messages, by how much shorter they get. */
  enum Content {
    MUCH(RawWebSocket.TEXT) {
      @Override
      byte at(int index, Random random) {
        return (byte) ('a' + index % 7);
      }
    },
    A_LITTLE(RawWebSocket.TEXT) {
      @Override
      byte at(int index, Random random) {
        return (byte) ('a' + random.nextInt(26));
      }
    },
    NOT_AT_ALL(RawWebSocket.BINARY) {
      @Override
      byte at(int index, Random random) {
        return (byte) random.nextInt();
      }
    };

    private final int opcode;

    Content(int opcode) {
      this.opcode = opcode;
    }

    abstract byte at(int index, Random random);

    byte[] of(int size, Random random) {
      byte[] message = new byte[size];
      for (int i = 0; i < size; i++) {
        message[i] = at(i, random);
      }
      return message;
    }
  }

  /**
   * As in 12.1 to 13.7, .1 to .10. What grows by being compressed must fit its frame all the same.
   */
  static List<Arguments> messages() {
    return Stream.of(0, 1, 16, 63, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, MOST)
        .flatMap(
            size ->
                Stream.of(Content.values())
                    .filter(content -> size < MOST || content != Content.NOT_AT_ALL)
                    .map(content -> Arguments.of(content, size)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void messagesOfAllSizesComeBackAsTheyWere(Content content, int size) throws Exception {
    try (RawWebSocket client = connect()) {
      Random random = new Random(SEED);
      for (int round = 0; round < ROUNDS; round++) {
        byte[] message = content.of(size, random);
        client.send(RawWebSocket.frame(0x80 | COMPRESSED | content.opcode, deflated(message)));

        Frame answer = client.frame();
        assertThat(answer.opcode()).isEqualTo(content.opcode);
        assertThat(plain(answer)).isEqualTo(message);
      }
    }
  }

  /** As in 12.1 to 13.7, .11 to .18. */
  @ParameterizedTest
  @ValueSource(ints = {256, 1024, 4096, 8192, 16_384, 32_768, 65_536})
  void fragmentsOfAllSizesAreOneCompressedMessage(int size) throws Exception {
    byte[] message = Content.A_LITTLE.of(MOST, new Random(SEED));
    byte[] deflated = deflated(message);
    try (RawWebSocket client = connect()) {
      for (int from = 0; from < deflated.length; from += size) {
        int to = Math.min(deflated.length, from + size);
        int last = to == deflated.length ? 0x80 : 0;
        int first = from == 0 ? COMPRESSED | RawWebSocket.TEXT : RawWebSocket.CONTINUATION;
        client.send(RawWebSocket.frame(last | first, Arrays.copyOfRange(deflated, from, to)));
      }

      assertThat(plain(client.frame())).isEqualTo(message);
    }
  }

  @Test
  void aLongMessageIsSentShorterAndAShortOneAsItIs() throws Exception {
    try (RawWebSocket client = connect()) {
      Frame longer = client.text("a".repeat(10_000)).frame();
      assertThat(longer.first()).isEqualTo(0x80 | COMPRESSED | RawWebSocket.TEXT);
      assertThat(longer.payload()).hasSizeLessThan(100);

      Frame shorter = client.text("a").frame();
      assertThat(shorter.first()).isEqualTo(0x80 | RawWebSocket.TEXT);
    }
  }

  @Test
  void whatDoesNotGetShorterIsSentAsItIs() throws Exception {
    byte[] noise = new byte[1000];
    new Random(SEED).nextBytes(noise);
    try (RawWebSocket client = connect()) {
      Frame frame = client.send(RawWebSocket.frame(0x82, noise)).frame();

      assertThat(frame.first()).isEqualTo(0x82);
      assertThat(frame.payload()).isEqualTo(noise);
    }
  }

  @Test
  void fragmentsAreOneCompressedMessage() throws Exception {
    byte[] message = "fragments of a message, ".repeat(20).getBytes(UTF_8);
    byte[] deflated = deflated(message);
    try (RawWebSocket client = connect()) {
      client.send(RawWebSocket.frame(COMPRESSED | 1, Arrays.copyOf(deflated, 5)));
      client.send(RawWebSocket.frame(0x89, "ping"));
      client.send(RawWebSocket.frame(0x80, Arrays.copyOfRange(deflated, 5, deflated.length)));

      assertThat(client.frame().text()).isEqualTo("ping");
      assertThat(plain(client.frame())).isEqualTo(message);
    }
  }

  /** The examples of RFC 7692, 7.2.3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "f248cdc9c90700",
        "000500faff48656c6c6f00",
        "f348cdc9c9070000",
        "f248050000 00ffffcac9c90700"
      })
  void theExamplesOfTheStandardAreUnderstood(String hex) throws Exception {
    byte[] deflated = HexFormat.of().parseHex(hex.replace(" ", ""));
    try (RawWebSocket client = connect()) {
      client.send(RawWebSocket.frame(0xc1, deflated));

      assertThat(client.frame().text()).isEqualTo("Hello");
    }
  }

  @Test
  void aMessageThatGrowsBeyondTheLimitIsRefused() throws Exception {
    byte[] bomb = deflated(new byte[10 * 1024 * 1024]);
    assertThat(bomb).hasSizeLessThan(MOST);
    try (RawWebSocket client = connect()) {
      client.send(RawWebSocket.frame(0xc2, bomb));

      assertThat(client.frame().code()).isEqualTo(WebSocketClose.MESSAGE_TOO_BIG);
      assertThat(client.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {MOST - 1, MOST})
  void aMessageThatGrowsUpToTheLimitIsNot(int size) throws Exception {
    try (RawWebSocket client = connect()) {
      client.send(RawWebSocket.frame(0xc2, deflated(new byte[size])));

      assertThat(plain(client.frame())).hasSize(size);
    }
  }

  @Test
  void whatIsNotCompressedButSaysSoIsRefused() throws Exception {
    try (RawWebSocket client = connect()) {
      client.send(RawWebSocket.frame(0xc1, HexFormat.of().parseHex("ffffffff")));

      assertThat(client.frame().code()).isEqualTo(WebSocketClose.INVALID_PAYLOAD);
    }
  }

  @Test
  void compressedTextIsUtf8() throws Exception {
    try (RawWebSocket client = connect()) {
      client.send(RawWebSocket.frame(0xc1, deflated(new byte[] {'a', (byte) 0xc3})));

      assertThat(client.frame().code()).isEqualTo(WebSocketClose.INVALID_PAYLOAD);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0xc9, 0xc0, 0xa1, 0x91, 0xe1})
  void otherReservedBitsAreRefusedStill(int first) throws Exception {
    try (RawWebSocket client = connect()) {
      client.send(RawWebSocket.frame(0x01, "begun"));
      client.send(RawWebSocket.frame(first, "x"));

      assertThat(client.frame().code()).isEqualTo(WebSocketClose.PROTOCOL_ERROR);
    }
  }

  private RawWebSocket connect() throws IOException {
    return carrier.open(listener.address(), "Sec-WebSocket-Extensions", "permessage-deflate");
  }

  private static byte[] deflated(byte[] message) {
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
      deflater.setInput(message);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] piece = new byte[64 * 1024];
      int count;
      do {
        count = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
        out.write(piece, 0, count);
      } while (count == piece.length);
      byte[] deflated = out.toByteArray();
      return Arrays.copyOf(deflated, deflated.length - 4);
    }
  }

  private static byte[] plain(Frame frame) throws Exception {
    if ((frame.first() & COMPRESSED) == 0) {
      return frame.payload();
    }
    try (Inflater inflater = new Inflater(true)) {
      byte[] whole = Arrays.copyOf(frame.payload(), frame.payload().length + 4);
      whole[whole.length - 1] = (byte) 0xff;
      whole[whole.length - 2] = (byte) 0xff;
      inflater.setInput(whole);
      byte[] message = new byte[2 * MOST];
      return Arrays.copyOf(message, inflater.inflate(message));
    }
  }
}
