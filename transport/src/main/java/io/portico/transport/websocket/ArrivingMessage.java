package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.portico.gateway.http.Utf8;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketMessage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message of which frames have come. Memory is taken for what has arrived, never for what a head
 * only promises.
 */
final class ArrivingMessage {
  private static final byte[] NOTHING = {};

  private final boolean text;
  private final boolean compressed;

  /** Looks at text that is not compressed as it comes. */
  private final @Nullable Utf8 utf8;

  private final long begunNanos = System.nanoTime();
  private byte[] bytes = NOTHING;
  private int length;

  ArrivingMessage(boolean text, boolean compressed) {
    this.text = text;
    this.compressed = compressed;
    this.utf8 = text && !compressed ? new Utf8() : null;
  }

  /** When it has begun, as {@link System#nanoTime} tells time. */
  long begunNanos() {
    return begunNanos;
  }

  /** How much of it has come. */
  int length() {
    return length;
  }

  /**
   * Takes the next bytes.
   *
   * @param most how long it may become: with its last frame, what that promises
   * @return the mask's key for the byte behind them
   * @throws WebSocketViolation if they are no text, as soon as they cannot be any more
   */
  int append(ByteBuf in, int count, int key, int most) throws WebSocketViolation {
    int end = length + count;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.clamp(2L * bytes.length, end, Math.max(end, most)));
    }
    in.readBytes(bytes, length, count);
    int next = Mask.remove(bytes, length, count, key);
    if (utf8 != null && !utf8.goesOn(ByteBuffer.wrap(bytes, length, count))) {
      throw notText();
    }
    length = end;
    return next;
  }

  /**
   * All of it has come.
   *
   * @param most bytes it may have once it is not compressed any more
   */
  WebSocketMessage whole(int most) throws WebSocketViolation {
    if (compressed) {
      byte[] inflated = Compression.ofThread().inflate(bytes, length, most);
      if (text && !Utf8.isText(inflated)) {
        throw notText();
      }
      return text
          ? WebSocketMessage.of(new String(inflated, UTF_8))
          : WebSocketMessage.of(inflated);
    }
    if (utf8 != null && !utf8.isWhole()) {
      throw notText();
    }
    return text
        ? WebSocketMessage.of(new String(bytes, 0, length, UTF_8))
        : WebSocketMessage.of(bytes.length == length ? bytes : Arrays.copyOf(bytes, length));
  }

  private static WebSocketViolation notText() {
    return new WebSocketViolation(WebSocketClose.INVALID_PAYLOAD, "text that is not UTF-8");
  }
}
