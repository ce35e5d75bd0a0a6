package io.portico.bench.load;

import io.portico.bench.process.Child;
import io.portico.bench.process.Cores;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** What the gateways call, in a process of its own on the load core. */
public final class Backend implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("^port (\\d+)$");

  private final Child process;
  private final int port;

  private Backend(Child process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param main the class to run; it prints {@code port N} when it listens
   */
  public static Backend start(Class<?> main, Cores cores, Path folder) {
    Child process = Child.start("backend", folder, cores.onLoadCore(OwnProcess.of(main)), Map.of());
    return new Backend(process, Integer.parseInt(process.awaitLine(PORT).group(1)));
  }

  public long pid() {
    return process.pid();
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.close();
  }
}
