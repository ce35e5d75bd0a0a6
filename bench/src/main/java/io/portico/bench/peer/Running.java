package io.portico.bench.peer;

import io.portico.bench.load.Target;
import io.portico.bench.process.Child;
import io.portico.bench.process.Memory;
import java.util.Optional;

/**
 * A gateway that is up: what to call, and whose CPU time counts.
 *
 * @param plain the same in the clear, where it answers there as well
 * @param accessLog where it logs every call, if it does
 */
public record Running(
    String name,
    String version,
    Child process,
    Target target,
    Target plain,
    Optional<AccessLog> accessLog)
    implements AutoCloseable {

  /** One that answers in one way. */
  public Running(
      String name, String version, Child process, Target target, Optional<AccessLog> accessLog) {
    this(name, version, process, target, target, accessLog);
  }

  /** The most memory that it had resident at any time, in bytes. */
  public long greatestMemory() {
    return Memory.ofTree(process.pid()).greatest();
  }

  @Override
  public void close() {
    process.close();
  }
}
