package io.portico.server;

import io.portico.server.cli.PorticoCommand;

/** The process. Exit statuses are those of {@link io.portico.server.cli.ExitStatus}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int status = PorticoCommand.run(arguments);
    // Other threads may be running; after a signal the JVM is on its way out with a status of its
    // own.
    if (status != PorticoCommand.STOPPED_BY_SIGNAL) {
      System.exit(status);
    }
  }
}
