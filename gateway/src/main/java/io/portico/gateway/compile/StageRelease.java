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
 * @param cacheKey names what the stage's cache keeps for it; null where it does not use the cache
 */
record StageRelease(
    Release kind,
    @Nullable String deploymentId,
    ApiDefinition definition,
    Map<String, String> variables,
    @Nullable String cacheKey) {

  /** The stage's own, beside a canary or not. */
  static StageRelease own(String apiId, DeploymentRecord deployment, StageRecord stage) {
    return new StageRelease(
        stage.canarySettings() == null ? Release.SOLE : Release.PRODUCTION,
        deployment.id(),
        deployment.frozen(),
        orNone(stage.variables()),
        StageKey.of(apiId, stage.stageName()));
  }

  /**
   * The canary's.
   *
   * <p>AWS: its variables replace those of the stage, or are added, and the others stay; source:
   * recorded, facts CAN-10. It has entries of its own in the stage's cache, but where it is the
   * same deployment, whatever its variables; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html.
   */
  static StageRelease canary(
      String apiId,
      DeploymentRecord ofStage,
      DeploymentRecord deployment,
      StageRecord stage,
      CanarySettings settings) {
    Map<String, String> variables = new HashMap<>(orNone(stage.variables()));
    variables.putAll(orNone(settings.stageVariableOverrides()));
    String stageKey = StageKey.of(apiId, stage.stageName());
    String own = deployment.id().equals(ofStage.id()) ? stageKey : stageKey + "/canary";
    return new StageRelease(
        Release.CANARY,
        deployment.id(),
        deployment.frozen(),
        variables,
        settings.useStageCache() ? own : null);
  }

  /** What stands for a release where a method is tested. */
  static StageRelease tested(ApiDefinition definition, Map<String, String> variables) {
    return new StageRelease(Release.SOLE, null, definition, variables, null);
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
