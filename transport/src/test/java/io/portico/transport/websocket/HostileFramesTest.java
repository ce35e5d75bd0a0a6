package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.transport.support.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bytes by chance, and frames that are nearly right: each are messages, or a violation that ends
 * the connection with a close code; never anything else, however the network cuts them, and never
 * in more memory than what has come and what the limits allow.
 */
final class HostileFramesTest {
  /** {@code -Dportico.seed} sets another. */
  private static final long SEED = Long.getLong("portico.seed", 6455L);

  private static final int ROUNDS = 20_000;
  private static final int CUTS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Whatever is made for a reader, and for what it says. */
  private static final int BASE_BYTES = 64 * 1024;

  /** An array that grows is copied; what it comes to is copied again. */
  private static final int COPIES = 24;

  private final Random random = new Random(SEED);

  /** What connections may do. */
  enum Kind {
    NARROW(64, 200, true, false),
    TEXT_ONLY(64, 200, false, false),
    COMPRESSED(64, 200, true, true),
    /** Where what a head promises would be noticed. */
    WIDE(1 << 28, 1 << 28, true, false);

    private final int frame;
    private final int message;
    private final boolean binary;
    private final boolean compression;

    Kind(int frame, int message, boolean binary, boolean compression) {
      this.frame = frame;
      this.message = message;
      this.binary = binary;
      this.compression = compression;
    }

    FrameReader reader() {
      return new FrameReader(limits(), compression);
    }

    WebSocketLimits limits() {
      return new WebSocketLimits(
          frame, message, 16, message, 1013, PATIENCE, PATIENCE, PATIENCE, binary, compression);
    }

    /** With which codes a client may be told that it has broken a rule. */
    Set<Integer> codes() {
      Set<Integer> codes =
          new TreeSet<>(
              Set.of(
                  WebSocketClose.PROTOCOL_ERROR,
                  WebSocketClose.INVALID_PAYLOAD,
                  WebSocketClose.MESSAGE_TOO_BIG));
      if (!binary) {
        codes.add(WebSocketClose.UNSUPPORTED_DATA);
      }
      return codes;
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void bytesByChanceAreMessagesOrAViolation(Kind kind) {
    Set<Integer> seen = new TreeSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(1 + random.nextInt(300))];
      random.nextBytes(bytes);
      if (bytes.length > 1 && random.nextBoolean()) {
        bytes[0] &= (byte) 0x8f;
        bytes[1] |= (byte) 0x80;
      }
      seen.addAll(check(kind, bytes));
    }
    assertThat(seen).contains(WebSocketClose.PROTOCOL_ERROR);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void framesThatAreNearlyRightAreMessagesOrAViolation(Kind kind) {
    Set<Integer> seen = new TreeSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      seen.addAll(check(kind, mutated(frames(kind))));
    }
    // What a wide one would find too long nobody sends here.
    Set<Integer> expected = kind.codes();
    if (kind == Kind.WIDE) {
      expected.remove(WebSocketClose.MESSAGE_TOO_BIG);
    }
    assertThat(seen).containsAll(expected);
  }

  @Test
  void framesThatAreRightAreTheMessagesThatTheyAre() {
    for (int round = 0; round < ROUNDS; round++) {
      List<Object> sent = new ArrayList<>();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int left = random.nextInt(5); left > 0; left--) {
        byte[] payload = HostileFrames.text(random, 60).getBytes(UTF_8);
        sent.add("text " + new String(payload, UTF_8));
        HostileFrames.fragments(random, bytes, RawWebSocket.TEXT, payload);
      }

      List<Object> heard = read(Kind.NARROW, bytes.toByteArray(), true);
      heard.removeIf("pong"::equals);
      assertThat(heard).as("-Dportico.seed=%d, round %d", SEED, round).isEqualTo(sent);
    }
  }

  /** With which codes it ends, none or one. */
  private Set<Integer> check(Kind kind, byte[] bytes) {
    String what =
        "-Dportico.seed=%d, %s, %s".formatted(SEED, kind, HexFormat.of().formatHex(bytes));
    List<Object> whole;
    try {
      whole = read(kind, bytes, false);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(what, e);
    }
    // Once more, as whatever comes first is loaded by then.
    long before = allocated();
    List<Object> _ = read(kind, bytes, false);
    long allowed = kind == Kind.COMPRESSED ? kind.message : 0;
    assertThat(allocated() - before)
        .as(what)
        .isLessThan(BASE_BYTES + COPIES * (bytes.length + (whole.size() + 1) * allowed));
    for (int i = 0; i < CUTS; i++) {
      assertThat(read(kind, bytes, true)).as(what).isEqualTo(whole);
    }
    Set<Integer> codes = new TreeSet<>();
    for (Object each : whole) {
      if (each instanceof Integer code) {
        assertThat(kind.codes()).as(what).contains(code);
        codes.add(code);
      }
    }
    return codes;
  }

  /** What reading comes to: what was heard, and the code of a violation. */
  private List<Object> read(Kind kind, byte[] bytes, boolean inPieces) {
    FrameReader reader = kind.reader();
    ByteBuf in = Unpooled.buffer(bytes.length + 1);
    List<Object> heard = new ArrayList<>();
    int from = 0;
    try {
      while (from < bytes.length) {
        int left = bytes.length - from;
        int count = inPieces ? 1 + random.nextInt(1 + random.nextInt(left)) : left;
        in.writeBytes(bytes, from, count);
        from += count;
        if (!readOn(reader, in, inPieces, heard)) {
          return heard;
        }
        assertThat(in.isReadable()).isFalse();
        ArrivingMessage unfinished = reader.unfinished();
        assertThat(unfinished == null ? 0 : unfinished.length()).isLessThanOrEqualTo(kind.message);
      }
    } catch (WebSocketViolation violation) {
      assertThat(violation.close().isSendable()).isTrue();
      heard.add(violation.close().code());
    }
    return heard;
  }

  /**
   * Reads all there is; whether anything is read behind it.
   *
   * @param pauses whether now and then no message may begin at first
   */
  private boolean readOn(FrameReader reader, ByteBuf in, boolean pauses, List<Object> heard)
      throws WebSocketViolation {
    while (true) {
      boolean messages = !pauses || random.nextBoolean();
      Incoming next = reader.read(in, messages);
      if (next == null && (messages || !in.isReadable())) {
        return true;
      }
      if (next != null) {
        heard.add(described(next));
        if (next instanceof Incoming.Close) {
          return false;
        }
      }
    }
  }

  private static String described(Incoming incoming) {
    return switch (incoming) {
      case Incoming.Message(WebSocketMessage.Text(String text)) -> "text " + text;
      case Incoming.Message(WebSocketMessage.Binary(byte[] bytes)) ->
          "binary " + HexFormat.of().formatHex(bytes);
      case Incoming.Ping(byte[] payload) -> "ping " + new String(payload, ISO_8859_1);
      case Incoming.Pong _ -> "pong";
      case Incoming.Close(WebSocketClose close) -> "close " + close;
    };
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private byte[] frames(Kind kind) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      HostileFrames.one(random, frames, kind.limits());
    }
    return frames.toByteArray();
  }

  private byte[] mutated(byte[] frames) {
    byte[] bytes = frames;
    for (int left = random.nextInt(4); left > 0 && bytes.length > 0; left--) {
      bytes = HostileFrames.mutated(random, bytes);
    }
    return bytes;
  }
}
