package io.portico.lambda.environment;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a request to the Runtime API, in one piece. What is longer than it may be is read
 * to its end and dropped: a runtime that is still sending would else lose its connection, and end
 * with it before it reads the refusal.
 */
final class WholeBody {
  /** Of a runtime that never ends, the connection is closed after all. */
  private static final long MOST_DROPPED = 256L * 1024 * 1024;

  private static final int PIECE = 64 * 1024;

  private WholeBody() {}

  /**
   * Reads it.
   *
   * @throws BodyTooLargeException if it is longer than {@code most}
   * @throws IOException if it broke off
   */
  static byte[] read(Body body, int most) throws IOException {
    boolean known = body.length() >= 0;
    if (!(body instanceof Body.Streamed arriving) || (known && body.length() <= most)) {
      return body.readAll(most);
    }
    try (InputStream content = arriving.open()) {
      if (!known) {
        byte[] whole = content.readNBytes(most + 1);
        if (whole.length <= most) {
          return whole;
        }
      }
      drop(content);
    }
    throw new BodyTooLargeException(most);
  }

  private static void drop(InputStream content) throws IOException {
    byte[] piece = new byte[PIECE];
    long left = MOST_DROPPED;
    int count = content.read(piece);
    while (count >= 0 && left > 0) {
      left -= count;
      count = content.read(piece);
    }
  }
}
