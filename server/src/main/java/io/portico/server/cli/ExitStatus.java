package io.portico.server.cli;

/**
 * What the process's exit status says. After SIGINT or SIGTERM and a graceful stop it is the JVM's
 * own 130 or 143.
 */
public enum ExitStatus {
  OK(0),
  /** A bug of Portico. */
  INTERNAL_ERROR(1),
  /** The command line cannot be understood. */
  USAGE(2),
  /** A key or value of the configuration is refused. */
  CONFIGURATION(3),
  /** The data directory cannot be used: in use, damaged, of a newer Portico, not writable. */
  STORE(4),
  /** The address is in use or not there. */
  ADDRESS(5),
  /** A definition given to {@code run} cannot be read, imported or deployed. */
  DEFINITION(6);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
