package io.portico.gateway.control.v1;

import io.portico.gateway.model.StageRecord;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What a new stage starts with. */
final class NewStage {
  private NewStage() {}

  // AWS: source: STG-01.
  static StageRecord bare(String name, String deploymentId, Instant now) {
    return new StageRecord(
        name,
        deploymentId,
        null,
        null,
        false,
        null,
        StageRules.cacheStatus(false),
        Map.of(),
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        now,
        now);
  }

  /** Gives a canary's tree what every canary has. */
  // AWS: source: CAN-01.
  static void completeCanary(ObjectNode canary) {
    if (!canary.hasNonNull("percentTraffic")) {
      canary.put("percentTraffic", 0.0);
    }
    if (!canary.hasNonNull("useStageCache")) {
      canary.put("useStageCache", false);
    }
  }
}
