package io.portico.gateway.control;

import io.portico.gateway.compile.StageVariables;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.Objects;

/**
 * The stages of HTTP and WebSocket APIs that a VPC link's end closes: those whose deployments still
 * have integrations with it, though no route leads to it any more.
 */
public final class LinkedStages {
  private LinkedStages() {}

  /**
   * A link is gone.
   *
   * @param scope {@code account/region}
   */
  public static void linkDeleted(
      RecordWriter records, Publisher publisher, String scope, String linkId) {
    for (ApiRecord api : records.list(V2RecordTypes.API, scope)) {
      for (StageRecord stage : records.list(V2RecordTypes.STAGE, api.apiId())) {
        if (leadsTo(records, api.apiId(), stage, linkId)) {
          publisher.stageChanged(records, api.apiId(), stage.stageName());
        }
      }
    }
  }

  private static boolean leadsTo(
      RecordReader records, String apiId, StageRecord stage, String linkId) {
    String id = stage.deploymentId();
    StageVariables variables = new StageVariables(stage.stageVariables());
    return id != null
        && records
            .find(V2RecordTypes.DEPLOYMENT, apiId, id)
            .map(DeploymentRecord::frozen)
            .filter(
                frozen ->
                    frozen.integrations().stream()
                        .map(IntegrationRecord::connectionId)
                        .filter(Objects::nonNull)
                        .map(variables::resolve)
                        .anyMatch(linkId::equals))
            .isPresent();
  }
}
