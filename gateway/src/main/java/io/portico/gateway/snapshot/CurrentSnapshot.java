package io.portico.gateway.snapshot;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Where the data plane finds the snapshot it serves: one reference, swapped whole. */
public final class CurrentSnapshot {
  private final AtomicReference<GatewaySnapshot> current =
      new AtomicReference<>(GatewaySnapshot.EMPTY);
  private final List<Consumer<GatewaySnapshot>> listeners = new CopyOnWriteArrayList<>();

  /** Read once a request. */
  public GatewaySnapshot get() {
    return current.get();
  }

  /** Replaces the snapshot by one derived from it. */
  public void update(UnaryOperator<GatewaySnapshot> change) {
    GatewaySnapshot changed = current.updateAndGet(change);
    listeners.forEach(listener -> listener.accept(changed));
  }

  /** Tells {@code listener} of every snapshot from now on, on the thread that publishes it. */
  public void onUpdate(Consumer<GatewaySnapshot> listener) {
    listeners.add(listener);
  }
}
