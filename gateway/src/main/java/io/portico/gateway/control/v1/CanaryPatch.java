package io.portico.gateway.control.v1;

import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchEdits;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The canary of a stage: its settings, and its promotion by {@code copy}. */
final class CanaryPatch {
  private static final String MEMBER = "canarySettings";
  private static final String OVERRIDES = "stageVariableOverrides";
  private static final String FROM_DEPLOYMENT = "/canarySettings/deploymentId";
  private static final String FROM_OVERRIDES = "/canarySettings/stageVariableOverrides";

  private CanaryPatch() {}

  // AWS: removing all settings where there are none is no error; source: assumed.
  static void remove(PatchChange change) {
    change.record().remove(MEMBER);
  }

  static void deploymentId(PatchChange change) {
    canary(change).put("deploymentId", change.text());
  }

  static void percentTraffic(PatchChange change) {
    // AWS: the text is assumed.
    double percent = change.number("Canary percentTraffic must be between 0.0 and 100.0");
    canary(change).put("percentTraffic", percent);
  }

  static void useStageCache(PatchChange change) {
    canary(change).put("useStageCache", change.truth());
  }

  // AWS: source: CAN-05.
  static void override(PatchChange change) {
    if (change.removes()) {
      removeOverride(change);
    } else {
      PatchEdits.object(canary(change), OVERRIDES).put(change.name("key"), change.text());
    }
  }

  // What is taken away from a canary that is not there makes none.
  private static void removeOverride(PatchChange change) {
    if (change.record().get(MEMBER) instanceof ObjectNode canary
        && canary.get(OVERRIDES) instanceof ObjectNode overrides) {
      overrides.remove(change.name("key"));
      if (overrides.isEmpty()) {
        canary.remove(OVERRIDES);
      }
    }
  }

  static void overrides(PatchChange change) {
    PatchEdits.setTexts(canary(change), OVERRIDES, change);
  }

  // AWS: a stage without a canary gets one that points where the stage does; source: CAN-06.
  private static ObjectNode canary(PatchChange change) {
    if (change.record().get(MEMBER) instanceof ObjectNode present) {
      return present;
    }
    ObjectNode created = change.record().putObject(MEMBER);
    created.put("deploymentId", change.record().get("deploymentId").asString());
    NewStage.completeCanary(created);
    return created;
  }

  // AWS: source: CAN-07.
  static void promoteDeployment(PatchChange change) {
    ObjectNode canary = promoted(change, FROM_DEPLOYMENT);
    change.record().put("deploymentId", canary.get("deploymentId").asString());
  }

  // AWS: merges into the stage's variables, and the canary stays; source: CAN-07, CAN-09.
  static void promoteOverrides(PatchChange change) {
    ObjectNode canary = promoted(change, FROM_OVERRIDES);
    if (canary.get(OVERRIDES) instanceof ObjectNode overrides) {
      ObjectNode variables = PatchEdits.object(change.record(), "variables");
      for (Map.Entry<String, JsonNode> override : overrides.properties()) {
        variables.set(override.getKey(), override.getValue());
      }
    }
  }

  private static ObjectNode promoted(PatchChange change, String from) {
    if (!from.equals(change.operation().from())) {
      throw invalidCopy(change.operation());
    }
    if (!(change.record().get(MEMBER) instanceof ObjectNode canary)) {
      // AWS: source: CAN-08.
      throw ServiceException.badRequest("Promotion not available. Canary does not exist.");
    }
    return canary;
  }

  // AWS: source: CAN-07.
  static ServiceException invalidCopy(PatchOperation operation) {
    return ServiceException.badRequest(
        "Invalid copy operation with path: "
            + operation.path()
            + " and from "
            + operation.from()
            + ". Valid copy:path are [/deploymentId, /variables] and valid copy:from are ["
            + FROM_DEPLOYMENT
            + ", "
            + FROM_OVERRIDES
            + "]");
  }
}
