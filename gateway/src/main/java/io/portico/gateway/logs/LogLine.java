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
    byte[] content = message.getBytes(StandardCharsets.UTF_8);
    boolean ended = content.length > 0 && content[content.length - 1] == '\n';
    int length = ended ? content.length - 1 : content.length;
    byte[] head =
        (stamp(timestamp, ingestionTime - timestamp) + (ended ? ENDED : PLAIN))
            .getBytes(StandardCharsets.US_ASCII);
    byte[] line = new byte[head.length + length + escapes(content, length) + 1];
    System.arraycopy(head, 0, line, 0, head.length);
    int at = head.length;
    for (int i = 0; i < length; i++) {
      byte letter = escape(content[i]);
      if (letter == 0) {
        line[at++] = content[i];
      } else {
        line[at++] = '\\';
        line[at++] = letter;
      }
    }
    line[at] = '\n';
    return line;
  }

  private static String stamp(long timestamp, long delay) {
    if (delay == 0) {
      return Long.toString(timestamp);
    }
    return delay > 0 ? timestamp + "+" + delay : Long.toString(timestamp) + delay;
  }

  private static int escapes(byte[] content, int length) {
    int escapes = 0;
    for (int i = 0; i < length; i++) {
      if (escape(content[i]) != 0) {
        escapes++;
      }
    }
    return escapes;
  }

  private static byte escape(byte value) {
    return switch (value) {
      case '\\' -> '\\';
      case '\n' -> 'n';
      case '\r' -> 'r';
      default -> 0;
    };
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
