package io.portico.server.cli;

/**
 * What the process's exit status says. After SIGINT or SIGTERM and a graceful stop it is the JVM's
 * own 130 or 143.
 */
public enum ExitStatus {
  OK(0, "success"),
  INTERNAL_ERROR(1, "a bug of Portico"),
  USAGE(2, "the command line cannot be understood"),
  CONFIGURATION(3, "a key or value of the configuration is refused"),
  STORE(4, "the data directory cannot be used: in use, damaged, of a newer Portico, not writable"),
  ADDRESS(5, "the address is in use or not there"),
  DEFINITION(6, "a definition given to run cannot be read, imported or deployed"),
  REQUEST(7, "no Portico answers, or it refuses what was asked of it");

  private final int code;
  private final String meaning;

  ExitStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** For people. */
  String meaning() {
    return meaning;
  }
}
