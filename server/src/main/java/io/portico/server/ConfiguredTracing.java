package io.portico.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.execute.Sampling;
import io.portico.gateway.execute.TraceIds;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.execute.telemetry.TraceWriter;
import io.portico.gateway.http.Upstream;
import io.portico.server.config.ConfigException;
import io.portico.server.config.OtlpHeaders;
import io.portico.server.config.TracingConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
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

  private static final Duration GATHERED_DATAGRAMS = Duration.ofMillis(20);

  /** A request for a few spans would cost more than the spans. */
  private static final Duration GATHERED_REQUESTS = Duration.ofMillis(200);

  /**
   * Starts what is configured.
   *
   * @param environment of the process
   * @param meters counts what is recorded and what is dropped
   * @throws ConfigException if the daemon's address is none
   */
  static ConfiguredTracing start(
      TracingConfig config,
      Map<String, String> environment,
      Upstream upstream,
      MeterRegistry meters,
      Parts parts) {
    List<Telemetry.Listener> listeners = new ArrayList<>(2);
    InetSocketAddress daemon = daemon(config, environment);
    if (daemon != null) {
      listeners.add(xray(daemon, meters, parts));
    }
    if (config.otlpEndpoint() != null) {
      listeners.add(
          otlp(
              new OtlpCollector(
                  EndpointUrl.of(config.otlpEndpoint()),
                  OtlpHeaders.values(config.otlpHeaders()),
                  upstream,
                  OtlpCollector.Pace.STANDARD),
              meters,
              parts));
    }
    TraceIds ids =
        listeners.isEmpty()
            ? TraceIds.PASSIVE
            : TraceIds.active(
                new Sampling(config.samplingReservoir(), config.samplingRate() / PERCENT));
    return new ConfiguredTracing(
        config.traceContext() ? ids.withTraceParents() : ids, List.copyOf(listeners));
  }

  private static TraceWriter xray(InetSocketAddress daemon, MeterRegistry meters, Parts parts) {
    try {
      XRayDaemon xray = parts.add(new XRayDaemon(daemon));
      return parts.add(TraceWriter.start("xray", xray, GATHERED_DATAGRAMS, meters));
    } catch (IOException e) {
      throw new ConfigException("tracing.xray-daemon: " + daemon + ": no socket for it: " + e, e);
    }
  }

  private static TraceWriter otlp(OtlpCollector collector, MeterRegistry meters, Parts parts) {
    TraceWriter writer =
        parts.add(TraceWriter.start("otlp", new OtlpTraces(collector), GATHERED_REQUESTS, meters));
    // Closed before its writer, whose last batch does not wait then.
    parts.add(collector);
    return writer;
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
