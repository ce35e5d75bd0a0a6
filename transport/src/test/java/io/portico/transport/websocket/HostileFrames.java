package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.transport.support.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

/** Frames of clients by chance, most of them right, and what becomes of them on a bad way. */
final class HostileFrames {
  private static final int FIN = 0x80;
  private static final int COMPRESSED = 0x40;
  private static final int[] CODES = {0, 999, 1000, 1001, 1004, 1005, 1006, 1015, 3000, 4999, 5000};
  private static final String[] PIECES = {
    "a", "{\"action\":\"x\"}", "\u00e4", "\u20ac", "\ud83d\ude00", "\u0000", "\ufeff", "\uffff"
  };

  private HostileFrames() {}

  /** A text of about so many bytes at most. */
  static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(1 + most);
    while (text.length() < length) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** The frames of something: of a message, of a control frame, or of nothing that there is. */
  static void one(Random random, ByteArrayOutputStream out, WebSocketLimits limits) {
    // About as long as a message may be, where that is no long way.
    int most = Math.min(limits.message(), 200);
    switch (random.nextInt(9)) {
      case 0, 1 -> fragments(random, out, RawWebSocket.TEXT, text(random, most).getBytes(UTF_8));
      case 2 -> fragments(random, out, RawWebSocket.BINARY, bytes(random, most + 10));
      case 3 -> fragments(random, out, RawWebSocket.TEXT, bytes(random, 20));
      case 4 -> out.writeBytes(RawWebSocket.frame(FIN | RawWebSocket.PING, bytes(random, 130)));
      case 5 -> out.writeBytes(RawWebSocket.frame(FIN | RawWebSocket.PONG, bytes(random, 5)));
      case 6 -> compressed(random, out);
      case 7 -> out.writeBytes(RawWebSocket.frame(random.nextInt(256), bytes(random, 200)));
      default -> {
        if (random.nextInt(4) == 0) {
          close(random, out);
        } else {
          fragments(random, out, RawWebSocket.TEXT, new byte[0]);
        }
      }
    }
  }

  private static byte[] bytes(Random random, int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A message in frames, now and then with a pong between them. */
  static void fragments(Random random, ByteArrayOutputStream out, int kind, byte[] payload) {
    int first = kind;
    int at = 0;
    do {
      int count = Math.min(payload.length - at, random.nextInt(64));
      boolean last = at + count == payload.length && random.nextInt(4) > 0;
      byte[] piece = Arrays.copyOfRange(payload, at, at + count);
      out.writeBytes(RawWebSocket.frame(last ? FIN | first : first, piece));
      at += count;
      if (last) {
        return;
      }
      first = RawWebSocket.CONTINUATION;
      if (random.nextInt(8) == 0) {
        out.writeBytes(RawWebSocket.frame(FIN | RawWebSocket.PONG, "x"));
      }
    } while (true);
  }

  private static void compressed(Random random, ByteArrayOutputStream out) {
    byte[] message = random.nextInt(3) == 0 ? new byte[1 << 12] : text(random, 300).getBytes(UTF_8);
    int kind = random.nextBoolean() ? RawWebSocket.TEXT : RawWebSocket.BINARY;
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED, true)) {
      deflater.setInput(message);
      byte[] deflated = new byte[2048];
      int length = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH);
      fragments(random, out, COMPRESSED | kind, Arrays.copyOf(deflated, Math.max(0, length - 4)));
    }
  }

  private static void close(Random random, ByteArrayOutputStream out) {
    byte[] reason = bytes(random, 8);
    byte[] payload = Arrays.copyOf(new byte[2], 2 + reason.length);
    int code = CODES[random.nextInt(CODES.length)];
    payload[0] = (byte) (code >>> Byte.SIZE);
    payload[1] = (byte) code;
    System.arraycopy(reason, 0, payload, 2, reason.length);
    int length = random.nextInt(3) == 0 ? random.nextInt(payload.length + 1) : payload.length;
    out.writeBytes(RawWebSocket.frame(FIN | RawWebSocket.CLOSE, Arrays.copyOf(payload, length)));
  }

  /**
   * The same bytes with something wrong.
   *
   * @param bytes at least one
   */
  static byte[] mutated(Random random, byte[] bytes) {
    byte[] mutated = bytes.clone();
    int at = random.nextInt(bytes.length);
    int count = Math.min(1 + random.nextInt(12), bytes.length - at);
    switch (random.nextInt(6)) {
      case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      case 1 -> mutated[at] = (byte) random.nextInt(256);
      // Lengths: of 64 bits, of 16, the longest short one.
      case 2 -> mutated[at] = (byte) (0xfd + random.nextInt(3));
      case 3 -> mutated = Arrays.copyOf(bytes, at);
      case 4 -> mutated = joined(bytes, at, at + count, 0);
      default -> mutated = joined(bytes, at, at, count);
    }
    return mutated;
  }

  /** What stands before a place and behind another, and the first of what is behind it twice. */
  private static byte[] joined(byte[] bytes, int from, int to, int again) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(bytes, 0, from);
    joined.write(bytes, from, again);
    joined.write(bytes, to, bytes.length - to);
    return joined.toByteArray();
  }
}
