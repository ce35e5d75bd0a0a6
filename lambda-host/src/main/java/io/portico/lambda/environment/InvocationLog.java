package io.portico.lambda.environment;

import io.portico.gateway.logs.LogStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an execution environment logs: the function's own lines, and Lambda's around each
 * invocation. AWS: source: recorded, facts INV-10, INV-11.
 */
final class InvocationLog {
  /** AWS: the last 4 KB; source: documented, Invoke's LogType. */
  private static final int LONGEST_TAIL = 4096;

  private static final int MOST_BYTES_OF_A_CHAR = 3;

  private final LogStream stream;
  private final PlatformLog platform;
  private @Nullable StringBuilder tail;

  InvocationLog(LogStream stream, PlatformLog platform) {
    this.stream = stream;
    this.platform = platform;
  }

  /**
   * Adds an event, to the tail as well while an invocation is under way.
   *
   * @param message with the line feed that ended it, where one did
   */
  synchronized void line(String message) {
    stream.append(System.currentTimeMillis(), message);
    StringBuilder open = tail;
    if (open != null) {
      open.append(message);
      if (!message.endsWith("\n")) {
        open.append('\n');
      }
      if (open.length() > 2 * LONGEST_TAIL) {
        open.delete(0, open.length() - LONGEST_TAIL);
      }
    }
  }

  private void lineOrNothing(@Nullable String message) {
    if (message != null) {
      line(message);
    }
  }

  /** An event that belongs to no invocation's tail. */
  private synchronized void aside(@Nullable String message) {
    if (message != null) {
      stream.append(System.currentTimeMillis(), message);
    }
  }

  /** A process is about to be initialised. */
  void initStart() {
    aside(platform.initStart());
  }

  /** A process could not be initialised; see {@link PlatformLog#initReport}. */
  void initReport(Duration duration, String phase, PlatformLog.Ending ending) {
    aside(platform.initReport(duration, phase, ending));
  }

  synchronized void start(Event event) {
    tail = event.tail() ? new StringBuilder() : null;
    lineOrNothing(platform.start(event));
  }

  /** What is said of a failure in words. */
  void words(String text) {
    lineOrNothing(platform.words(text));
  }

  /**
   * The end of an invocation.
   *
   * @param figures what its report says
   * @return the tail of the invocation's log, at most 4 KB of it; null where it is not wanted
   */
  synchronized @Nullable String end(String requestId, PlatformLog.Figures figures) {
    lineOrNothing(platform.end(requestId, figures));
    lineOrNothing(platform.report(requestId, figures));
    StringBuilder all = tail;
    tail = null;
    return all == null ? null : last(all.toString());
  }

  private static String last(String text) {
    if (text.length() <= LONGEST_TAIL / MOST_BYTES_OF_A_CHAR) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= LONGEST_TAIL
        ? text
        : new String(bytes, bytes.length - LONGEST_TAIL, LONGEST_TAIL, StandardCharsets.UTF_8);
  }
}
