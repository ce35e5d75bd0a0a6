package io.portico.server.cli;

import io.portico.server.Gateway;
import io.portico.server.GatewayAssembly;
import io.portico.server.Logs;
import io.portico.server.config.ConfigValues;
import io.portico.server.config.GatewayConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** A running gateway in the foreground. */
final class Serving {
  private Serving() {}

  /** Starts a gateway that logs as configured; see {@link GatewayAssembly#start}. */
  static Gateway start(ConfigValues values) {
    GatewayConfig config = values.config();
    Logs.apply(config.logging());
    return GatewayAssembly.start(config);
  }

  /**
   * Announces the gateway, then waits for SIGTERM or SIGINT and stops it gracefully.
   *
   * @return {@link PorticoCommand#STOPPED_BY_SIGNAL}
   */
  static int untilSignalled(Gateway gateway, Runnable announcement) throws InterruptedException {
    // The JVM runs this on a signal and on System.exit, and ends once it has returned.
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(gateway::close));
    announcement.run();
    gateway.awaitClosed();
    return PorticoCommand.STOPPED_BY_SIGNAL;
  }

  /** The line that tells people and scripts that requests are answered. */
  static void printReady(PrintWriter out, Gateway gateway) {
    long hundredths = Math.round(sinceStart() * 100);
    // Not String.format: setting up its locale would be a tenth of what it prints.
    String seconds = hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
    String tlsUrl = gateway.tlsUrl();
    String urls = tlsUrl == null ? gateway.url() : gateway.url() + " and " + tlsUrl;
    out.println("Portico ready on " + urls + " in " + seconds + " s");
  }

  /**
   * Seconds since the start: as the launcher says ({@code portico.started}, seconds since 1970),
   * else since the process began, the JVM's own start included.
   */
  static double sinceStart() {
    Instant now = Instant.now();
    String said = System.getProperty("portico.started", "").replace(',', '.');
    if (said.matches("\\d+\\.\\d+")) {
      return now.toEpochMilli() / 1000.0 - Double.parseDouble(said);
    }
    Duration age = Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
    return age.toMillis() / 1000.0;
  }
}
