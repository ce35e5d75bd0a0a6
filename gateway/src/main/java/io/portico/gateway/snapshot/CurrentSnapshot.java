package io.portico.gateway.snapshot;

import java.util.List;
import java.util.Map;
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

  /**
   * The same, of those in which stages have come, gone or changed: API keys change more often than
   * stages, of which there may be many.
   */
  public void onStages(Consumer<GatewaySnapshot> listener) {
    onUpdate(new StagesListener(listener, get().apis()));
  }

  private static final class StagesListener implements Consumer<GatewaySnapshot> {
    private final Consumer<GatewaySnapshot> listener;
    private volatile Map<String, GatewaySnapshot.ApiSnapshot> last;

    StagesListener(
        Consumer<GatewaySnapshot> listener, Map<String, GatewaySnapshot.ApiSnapshot> last) {
      this.listener = listener;
      this.last = last;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // A snapshot whose stages did not change shares the map
    public void accept(GatewaySnapshot snapshot) {
      if (snapshot.apis() != last) {
        last = snapshot.apis();
        listener.accept(snapshot);
      }
    }
  }
}
