package io.portico.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds where one HTTP/1.1 answer with a Content-Length ends. The harness knows what its backend
 * answers, so anything else (no length, another status) is a failure of what is measured and never
 * repaired. Makes no garbage: a collection would be in somebody's latency.
 */
final class ResponseReader {
  private static final int MOST_HEADER_BYTES = 16 * 1024;

  // In lower case, as they are looked for in either.
  private static final byte[] OK = "http/1.1 200 ".getBytes(StandardCharsets.ISO_8859_1);

  private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.ISO_8859_1);

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
        ok = isAt(0, OK);
        bodyLeft = contentLength();
        headLength = 0;
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

  private int contentLength() {
    int at = 0;
    while (!isAt(at, LENGTH)) {
      at++;
      if (at == headLength) {
        throw malformed("no Content-Length");
      }
    }
    at += LENGTH.length;
    while (head[at] == ' ') {
      at++;
    }
    int length = 0;
    for (; head[at] != '\r'; at++) {
      if (head[at] < '0' || head[at] > '9' || length > Integer.MAX_VALUE / 100) {
        throw malformed("no number in Content-Length");
      }
      length = length * 10 + head[at] - '0';
    }
    return length;
  }

  /** Whether the head has those bytes there, its letters of either case. */
  private boolean isAt(int at, byte[] expected) {
    if (at + expected.length > headLength) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      byte there = head[at + i];
      boolean isUpper = there >= 'A' && there <= 'Z';
      if ((isUpper ? there + ('a' - 'A') : there) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private MalformedAnswer malformed(String what) {
    return new MalformedAnswer(
        what + " in: " + new String(head, 0, headLength, StandardCharsets.ISO_8859_1).strip());
  }

  /** An answer that no backend of this harness gives. */
  static final class MalformedAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedAnswer(String text) {
      super(text);
    }
  }
}
