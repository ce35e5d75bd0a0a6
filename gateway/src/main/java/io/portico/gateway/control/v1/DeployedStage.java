package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The stage that CreateDeployment creates, or points to the new deployment, or gives a canary.
 *
 * @param name the stage's name, or null where none was named
 * @param input the call's input
 */
record DeployedStage(@Nullable String name, Input input) {

  // AWS: source: CAN-04.
  static DeployedStage of(Input input) {
    String name = input.stringOrNull("stageName");
    boolean named = name != null && !name.isEmpty();
    if (!named && input.has("canarySettings")) {
      throw ServiceException.badRequest(
          "Invalid deployment content specified.Non null and non empty stageName must be provided"
              + " for canary deployment. Provided value is "
              + name);
    }
    if (name != null && named) {
      StageRules.checkName(name);
    }
    return new DeployedStage(named ? name : null, input);
  }

  /** Refuses what the stage does not take, as it is now. */
  void check(RecordReader records, String apiId) {
    if (name == null) {
      return;
    }
    StageRecord present = records.find(RecordTypes.STAGE, apiId, name).orElse(null);
    boolean canary = input.has("canarySettings");
    if (canary && present == null) {
      // AWS: source: CAN-04.
      throw ServiceException.badRequest(
          "Invalid deployment content specified.Stage "
              + name
              + " must already be created before making a canary release deployment");
    }
    if (!canary && present != null && present.canarySettings() != null) {
      // AWS: source: documented,
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/create-canary-deployment.html;
      // the text is reported by users, https://github.com/serverless/serverless/issues/11518.
      throw ServiceException.badRequest(
          "Invalid deployment content specified.Non canary deployment not supported on stage "
              + name
              + " because Canary is enabled. Provide CanarySettings in deploymentInput.");
    }
  }

  // AWS: an existing stage is pointed to the deployment, or only given a canary; source: DEP-02,
  // CAN-03.
  void point(
      RecordWriter records, String apiId, DeploymentRecord deployment, V1Environment environment) {
    if (name == null) {
      return;
    }
    Instant now = environment.now();
    StageRecord present =
        records
            .find(RecordTypes.STAGE, apiId, name)
            .orElseGet(() -> NewStage.bare(name, deployment.id(), now));
    ObjectNode tree = RecordCodec.tree(present);
    Input canary = input.structureOrNull("canarySettings");
    if (canary == null) {
      tree.put("deploymentId", deployment.id());
    } else {
      tree.set("canarySettings", NewStage.canary(canary, deployment.id()));
    }
    settle(tree);
    tree.put("lastUpdatedDate", now.toString());
    StageRecord stage = RecordCodec.record(tree, StageRecord.class);
    Stages.put(environment, records, apiId, stage);
  }

  /** What the call says of the stage itself. */
  // AWS: that given settings replace those of an existing stage is assumed.
  private void settle(ObjectNode tree) {
    String description = input.stringOrNull("stageDescription");
    if (description != null) {
      tree.put("description", description);
    }
    if (input.has("variables")) {
      InputMaps.set(tree, "variables", input.stringMapOrNull("variables"));
    }
    if (input.has("tracingEnabled")) {
      tree.put("tracingEnabled", input.bool("tracingEnabled"));
    }
    String size = input.stringOrNull("cacheClusterSize");
    if (size != null) {
      tree.put("cacheClusterSize", size);
    }
    if (input.has("cacheClusterEnabled")) {
      StagePatch.enableCache(tree, input.bool("cacheClusterEnabled"));
    }
  }
}
