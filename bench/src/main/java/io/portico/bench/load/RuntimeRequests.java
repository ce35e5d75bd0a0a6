package io.portico.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The requests that one connection of a Lambda runtime brings, however the reads cut them. A
 * request is known by how it begins; what it carries is passed over.
 */
final class RuntimeRequests {
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] LENGTH = "\r\nContent-Length: ".getBytes(StandardCharsets.ISO_8859_1);

  private final InputStream stream;
  private final byte[] bytes = new byte[64 * 1024];
  private int from;
  private int to;

  RuntimeRequests(InputStream stream) {
    this.stream = stream;
  }

  /**
   * Takes the next request.
   *
   * @throws IOException if it begins with anything else, or there is none
   */
  void expect(byte[] beginning) throws IOException {
    int end = find(END, from, to);
    while (end < 0) {
      fill();
      end = find(END, from, to);
    }
    if (!isAt(beginning, from)) {
      throw new IOException("not what a function does that answers: " + text(from, end));
    }
    int length = contentLength(end);
    from = end + END.length;
    while (length > to - from) {
      length -= to - from;
      from = to;
      fill();
    }
    from += length;
  }

  private int contentLength(int end) throws IOException {
    // The last line of a head has no line end of its own before the blank line.
    int name = find(LENGTH, from, end);
    if (name < 0) {
      return 0;
    }
    int length = 0;
    for (int at = name + LENGTH.length; bytes[at] != '\r'; at++) {
      if (bytes[at] < '0' || bytes[at] > '9' || length > Integer.MAX_VALUE / 100) {
        throw new IOException("no number in Content-Length: " + text(from, end));
      }
      length = length * 10 + bytes[at] - '0';
    }
    return length;
  }

  /** Where {@code wanted} stands as a whole between the two places; -1 where it does not. */
  private int find(byte[] wanted, int start, int end) {
    for (int at = start; at + wanted.length <= end; at++) {
      if (isAt(wanted, at)) {
        return at;
      }
    }
    return -1;
  }

  private boolean isAt(byte[] wanted, int at) {
    return at + wanted.length <= to
        && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private void fill() throws IOException {
    if (from > 0) {
      System.arraycopy(bytes, from, bytes, 0, to - from);
      to -= from;
      from = 0;
    }
    int read = to == bytes.length ? 0 : stream.read(bytes, to, bytes.length - to);
    if (read <= 0) {
      throw new IOException(
          read == 0 ? "a head of more than " + to + " bytes" : "the runtime closed the connection");
    }
    to += read;
  }

  private String text(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
