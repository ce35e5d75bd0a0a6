package io.portico.bench.peer;

import io.portico.bench.load.Target;
import io.portico.bench.process.Child;

/** A gateway that is up: what to call, and whose CPU time counts. */
public record Running(String name, String version, Child process, Target target)
    implements AutoCloseable {

  @Override
  public void close() {
    process.close();
  }
}
