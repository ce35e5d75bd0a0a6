package io.portico.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.portico.gateway.execute.telemetry.ExecutionLogWriter;
import io.portico.gateway.execute.telemetry.LoggedEvents;
import io.portico.gateway.execute.telemetry.StreamLines;
import io.portico.gateway.logs.LogStore;
import io.portico.server.config.ConfigException;
import io.portico.server.config.ExecutionLogConfig;
import io.portico.server.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where execution logs go: to the log groups of this process, and besides, where that is
 * configured, to a file or standard output, each with a writer of its own, so that neither waits
 * for the other.
 */
final class ConfiguredExecutionLogs implements Consumer<LoggedEvents>, AutoCloseable {
  private final ExecutionLogWriter groups;
  private final @Nullable ExecutionLogWriter output;

  private ConfiguredExecutionLogs(ExecutionLogWriter groups, @Nullable ExecutionLogWriter output) {
    this.groups = groups;
    this.output = output;
  }

  /**
   * Starts them.
   *
   * @param meters counts by place what is written and what is dropped
   * @throws ConfigException if the file cannot be appended to, or is that of access logs
   */
  static ConfiguredExecutionLogs start(GatewayConfig config, LogStore logs, MeterRegistry meters) {
    StreamLines.Target target = target(config);
    return new ConfiguredExecutionLogs(
        ExecutionLogWriter.start("log-groups", new StoredLogs(logs), meters),
        target == null
            ? null
            : ExecutionLogWriter.start(
                config.executionLog().isToStandardOutput() ? "stdout" : "file",
                new EventLines(target),
                meters));
  }

  private static StreamLines.@Nullable Target target(GatewayConfig config) {
    ExecutionLogConfig settings = config.executionLog();
    Path file = settings.file();
    if (file == null) {
      return null;
    }
    if (settings.isToStandardOutput()) {
      return LogOutput.standardOutput();
    }
    Path other = config.accessLog().file();
    if (other != null && absolute(other).equals(absolute(file))) {
      throw ofBoth(file);
    }
    StreamLines.Target target =
        LogOutput.file("execution-log.file", file, settings.maxSize(), settings.maxFiles());
    if (other != null && isLinked(file, other)) {
      throw ofBoth(file);
    }
    return target;
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private static ConfigException ofBoth(Path file) {
    return new ConfigException(
        "execution-log.file: " + file + ": allowed is another file than access-log.file", null);
  }

  /**
   * Whether two names are of one file; devices have several.
   *
   * @param file is there
   */
  private static boolean isLinked(Path file, Path other) {
    try {
      return Files.isRegularFile(file) && Files.exists(other) && Files.isSameFile(file, other);
    } catch (IOException e) {
      throw new ConfigException(
          "execution-log.file: " + file + ": it cannot be told from access-log.file: " + e, e);
    }
  }

  /** Takes what one call has to say, or drops it. */
  @Override
  public void accept(LoggedEvents events) {
    groups.accept(events);
    if (output != null) {
      output.accept(events);
    }
  }

  @Override
  public void close() {
    groups.close();
    if (output != null) {
      output.close();
    }
  }
}
