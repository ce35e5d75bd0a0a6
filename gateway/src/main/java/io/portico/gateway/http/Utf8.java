package io.portico.gateway.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Whether bytes are text in UTF-8 (RFC 3629), asked piece by piece: a character may begin in one
 * and end in another.
 */
public final class Utf8 {
  private static final long NOT_ASCII = 0x8080808080808080L;
  private static final int AT_ONCE = 4 * Long.BYTES;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private boolean valid = true;

  /** How many bytes the character that has begun is short of. */
  private int missing;

  /** Between which the next of them is, both included. */
  private int least;

  private int most;

  /** Whether the bytes are text. */
  public static boolean isText(byte[] bytes) {
    Utf8 text = new Utf8();
    return text.goesOn(ByteBuffer.wrap(bytes)) && text.isWhole();
  }

  /** The bytes with U+FFFD wherever they are no text, as Java decodes them. */
  public static byte[] replaced(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
  }

  /** Looks at the next piece; whether all of them may still be text. */
  public boolean goesOn(ByteBuffer piece) {
    int next = piece.position();
    int end = piece.limit();
    while (valid && next < end) {
      if (missing == 0) {
        next = behindAscii(piece, next, end);
      }
      if (next < end) {
        look(piece.get(next++) & 0xff);
      }
    }
    return valid;
  }

  /** Whether no character is cut off where the last piece ended. */
  public boolean isWhole() {
    return valid && missing == 0;
  }

  /** Where the first byte is that is not ASCII. */
  private static int behindAscii(ByteBuffer piece, int from, int end) {
    if (piece.hasArray()) {
      int offset = piece.arrayOffset();
      return behindAscii(piece.array(), offset + from, offset + end) - offset;
    }
    int next = from;
    while (next <= end - AT_ONCE
        && ((piece.getLong(next)
                    | piece.getLong(next + Long.BYTES)
                    | piece.getLong(next + 2 * Long.BYTES)
                    | piece.getLong(next + 3 * Long.BYTES))
                & NOT_ASCII)
            == 0) {
      next += AT_ONCE;
    }
    while (next < end && piece.get(next) >= 0) {
      next++;
    }
    return next;
  }

  /**
   * The same in an array, which most content is: through its buffer it would take half as long
   * again, and eight times as long where only C1 compiles.
   */
  private static int behindAscii(byte[] bytes, int from, int end) {
    int next = from;
    while (next <= end - AT_ONCE
        && (((long) LONGS.get(bytes, next)
                    | (long) LONGS.get(bytes, next + Long.BYTES)
                    | (long) LONGS.get(bytes, next + 2 * Long.BYTES)
                    | (long) LONGS.get(bytes, next + 3 * Long.BYTES))
                & NOT_ASCII)
            == 0) {
      next += AT_ONCE;
    }
    while (next < end && bytes[next] >= 0) {
      next++;
    }
    return next;
  }

  /** A byte within a character, or the first of one beyond ASCII. */
  private void look(int octet) {
    if (missing > 0) {
      valid = octet >= least && octet <= most;
      missing--;
      least = 0x80;
      most = 0xbf;
    } else {
      begin(octet);
    }
  }

  /**
   * What is longer than need be, half of a surrogate pair or beyond Unicode is told by its second.
   */
  private void begin(int octet) {
    valid = octet >= 0xc2 && octet <= 0xf4;
    missing = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
    least = octet == 0xe0 ? 0xa0 : octet == 0xf0 ? 0x90 : 0x80;
    most = octet == 0xed ? 0x9f : octet == 0xf4 ? 0x8f : 0xbf;
  }
}
