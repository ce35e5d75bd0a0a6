package io.portico.gateway.execute.explain;

import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.ServedStage;
import org.jspecify.annotations.Nullable;

/**
 * What is known at the time of asking.
 *
 * @param snapshot what is served now
 * @param control what the control plane knows
 */
record Asked(GatewaySnapshot snapshot, ControlFacts control) {

  /** The stage that a request ran on, or what it has become since; null where that is gone. */
  @Nullable ServedStage stage(ExplainEntry entry) {
    ServedStage own = entry.stage() == null ? null : entry.stage().get();
    return own == null ? snapshot.served(entry.place().apiId(), entry.place().stageName()) : own;
  }
}
