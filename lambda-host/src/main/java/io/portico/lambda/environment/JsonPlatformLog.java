package io.portico.lambda.environment;

import io.portico.gateway.json.Json;
import io.portico.lambda.snapshot.FunctionSnapshot;
import io.portico.lambda.snapshot.RuntimeVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lambda's lines as JSON: platform events, as far as the function's system log level lets them.
 * AWS: their members as users of AWS show them; their levels: source: documented,
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
final class JsonPlatformLog implements PlatformLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final long BYTES_PER_MEGABYTE = 1L << 20;

  private final FunctionSnapshot function;
  private final String logStream;
  private final Level least;

  /** How much an event says of the system, the most talkative first. */
  private enum Level {
    DEBUG,
    INFO,
    WARN
  }

  JsonPlatformLog(FunctionSnapshot function, String logStream) {
    this.function = function;
    this.logStream = logStream;
    this.least =
        switch (function.systemLogLevel()) {
          case "DEBUG" -> Level.DEBUG;
          case "WARN" -> Level.WARN;
          default -> Level.INFO;
        };
  }

  private @Nullable String event(Level level, String type, ObjectNode content) {
    if (level.compareTo(least) < 0) {
      return null;
    }
    ObjectNode event =
        Json.object().put("time", TIME.format(Instant.now())).put("type", "platform." + type);
    event.set("record", content);
    return Json.text(event);
  }

  @Override
  public @Nullable String initStart() {
    RuntimeVersion version = RuntimeVersion.of(function.id().region(), function.runtime());
    return event(
        Level.INFO,
        "initStart",
        Json.object()
            .put("initializationType", "on-demand")
            .put("phase", "init")
            .put("runtimeVersion", version.name())
            .put("runtimeVersionArn", version.arn())
            .put("functionName", function.id().name())
            .put("functionVersion", function.version())
            .put("instanceId", logStream)
            .put("instanceMaxMemory", function.memoryMegabytes() * BYTES_PER_MEGABYTE));
  }

  @Override
  public @Nullable String initReport(Duration duration, String phase, Ending ending) {
    ObjectNode content = Json.object().put("initializationType", "on-demand").put("phase", phase);
    ended(content, ending).putObject("metrics").put("durationMs", millis(duration));
    return event(Level.WARN, "initReport", content);
  }

  @Override
  public @Nullable String start(Event event) {
    return event(
        Level.INFO,
        "start",
        Json.object()
            .put("requestId", event.requestId())
            .put("functionArn", event.functionArn())
            .put("version", function.version()));
  }

  /** AWS: in place of END, and only where it is asked for or something failed; documented. */
  @Override
  public @Nullable String end(String requestId, Figures figures) {
    ObjectNode content = Json.object().put("requestId", requestId);
    ended(content, figures.ending())
        .putObject("metrics")
        .put("durationMs", millis(figures.duration()));
    return event(figures.ending().isSuccess() ? Level.DEBUG : Level.WARN, "runtimeDone", content);
  }

  @Override
  public @Nullable String report(String requestId, Figures figures) {
    ObjectNode content = Json.object().put("requestId", requestId);
    ObjectNode metrics =
        content
            .putObject("metrics")
            .put("durationMs", millis(figures.duration()))
            .put("billedDurationMs", figures.billedMillis())
            .put("memorySizeMB", figures.memoryMegabytes())
            .put("maxMemoryUsedMB", figures.peakMegabytes());
    Duration initialization = figures.initialization();
    if (initialization != null) {
      metrics.put("initDurationMs", millis(initialization));
    }
    return event(
        figures.ending().isSuccess() ? Level.INFO : Level.WARN,
        "report",
        ended(content, figures.ending()));
  }

  private static ObjectNode ended(ObjectNode content, Ending ending) {
    content.put("status", ending.status());
    return ending.errorType() == null ? content : content.put("errorType", ending.errorType());
  }

  /** With three decimals. */
  private static double millis(Duration duration) {
    return Math.round(duration.toNanos() / 1e3) / 1e3;
  }

  /** The events say it. */
  @Override
  public @Nullable String words(String text) {
    return null;
  }
}
