package io.portico.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Collects the head of one message, for the two ends that transfer large bodies. */
final class HeadEnd {
  private static final int MOST_BYTES = 16 * 1024;

  private final StringBuilder text = new StringBuilder();

  /** Takes bytes up to the end of the head and leaves those of the body; true once it is there. */
  boolean found(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (text.length() == MOST_BYTES) {
        throw new IOException("more than " + MOST_BYTES + " bytes of headers");
      }
      text.append((char) (bytes.get() & 0xff));
      if (text.length() >= 4 && text.indexOf("\r\n\r\n", text.length() - 4) >= 0) {
        return true;
      }
    }
    return false;
  }

  String text() {
    return text.toString();
  }

  /** The second word of the first line: a request's path. */
  String path() {
    return text().split(" ", 3)[1];
  }

  /** The length its header states; 0 where it states none. */
  long contentLength() {
    String lowered = text().toLowerCase(Locale.ROOT);
    int name = lowered.indexOf("\r\ncontent-length:");
    if (name < 0) {
      return 0;
    }
    int value = lowered.indexOf(':', name) + 1;
    return Long.parseLong(lowered.substring(value, lowered.indexOf("\r\n", value)).strip());
  }
}
