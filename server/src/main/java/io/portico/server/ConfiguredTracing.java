package io.portico.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.portico.gateway.execute.Sampling;
import io.portico.gateway.execute.TraceIds;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.execute.telemetry.TraceWriter;
import io.portico.server.config.ConfigException;
import io.portico.server.config.TracingConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where traces go, and how calls are sampled for them. Without a place nothing listens.
 *
 * @param ids of invocations
 * @param listeners hear of calls
 */
record ConfiguredTracing(TraceIds ids, List<Telemetry.Listener> listeners) {
  /** What AWS's SDKs for X-Ray are told by. */
  private static final String VARIABLE = "AWS_XRAY_DAEMON_ADDRESS";

  /** {@code host:port}, or {@code tcp:host:port udp:host:port} in any order. */
  private static final Pattern UDP = Pattern.compile("(?:^|.*\\s)udp:(\\S+):(\\d{1,5})(?:\\s.*|$)");

  private static final Pattern PLAIN = Pattern.compile("([^\\s:]+|\\[[^\\s]+\\]):(\\d{1,5})");
  private static final double PERCENT = 100;
  private static final int MOST_PORT = 65_535;

  private static final ConfiguredTracing OFF = new ConfiguredTracing(TraceIds.PASSIVE, List.of());

  /**
   * Starts what is configured.
   *
   * @param environment of the process
   * @param meters counts what is recorded and what is dropped
   * @throws ConfigException if the daemon's address is none
   */
  static ConfiguredTracing start(
      TracingConfig config, Map<String, String> environment, MeterRegistry meters, Parts parts) {
    InetSocketAddress daemon = daemon(config, environment);
    if (daemon == null) {
      return OFF;
    }
    try {
      XRayDaemon xray = parts.add(new XRayDaemon(daemon));
      return new ConfiguredTracing(
          TraceIds.active(
              new Sampling(config.samplingReservoir(), config.samplingRate() / PERCENT)),
          List.of(parts.add(TraceWriter.start("xray", xray, meters))));
    } catch (IOException e) {
      throw new ConfigException("tracing.xray-daemon: " + daemon + ": no socket for it: " + e, e);
    }
  }

  /** What hears of calls, with others that do. */
  List<Telemetry.Listener> beside(List<Telemetry.Listener> others) {
    return Stream.concat(others.stream(), listeners.stream()).toList();
  }

  static @Nullable InetSocketAddress daemon(TracingConfig config, Map<String, String> environment) {
    String configured = config.xrayDaemon();
    String key = configured == null ? VARIABLE : "tracing.xray-daemon";
    String address = configured == null ? environment.getOrDefault(VARIABLE, "") : configured;
    if (address.isBlank()) {
      return null;
    }
    Matcher udp = UDP.matcher(address.strip());
    Matcher plain = PLAIN.matcher(address.strip());
    Matcher found = udp.matches() ? udp : plain.matches() ? plain : null;
    int port = found == null ? 0 : Integer.parseInt(found.group(2));
    if (found == null || port == 0 || port > MOST_PORT) {
      throw new ConfigException(
          key + ": " + address + ": allowed is a host and a port, 127.0.0.1:2000", null);
    }
    return InetSocketAddress.createUnresolved(found.group(1).replaceAll("[\\[\\]]", ""), port);
  }
}
