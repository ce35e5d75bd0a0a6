package io.portico.gateway.control.v2;

import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.store.RecordWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How deployments come to be: asked for, or by themselves where stages <b>deploy automatically</b>.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html">Stages
 *     for HTTP APIs</a>
 */
final class Deploying {
  private static final String DEPLOYED = "DEPLOYED";

  // AWS: source: documented, the examples of GetDeployment.
  private static final String AUTOMATIC =
      "Automatic deployment triggered by changes to the Api configuration";

  /**
   * AWS keeps automatic deployments that no stage points to any more. Each holds the whole API, so
   * that only the latest of them are kept here.
   */
  private static final int KEPT = 10;

  private Deploying() {}

  /** Why the API cannot be deployed, or null if it can be. */
  // AWS: the texts: reported by users of AWS's clients, for HTTP APIs
  // https://github.com/mach-composer/mach-composer-cli/issues/42, for WebSocket APIs
  // https://github.com/aws/serverless-application-model/issues/2512.
  static @Nullable String refusal(ApiDefinition definition) {
    if (!definition.routes().isEmpty()) {
      return null;
    }
    return definition.api().isHttp()
        ? "Unable to deploy API because no routes exist in this API"
        : "At least one route is required before deploying the Api.";
  }

  /** Freezes the API. */
  static DeploymentRecord freeze(
      V2Environment environment,
      RecordWriter records,
      ApiDefinition definition,
      @Nullable String description) {
    return put(environment, records, definition, description, false);
  }

  private static DeploymentRecord put(
      V2Environment environment,
      RecordWriter records,
      ApiDefinition definition,
      @Nullable String description,
      boolean automatic) {
    String apiId = definition.api().apiId();
    DeploymentRecord deployment =
        new DeploymentRecord(
            Ids.deployment(environment, records, definition.api()),
            description,
            automatic,
            DEPLOYED,
            null,
            environment.now(),
            definition);
    records.put(V2RecordTypes.DEPLOYMENT, apiId, deployment.deploymentId(), deployment);
    return deployment;
  }

  /** The API has changed: stages that deploy automatically do so. */
  // AWS: source: documented, CreateStage.autoDeploy. That one deployment serves all of them is
  // assumed, and that it is made before the change is answered is so here.
  static void changed(V2Environment environment, RecordWriter records, ApiRecord api) {
    List<StageRecord> stages =
        records.list(V2RecordTypes.STAGE, api.apiId()).stream()
            .filter(StageRecord::autoDeploy)
            .toList();
    if (stages.isEmpty()) {
      return;
    }
    Instant now = environment.now();
    ApiDefinition definition = ApiContents.read(records, api);
    String refusal = refusal(definition);
    if (refusal != null) {
      // AWS: source: reported by users of AWS's clients, who wait for it.
      String message = "Deployment attempt failed: " + refusal;
      stages.forEach(
          stage -> put(records, api, stage.withDeployment(stage.deploymentId(), message, now)));
      return;
    }
    String id = put(environment, records, definition, AUTOMATIC, true).deploymentId();
    for (StageRecord stage : stages) {
      put(records, api, stage.withDeployment(id, deployed(id), now));
      environment.publisher().stageChanged(records, api.apiId(), stage.stageName());
    }
    forget(records, api);
  }

  /** What a stage says of a deployment that it serves. */
  // AWS: source: documented, the examples of GetStages.
  static String deployed(String deploymentId) {
    return "Successfully deployed stage with deployment ID '" + deploymentId + "'";
  }

  private static void put(RecordWriter records, ApiRecord api, StageRecord stage) {
    records.put(V2RecordTypes.STAGE, api.apiId(), stage.stageName(), stage);
  }

  private static void forget(RecordWriter records, ApiRecord api) {
    if (records.count(V2RecordTypes.DEPLOYMENT, api.apiId()) <= KEPT) {
      return;
    }
    Set<String> served =
        records.list(V2RecordTypes.STAGE, api.apiId()).stream()
            .map(StageRecord::deploymentId)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    records.list(V2RecordTypes.DEPLOYMENT, api.apiId()).stream()
        .filter(DeploymentRecord::autoDeployed)
        .filter(deployment -> !served.contains(deployment.deploymentId()))
        .sorted(Comparator.comparing(DeploymentRecord::createdDate).reversed())
        .skip(KEPT)
        .forEach(
            deployment ->
                records.delete(V2RecordTypes.DEPLOYMENT, api.apiId(), deployment.deploymentId()));
  }
}
