package io.portico.bench.peer;

import io.portico.bench.load.Target;
import io.portico.bench.process.Child;
import io.portico.bench.process.Memory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that is up: what to call, and whose CPU time counts.
 *
 * @param plain the same in the clear, where it answers there as well
 * @param accessLog where it logs every call, if it does
 * @param daemon takes its traces, or null; it goes with it
 */
public record Running(
    String name,
    String version,
    Child process,
    Target target,
    Target plain,
    Optional<AccessLog> accessLog,
    @Nullable SilentDaemon daemon)
    implements AutoCloseable {

  /** One whose traces nobody takes. */
  Running(
      String name,
      String version,
      Child process,
      Target target,
      Target plain,
      Optional<AccessLog> accessLog) {
    this(name, version, process, target, plain, accessLog, null);
  }

  /** One that answers in one way. */
  public Running(
      String name, String version, Child process, Target target, Optional<AccessLog> accessLog) {
    this(name, version, process, target, target, accessLog);
  }

  /** The same, whose traces go to a daemon. */
  Running tracedBy(SilentDaemon taker) {
    return new Running(name, version, process, target, plain, accessLog, taker);
  }

  /** The most memory that it had resident at any time, in bytes. */
  public long greatestMemory() {
    return Memory.ofTree(process.pid()).greatest();
  }

  @Override
  public void close() {
    process.close();
    if (daemon != null) {
      daemon.close();
    }
  }
}
