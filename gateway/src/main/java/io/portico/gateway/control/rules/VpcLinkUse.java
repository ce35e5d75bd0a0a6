package io.portico.gateway.control.rules;

import io.portico.gateway.compile.StageVariables;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.CanarySettings;
import io.portico.gateway.store.RecordReader;
import java.util.ArrayList;
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
 *
 * <p>What a stage was found to use is known from then on: to look again, as within the transaction
 * that deletes the link, takes only the stages that have changed since.
 */
public final class VpcLinkUse {
  private final String linkId;
  private final Map<Served, Set<String>> known = new HashMap<>();

  /** A stage as it was looked at; what it serves does not change while it stays as it is. */
  private record Served(String apiId, StageRecord stage) {}

  public VpcLinkUse(String linkId) {
    this.linkId = linkId;
  }

  /**
   * Refuses where there is a use.
   *
   * @throws ServiceException in AWS's words
   */
  // AWS: source: reported by users of AWS's clients,
  // https://github.com/klothoplatform/klotho/issues/202.
  public void check(RecordReader records, String scope) {
    List<String> uses = in(records, scope);
    if (!uses.isEmpty()) {
      throw ServiceException.badRequest(
          "Cannot delete vpc link. Vpc link '%s', is referenced in %s in format of"
                  .formatted(linkId, uses)
              + " [RESTApiId:Method:Resource:Stage].");
    }
  }

  /** Each use as {@code api:method:resource:stage}. */
  public List<String> in(RecordReader records, String scope) {
    List<String> uses = new ArrayList<>();
    for (RestApiRecord api : records.list(RecordTypes.REST_API, scope)) {
      for (StageRecord stage : records.list(RecordTypes.STAGE, api.id())) {
        uses.addAll(
            known.computeIfAbsent(new Served(api.id(), stage), served -> uses(records, served)));
      }
    }
    return uses;
  }

  private Set<String> uses(RecordReader records, Served served) {
    Set<String> uses = new LinkedHashSet<>();
    StageRecord stage = served.stage();
    collect(records, served, stage.deploymentId(), variables(stage.variables(), null), uses);
    CanarySettings canary = stage.canarySettings();
    if (canary != null) {
      collect(
          records,
          served,
          canary.deploymentId(),
          variables(stage.variables(), canary.stageVariableOverrides()),
          uses);
    }
    return uses;
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
      RecordReader records,
      Served served,
      String deploymentId,
      StageVariables variables,
      Set<String> uses) {
    DeploymentRecord deployment =
        records.find(RecordTypes.DEPLOYMENT, served.apiId(), deploymentId).orElse(null);
    if (deployment == null) {
      return;
    }
    for (ResourceRecord resource : deployment.frozen().resources()) {
      for (MethodRecord method : resource.methods().values()) {
        if (leadsToLink(method.methodIntegration(), variables)) {
          uses.add(
              String.join(
                  ":",
                  served.apiId(),
                  method.httpMethod(),
                  resource.id(),
                  served.stage().stageName()));
        }
      }
    }
  }

  private boolean leadsToLink(@Nullable IntegrationRecord integration, StageVariables variables) {
    return integration != null
        && integration.isPrivate()
        && integration.connectionId() != null
        && variables.resolve(integration.connectionId()).equals(linkId);
  }
}
