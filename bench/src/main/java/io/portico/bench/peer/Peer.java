package io.portico.bench.peer;

import java.util.Optional;

/** A gateway that can be measured. */
public interface Peer {
  String name();

  /** Why it cannot be measured here, in one line; empty where it can. */
  Optional<String> missing();

  /** Starts it on the gateway core, as a proxy of the backend on {@code backendPort}. */
  Running start(Workplace workplace, int backendPort);
}
