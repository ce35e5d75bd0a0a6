package io.portico.gateway.logs;

import java.nio.charset.StandardCharsets;

/**
 * An event as a line of a file: {@code 1764403200000 text}. {@code +125} behind the time says how
 * much later the event came. A tab in place of the blank says that the message ends with a line
 * feed; {@code \n}, {@code \r} and {@code \\} stand for what would end the line or be taken for one
 * of them.
 */
final class LogLine {
  static final char PLAIN = ' ';
  static final char ENDED = '\t';

  private LogLine() {}

  /** The line, its end included. */
  static byte[] encoded(long timestamp, long ingestionTime, String message) {
    boolean ended = message.endsWith("\n");
    String text = escaped(ended ? message.substring(0, message.length() - 1) : message);
    String line =
        stamp(timestamp, ingestionTime - timestamp) + (ended ? ENDED : PLAIN) + text + '\n';
    return line.getBytes(StandardCharsets.UTF_8);
  }

  /** Most have nothing to escape, which the JVM sees faster than a loop would. */
  private static String escaped(String text) {
    if (text.indexOf('\\') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0) {
      return text;
    }
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String stamp(long timestamp, long delay) {
    if (delay == 0) {
      return Long.toString(timestamp);
    }
    return delay > 0 ? timestamp + "+" + delay : Long.toString(timestamp) + delay;
  }

  /** What stands between two places of a file, without escapes. */
  static String decoded(byte[] bytes, int start, int end, boolean ended) {
    int length = 0;
    byte[] content = new byte[end - start + 1];
    for (int i = start; i < end; i++) {
      byte value = bytes[i];
      if (value == '\\' && i + 1 < end) {
        i++;
        value =
            switch (bytes[i]) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> bytes[i];
            };
      }
      content[length++] = value;
    }
    if (ended) {
      content[length++] = '\n';
    }
    return new String(content, 0, length, StandardCharsets.UTF_8);
  }
}
