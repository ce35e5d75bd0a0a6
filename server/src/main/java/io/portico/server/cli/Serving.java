package io.portico.server.cli;

import io.portico.server.Gateway;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** A running gateway in the foreground. */
final class Serving {
  private Serving() {}

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
  static void printReady(CommandSpec spec, Gateway gateway) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        String.format(Locale.ROOT, "Portico ready on %s in %.2f s", gateway.url(), sinceStart()));
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
