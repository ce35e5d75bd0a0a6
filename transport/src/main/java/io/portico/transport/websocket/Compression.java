package io.portico.transport.websocket;

import io.netty.util.concurrent.FastThreadLocal;
import io.portico.gateway.http.websocket.WebSocketClose;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Messages by permessage-deflate (RFC 7692), each for itself: nothing is kept from one to the next,
 * so that all connections of a loop share what compresses, and one that is idle holds no window.
 */
final class Compression {
  /** Shorter messages hardly get shorter still. */
  private static final int LEAST = 64;

  private static final int PIECE = 16 * 1024;

  /** What ends every message and is not sent (RFC 7692, 7.2.1): an empty block. */
  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  private static final FastThreadLocal<Compression> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected Compression initialValue() {
          return new Compression();
        }

        @Override
        protected void onRemoval(Compression compression) {
          compression.end();
        }
      };

  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final Inflater inflater = new Inflater(true);

  private Compression() {}

  /** The calling loop's own. */
  static Compression ofThread() {
    return OF_THREAD.get();
  }

  /** The same as {@link #deflate} on a thread that is no loop's. */
  static byte @Nullable [] deflatedOnce(byte[] message) {
    Compression own = new Compression();
    try {
      return own.deflate(message);
    } finally {
      own.end();
    }
  }

  private void end() {
    deflater.end();
    inflater.end();
  }

  /** A message compressed, or null where that makes it no shorter. */
  byte @Nullable [] deflate(byte[] message) {
    if (message.length < LEAST) {
      return null;
    }
    byte[] deflated = new byte[message.length + TAIL.length];
    deflater.reset();
    deflater.setInput(message);
    int length = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH);
    // A full buffer may not be all of it.
    return length == deflated.length ? null : Arrays.copyOf(deflated, length - TAIL.length);
  }

  /**
   * A message as it was; never more memory than {@code most} bytes, whatever it claims to hold.
   *
   * @param length of what there is of {@code deflated}
   */
  byte[] inflate(byte[] deflated, int length, int most) throws WebSocketViolation {
    byte[] message = new byte[(int) Math.min(most + 1L, PIECE)];
    int filled = 0;
    boolean ended = false;
    inflater.reset();
    inflater.setInput(deflated, 0, length);
    while (true) {
      filled += inflate(message, filled);
      if (filled > most) {
        throw new WebSocketViolation(WebSocketClose.MESSAGE_TOO_BIG, "a message that is too long");
      }
      if (filled == message.length) {
        message = Arrays.copyOf(message, (int) Math.min(most + 1L, 2L * filled));
      } else if (inflater.finished() || ended) {
        break;
      } else {
        ended = true;
        inflater.setInput(TAIL);
      }
    }
    // RFC 7692, 7.2.3.4: behind a last block stands what is left of an empty one.
    if (inflater.finished() && !ended && inflater.getRemaining() > 1) {
      throw notDeflated();
    }
    return Arrays.copyOf(message, filled);
  }

  private int inflate(byte[] message, int from) throws WebSocketViolation {
    try {
      int count = inflater.inflate(message, from, message.length - from);
      if (inflater.needsDictionary()) {
        throw notDeflated();
      }
      return count;
    } catch (DataFormatException e) {
      throw notDeflated();
    }
  }

  private static WebSocketViolation notDeflated() {
    return new WebSocketViolation(
        WebSocketClose.INVALID_PAYLOAD, "a compressed message that is none");
  }
}
