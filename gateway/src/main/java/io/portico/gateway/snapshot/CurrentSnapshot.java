package io.portico.gateway.snapshot;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Where the data plane finds the snapshot it serves: one reference, swapped whole. */
public final class CurrentSnapshot {
  private final AtomicReference<GatewaySnapshot> current =
      new AtomicReference<>(GatewaySnapshot.EMPTY);

  /** Read once a request. */
  public GatewaySnapshot get() {
    return current.get();
  }

  /** Replaces the snapshot by one derived from it. */
  public void update(UnaryOperator<GatewaySnapshot> change) {
    current.updateAndGet(change);
  }
}
