package io.portico.lambda.environment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a function's process prints, taken apart into lines, each with the line feed that ended it,
 * if one did. AWS: only a line feed ends one; source: recorded, facts INV-13.
 *
 * <p>Nobody waits for it: it is taken from the pipe when somebody looks. So whoever has seen the
 * function's answer has all that it printed before, once it has looked here.
 */
final class ProcessOutput {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessOutput.class);

  /** AWS: an event has at most 1 MB; source: documented, PutLogEvents. Longer ones are split. */
  private static final int LONGEST_LINE = 1 << 20;

  /** Of UTF-8, in bytes. */
  private static final int LONGEST_CHARACTER = 4;

  private static final int CHUNK = 8192;

  /** As much as a pipe holds: whoever prints without end is looked at again when others were. */
  private static final int MOST_AT_ONCE = 64 * 1024;

  private final InputStream stream;
  private final Consumer<String> lines;
  private final byte[] chunk = new byte[CHUNK];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean ended;

  ProcessOutput(InputStream stream, Consumer<String> lines) {
    this.stream = stream;
    this.lines = lines;
  }

  /**
   * Hands on the lines that are there, as far as a pipe holds them.
   *
   * @return whether there was anything
   */
  synchronized boolean look() {
    int taken = 0;
    try {
      while (!ended && taken < MOST_AT_ONCE && stream.available() > 0) {
        int length = stream.read(chunk);
        if (length < 0) {
          break;
        }
        take(length);
        taken += length;
      }
    } catch (IOException e) {
      LOG.debug("a function's output ended: {}", e.getMessage());
      finish();
    }
    return taken > 0;
  }

  /**
   * Hands on all that is there, an unfinished line, too: the invocation that printed it is over.
   */
  synchronized void settle() {
    look();
    if (line.size() > 0) {
      hand();
    }
  }

  /** The process has ended: hands on what is left of its last line, too. */
  synchronized void end() {
    while (look()) {
      // What it has printed last, which is all there is.
    }
    finish();
  }

  private void finish() {
    if (!ended && line.size() > 0) {
      hand();
    }
    ended = true;
  }

  private void take(int length) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n') {
        line.write(chunk, start, i + 1 - start);
        hand();
        start = i + 1;
      } else if (line.size() + i - start >= LONGEST_LINE) {
        line.write(chunk, start, i - start);
        handPart();
        start = i;
      }
    }
    line.write(chunk, start, length - start);
  }

  /** Hands on what is there of a line, but for a character at its end that is not whole. */
  private void handPart() {
    byte[] bytes = line.toByteArray();
    int whole = wholeCharacters(bytes);
    lines.accept(new String(bytes, 0, whole, StandardCharsets.UTF_8));
    line.reset();
    line.write(bytes, whole, bytes.length - whole);
  }

  private static int wholeCharacters(byte[] utf8) {
    int first = utf8.length - 1;
    while (first > utf8.length - LONGEST_CHARACTER && (utf8[first] & 0xC0) == 0x80) {
      first--;
    }
    int length =
        switch (Integer.numberOfLeadingZeros(~utf8[first] << 24)) {
          case 2 -> 2;
          case 3 -> 3;
          case 4 -> 4;
          // A character of one byte, or no UTF-8 at all.
          default -> 1;
        };
    return length > utf8.length - first ? first : utf8.length;
  }

  private void hand() {
    lines.accept(line.toString(StandardCharsets.UTF_8));
    line.reset();
  }
}
