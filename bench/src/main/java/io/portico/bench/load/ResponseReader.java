package io.portico.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds where one HTTP/1.1 answer with a Content-Length ends. The harness knows what its backend
 * answers, so anything else (no length, another status) is a failure of what is measured and never
 * repaired.
 */
final class ResponseReader {
  private static final int MOST_HEADER_BYTES = 16 * 1024;

  private final byte[] head = new byte[MOST_HEADER_BYTES];
  private int headLength;
  private int bodyLeft = -1;
  private boolean ok;

  /** Whether the answer that just ended had status 200. */
  boolean ok() {
    return ok;
  }

  /** Takes bytes; true when an answer is complete and the next one may be asked for. */
  boolean accept(ByteBuffer bytes) {
    while (bodyLeft < 0 && bytes.hasRemaining()) {
      if (headLength == head.length) {
        throw new MalformedAnswer("more than " + MOST_HEADER_BYTES + " bytes of headers");
      }
      head[headLength++] = bytes.get();
      if (headEnded()) {
        readHead();
      }
    }
    if (bodyLeft < 0) {
      return false;
    }
    int taken = Math.min(bodyLeft, bytes.remaining());
    bytes.position(bytes.position() + taken);
    bodyLeft -= taken;
    if (bodyLeft > 0) {
      return false;
    }
    bodyLeft = -1;
    return true;
  }

  private boolean headEnded() {
    return headLength >= 4
        && head[headLength - 1] == '\n'
        && head[headLength - 2] == '\r'
        && head[headLength - 3] == '\n'
        && head[headLength - 4] == '\r';
  }

  private void readHead() {
    String text = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
    headLength = 0;
    ok = text.startsWith("HTTP/1.1 200 ");
    String lowered = text.toLowerCase(Locale.ROOT);
    int start = lowered.indexOf("\r\ncontent-length:");
    if (start < 0) {
      throw new MalformedAnswer("no Content-Length in: " + text.strip());
    }
    int valueStart = start + "\r\ncontent-length:".length();
    bodyLeft =
        Integer.parseInt(
            lowered.substring(valueStart, lowered.indexOf("\r\n", valueStart)).strip());
  }

  /** An answer that no backend of this harness gives. */
  static final class MalformedAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedAnswer(String text) {
      super(text);
    }
  }
}
