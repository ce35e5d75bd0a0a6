package io.portico.bench.peer;

import io.portico.bench.load.Target;
import io.portico.bench.process.Child;
import io.portico.bench.process.Memory;
import java.util.Optional;

/**
 * A gateway that is up: what to call, and whose CPU time counts.
 *
 * @param accessLog where it logs every call, if it does
 */
public record Running(
    String name, String version, Child process, Target target, Optional<AccessLog> accessLog)
    implements AutoCloseable {

  /** The most memory that it had resident at any time, in bytes. */
  public long greatestMemory() {
    return Memory.ofTree(process.pid()).greatest();
  }

  @Override
  public void close() {
    process.close();
  }
}
