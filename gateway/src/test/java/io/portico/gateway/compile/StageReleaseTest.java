package io.portico.gateway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a stage's releases share, and what each has for itself. */
final class StageReleaseTest {
  private static final String KEY = CaseApi.ID + "/" + CaseApi.STAGE;
  private static final String CACHED = "{cacheClusterEnabled: true, cacheClusterSize: '0.5'}";

  @Test
  void theSameDeploymentWithTheSameVariablesIsCompiledOnce() {
    CaseApi api = new CaseApi();
    api.stage("{variables: {host: old}}");
    api.canary("{percentTraffic: 50, stageVariableOverrides: {host: old}}");
    StageSnapshot stage = api.compile();

    assertThat(canary(stage).routes()).isSameAs(stage.routes());
  }

  @Test
  void otherVariablesAreOtherRoutes() {
    CaseApi api = new CaseApi();
    api.canary("{percentTraffic: 50, stageVariableOverrides: {host: new}}");
    StageSnapshot stage = api.compile();

    assertThat(canary(stage).routes()).isNotSameAs(stage.routes());
  }

  @Test
  void whatIsKeptForTheStageIsKeptForBoth() {
    StageSnapshot stage = withCanary("useStageCache: true");

    assertThat(stage.key()).isEqualTo(KEY);
    assertThat(canary(stage).key()).isEqualTo(KEY);
  }

  @Test
  void aCanaryThatDoesNotUseTheStagesCacheHasNoPlaceThere() {
    StageSnapshot stage = withCanary("useStageCache: false");

    assertThat(stage.cacheCluster()).isNotNull();
    assertThat(canary(stage).cacheCluster()).isNull();
  }

  @Test
  void anotherDeploymentIsCachedForItself() {
    StageSnapshot stage = withCanary("useStageCache: true");

    assertThat(canary(stage).cacheCluster()).isNotNull().isNotEqualTo(stage.cacheCluster());
  }

  @Test
  void theSameDeploymentIsCachedForBothWhateverItsVariables() {
    CaseApi api = new CaseApi();
    api.stage(CACHED);
    api.canary("{percentTraffic: 50, useStageCache: true, stageVariableOverrides: {host: new}}");
    StageSnapshot stage = api.compile();

    assertThat(canary(stage).cacheCluster()).isNotNull().isEqualTo(stage.cacheCluster());
  }

  private static StageSnapshot withCanary(String members) {
    CaseApi api = new CaseApi();
    api.stage(CACHED);
    api.canary("{percentTraffic: 50, %s}".formatted(members));
    api.method("GET", "/cats", "{}");
    return api.compile();
  }

  private static StageSnapshot canary(StageSnapshot stage) {
    return Objects.requireNonNull(stage.canary()).stage();
  }
}
