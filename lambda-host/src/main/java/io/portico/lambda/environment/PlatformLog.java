package io.portico.lambda.environment;

import io.portico.lambda.snapshot.FunctionSnapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Lambda itself logs around a function's lines, in the format that the function is configured
 * with. Each of these is null where nothing is written for it.
 */
interface PlatformLog {

  /** The one for a function. */
  static PlatformLog of(FunctionSnapshot function, String logStream) {
    return function.logFormat().equals("JSON")
        ? new JsonPlatformLog(function, logStream)
        : new TextPlatformLog(function);
  }

  @Nullable String initStart();

  /**
   * An initialisation that failed.
   *
   * @param phase {@code init}, or {@code invoke} where an invocation began it
   */
  @Nullable String initReport(Duration duration, String phase, Ending ending);

  @Nullable String start(Event event);

  @Nullable String end(String requestId, Figures figures);

  @Nullable String report(String requestId, Figures figures);

  /** What is said of a failure in words. */
  @Nullable String words(String text);

  /**
   * How an invocation or an initialisation ended.
   *
   * @param status {@code success}, {@code error} or {@code timeout}
   * @param errorType such as {@code Runtime.ExitError}, or null
   */
  record Ending(String status, @Nullable String errorType) {
    static final Ending SUCCESS = new Ending("success", null);
    static final Ending TIMEOUT = new Ending("timeout", null);

    static Ending error(String type) {
      return new Ending("error", type);
    }

    boolean isSuccess() {
      return status.equals(SUCCESS.status);
    }
  }

  /**
   * The figures of an invocation.
   *
   * @param initialization how long the function took to be initialised, or null where it was warm
   * @param peakMegabytes 0 where it is not known
   */
  record Figures(
      Duration duration,
      @Nullable Duration initialization,
      int memoryMegabytes,
      int peakMegabytes,
      Ending ending) {

    /** AWS: each millisecond that has begun; source: recorded, facts INV-10. */
    long billedMillis() {
      return (duration.toNanos() + 999_999) / 1_000_000;
    }
  }
}
