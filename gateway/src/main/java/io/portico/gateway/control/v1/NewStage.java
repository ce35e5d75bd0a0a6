package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.json.Json;
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

  /**
   * The tree of the canary that a call asks for.
   *
   * @param sent the call's {@code canarySettings}
   */
  static ObjectNode canary(Input sent, String deploymentId) {
    ObjectNode canary = Json.object();
    canary.put("deploymentId", deploymentId);
    if (sent.has("percentTraffic")) {
      canary.set("percentTraffic", sent.json().get("percentTraffic"));
    }
    canary.put("useStageCache", sent.bool("useStageCache"));
    InputMaps.set(canary, "stageVariableOverrides", sent.stringMapOrNull("stageVariableOverrides"));
    completeCanary(canary);
    return canary;
  }
}
