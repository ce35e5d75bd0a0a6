package io.portico.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.portico.gateway.execute.telemetry.AccessLine;
import io.portico.gateway.execute.telemetry.AccessLogSink;
import io.portico.gateway.execute.telemetry.AccessLogWriter;
import io.portico.gateway.execute.telemetry.AccessLogWriter.WhenFull;
import io.portico.gateway.execute.telemetry.GroupLines;
import io.portico.gateway.execute.telemetry.StreamLines;
import io.portico.gateway.logs.LogStore;
import io.portico.gateway.snapshot.LogDestination;
import io.portico.lambda.async.ServiceCalls;
import io.portico.server.config.AccessLogConfig;
import io.portico.server.config.ConfigException;
import io.portico.server.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines of access logs go: all of them to a file or standard output, and besides, to what
 * their stage names, each with a writer of its own, so that none waits for another.
 */
final class ConfiguredAccessLogs implements AccessLogSink, AutoCloseable {
  private static final int IN_OUTPUT = 1;
  private static final int AT_DESTINATION = 2;
  private static final long MEGABYTE = 1024 * 1024;

  private final AccessLogWriter output;
  private final AccessLogWriter groups;
  private final AccessLogWriter streams;

  private ConfiguredAccessLogs(
      AccessLogWriter output, AccessLogWriter groups, AccessLogWriter streams) {
    this.output = output;
    this.groups = groups;
    this.streams = streams;
  }

  /**
   * Starts them.
   *
   * @param logs where log groups are, or null where CloudWatch Logs is one of the services
   * @param services where delivery streams are
   * @param meters counts by place what is written and what is dropped
   * @throws ConfigException if the file cannot be appended to, or there is none to spill to
   */
  static ConfiguredAccessLogs start(
      GatewayConfig config, @Nullable LogStore logs, ServiceCalls services, MeterRegistry meters) {
    AccessLogConfig settings = config.accessLog();
    Path file = settings.file();
    StreamLines.Target target =
        file == null
            ? LogOutput.standardOutput()
            : LogOutput.file("access-log.file", file, settings.maxSize(), settings.maxFiles());
    WhenFull whenFull = whenFull(config);
    try {
      return new ConfiguredAccessLogs(
          AccessLogWriter.start(
              file == null ? "stdout" : "file", new StreamLines(target), whenFull, meters),
          AccessLogWriter.start(
              "log-groups",
              logs == null
                  ? new LogEventLines(calls(services))
                  : new GroupLines(new StoredLogs(logs)),
              whenFull,
              meters),
          AccessLogWriter.start("firehose", new FirehoseLines(calls(services)), whenFull, meters));
    } catch (IOException e) {
      throw new ConfigException(
          "access-log.when-full: spill: there is no file for it in data: " + e, e);
    }
  }

  private static LineCalls calls(ServiceCalls services) {
    return new LineCalls(services, LineCalls.PAUSE);
  }

  private static WhenFull whenFull(GatewayConfig config) {
    AccessLogConfig settings = config.accessLog();
    return switch (settings.whenFull()) {
      case DROP -> new WhenFull.Drop();
      case BLOCK -> new WhenFull.Block(settings.blockTimeout());
      case SPILL -> {
        if (config.ephemeral()) {
          throw new ConfigException(
              "access-log.when-full: spill: allowed with a data folder, not with ephemeral", null);
        }
        yield new WhenFull.Spill(
            config.data().resolve("access-log"), settings.spillMaxSize() * MEGABYTE);
      }
    };
  }

  @Override
  public int reserve(LogDestination destination) {
    int places = output.reserve() ? IN_OUTPUT : NONE;
    AccessLogWriter named = of(destination);
    return named != null && named.reserve() ? places | AT_DESTINATION : places;
  }

  @Override
  public void accept(AccessLine line, int reserved) {
    accept(output, line, (reserved & IN_OUTPUT) != 0);
    AccessLogWriter named = of(line.destination());
    if (named != null) {
      accept(named, line, (reserved & AT_DESTINATION) != 0);
    }
  }

  private static void accept(AccessLogWriter writer, AccessLine line, boolean reserved) {
    if (reserved) {
      writer.acceptReserved(line);
    } else {
      writer.accept(line);
    }
  }

  private @Nullable AccessLogWriter of(LogDestination destination) {
    return switch (destination) {
      case LogDestination.LogGroup _ -> groups;
      case LogDestination.DeliveryStream _ -> streams;
      case LogDestination.Unknown _ -> null;
    };
  }

  @Override
  public void close() {
    output.close();
    groups.close();
    streams.close();
  }
}
