package io.portico.gateway.control.v1;

import io.portico.gateway.compile.StageVariables;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.CanarySettings;
import io.portico.gateway.store.RecordReader;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a VPC link is in use: by integrations that a stage serves, itself or to its canary.
 *
 * <p>AWS: its refusal names a stage with each of them; that an integration which no stage serves
 * keeps no link is inferred from this.
 */
final class VpcLinkUse {
  private final RecordReader records;
  private final String linkId;
  private final Set<String> uses = new LinkedHashSet<>();

  private VpcLinkUse(RecordReader records, String linkId) {
    this.records = records;
    this.linkId = linkId;
  }

  /** Each use as {@code api:method:resource:stage}. */
  static List<String> of(RecordReader records, String scope, String linkId) {
    VpcLinkUse use = new VpcLinkUse(records, linkId);
    for (RestApiRecord api : records.list(RecordTypes.REST_API, scope)) {
      for (StageRecord stage : records.list(RecordTypes.STAGE, api.id())) {
        use.collect(api.id(), stage);
      }
    }
    return List.copyOf(use.uses);
  }

  private void collect(String apiId, StageRecord stage) {
    collect(apiId, stage.stageName(), stage.deploymentId(), variables(stage.variables(), null));
    CanarySettings canary = stage.canarySettings();
    if (canary != null) {
      collect(
          apiId,
          stage.stageName(),
          canary.deploymentId(),
          variables(stage.variables(), canary.stageVariableOverrides()));
    }
  }

  private static StageVariables variables(
      @Nullable Map<String, String> own, @Nullable Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>();
    if (own != null) {
      all.putAll(own);
    }
    if (overrides != null) {
      all.putAll(overrides);
    }
    return new StageVariables(all);
  }

  private void collect(
      String apiId, String stageName, String deploymentId, StageVariables variables) {
    DeploymentRecord deployment =
        records.find(RecordTypes.DEPLOYMENT, apiId, deploymentId).orElse(null);
    if (deployment == null) {
      return;
    }
    for (ResourceRecord resource : deployment.frozen().resources()) {
      for (MethodRecord method : resource.methods().values()) {
        if (leadsToLink(method.methodIntegration(), variables)) {
          uses.add(String.join(":", apiId, method.httpMethod(), resource.id(), stageName));
        }
      }
    }
  }

  private boolean leadsToLink(@Nullable IntegrationRecord integration, StageVariables variables) {
    return integration != null
        && "VPC_LINK".equals(integration.connectionType())
        && integration.connectionId() != null
        && variables.resolve(integration.connectionId()).equals(linkId);
  }
}
