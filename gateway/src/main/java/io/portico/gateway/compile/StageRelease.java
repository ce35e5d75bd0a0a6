package io.portico.gateway.compile;

import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.CanarySettings;
import io.portico.gateway.snapshot.Release;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes one release of a stage: in all else it is the stage.
 *
 * @param deploymentId null where a method is tested that none has
 * @param definition the API as it was deployed
 * @param variables the stage's, a canary's with its own
 * @param cached whether it uses the stage's cache, if there is one
 */
record StageRelease(
    Release kind,
    @Nullable String deploymentId,
    ApiDefinition definition,
    Map<String, String> variables,
    boolean cached) {

  /** The stage's own, beside a canary or not. */
  static StageRelease own(DeploymentRecord deployment, StageRecord stage) {
    return new StageRelease(
        stage.canarySettings() == null ? Release.SOLE : Release.PRODUCTION,
        deployment.id(),
        deployment.frozen(),
        orNone(stage.variables()),
        true);
  }

  /**
   * The canary's.
   *
   * <p>AWS: its variables replace those of the stage, or are added, and the others stay; source:
   * recorded, facts CAN-10.
   */
  static StageRelease canary(
      DeploymentRecord deployment, StageRecord stage, CanarySettings settings) {
    Map<String, String> variables = new HashMap<>(orNone(stage.variables()));
    variables.putAll(orNone(settings.stageVariableOverrides()));
    return new StageRelease(
        Release.CANARY, deployment.id(), deployment.frozen(), variables, settings.useStageCache());
  }

  /** What stands for a release where a method is tested. */
  static StageRelease tested(ApiDefinition definition, Map<String, String> variables) {
    return new StageRelease(Release.SOLE, null, definition, variables, false);
  }

  /** Whether it stands for a release where a method is tested. */
  boolean isTested() {
    return deploymentId == null;
  }

  /** Whether the same methods with the same variables are compiled for both. */
  boolean routesAs(StageRelease other) {
    return Objects.equals(deploymentId, other.deploymentId) && variables.equals(other.variables);
  }

  private static Map<String, String> orNone(@Nullable Map<String, String> given) {
    return given == null ? Map.of() : given;
  }
}
