package io.portico.server;

import io.portico.server.cli.PorticoCommand;
import java.time.ZoneId;

/** The process. Exit statuses are those of {@link io.portico.server.cli.ExitStatus}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    LogProvider.choose();
    // The time of a line in the log. Java looks through all jars for rules of zones first.
    Meanwhile.of(ZoneId::systemDefault);
    int status = PorticoCommand.run(arguments);
    // Other threads may be running; after a signal the JVM is on its way out with a status of its
    // own.
    if (status != PorticoCommand.STOPPED_BY_SIGNAL) {
      System.exit(status);
    }
  }
}
