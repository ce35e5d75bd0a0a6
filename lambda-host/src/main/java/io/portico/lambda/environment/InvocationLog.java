package io.portico.lambda.environment;

import io.portico.lambda.log.LogStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an execution environment logs: the function's own lines, and Lambda's around each
 * invocation. AWS: source: recorded, facts INV-10, INV-11.
 */
final class InvocationLog {
  /** AWS: the last 4 KB; source: documented, Invoke's LogType. */
  private static final int LONGEST_TAIL = 4096;

  private final LogStream stream;
  private @Nullable StringBuilder tail;

  InvocationLog(LogStream stream) {
    this.stream = stream;
  }

  /** Adds an event, to the tail as well while an invocation is under way. */
  synchronized void line(String message) {
    stream.append(System.currentTimeMillis(), message);
    StringBuilder open = tail;
    if (open != null) {
      open.append(message).append('\n');
      if (open.length() > 2 * LONGEST_TAIL) {
        open.delete(0, open.length() - LONGEST_TAIL);
      }
    }
  }

  /** An event that belongs to no invocation's tail. */
  synchronized void aside(String message) {
    stream.append(System.currentTimeMillis(), message);
  }

  synchronized void start(String requestId, String version) {
    tail = new StringBuilder();
    line("START RequestId: " + requestId + " Version: " + version);
  }

  /**
   * The end of an invocation.
   *
   * @param figures what its report says
   * @return the tail of the invocation's log, at most 4 KB of it
   */
  synchronized String end(String requestId, Figures figures) {
    line("END RequestId: " + requestId);
    line(figures.report(requestId));
    stream.flush();
    String all = tail == null ? "" : tail.toString();
    tail = null;
    return last(all);
  }

  private static String last(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= LONGEST_TAIL
        ? text
        : new String(bytes, bytes.length - LONGEST_TAIL, LONGEST_TAIL, StandardCharsets.UTF_8);
  }

  /**
   * The figures of an invocation.
   *
   * @param initialization how long the function took to be initialised, or null where it was warm
   * @param peakMegabytes 0 where it is not known
   * @param status {@code timeout}, {@code error} with its type, or null where all went well
   */
  record Figures(
      Duration duration,
      @Nullable Duration initialization,
      int memoryMegabytes,
      int peakMegabytes,
      @Nullable String status) {

    String report(String requestId) {
      String report =
          String.format(
              Locale.ROOT,
              "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB"
                  + "\tMax Memory Used: %d MB\t",
              requestId,
              millis(duration),
              (long) Math.ceil(millis(duration)),
              memoryMegabytes,
              peakMegabytes);
      if (initialization != null) {
        report += String.format(Locale.ROOT, "Init Duration: %.2f ms\t", millis(initialization));
      }
      return status == null ? report : report + "Status: " + status;
    }

    private static double millis(Duration duration) {
      return duration.toNanos() / 1e6;
    }
  }
}
