package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Meters of a registry that go together. */
final class OwnMeters {
  private final MeterRegistry registry;
  private final Set<Meter> made = ConcurrentHashMap.newKeySet();

  OwnMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  MeterRegistry registry() {
    return registry;
  }

  /** A meter of the registry goes with these. */
  <M extends Meter> M add(M meter) {
    made.add(meter);
    return meter;
  }

  void remove() {
    made.forEach(registry::remove);
  }
}
