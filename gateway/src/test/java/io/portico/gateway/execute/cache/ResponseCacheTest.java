package io.portico.gateway.execute.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.EndpointReply;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.CacheCluster;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.ResponseCaching;
import io.portico.gateway.snapshot.ResponseCaching.Unauthorized;
import io.portico.gateway.snapshot.StageSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a node keeps of its stages, and what ends it. */
final class ResponseCacheTest {
  private static final long MOST = 1_000_000;

  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final ResponseCache cache = new ResponseCache(MOST, snapshot);

  @Test
  void aStageGetsNoAnswerOfAnotherOne() {
    StageSnapshot one = served("{cacheClusterEnabled: true, cacheClusterSize: '0.5'}");
    StageSnapshot other = named(one, "api2/prod", "api2", "prod");

    assertThat(answer(one, "key", "of one")).isEqualTo("of one");
    assertThat(answer(other, "key", "of the other")).isEqualTo("of the other");
    assertThat(answer(one, "key", "never")).isEqualTo("of one");
  }

  @Test
  void aFlushGivesUpOneStage() {
    StageSnapshot one = served("{cacheClusterEnabled: true, cacheClusterSize: '0.5'}");
    StageSnapshot other = named(one, "api2/prod", "api2", "prod");
    answer(one, "key", "old");
    answer(other, "key", "old");

    cache.flush(one.apiId(), one.stageName());

    assertThat(answer(one, "key", "new")).isEqualTo("new");
    assertThat(answer(other, "key", "new")).isEqualTo("old");
  }

  @Test
  void whatIsServedMayChangeAndTheAnswersStay() {
    answer(served("{cacheClusterEnabled: true, cacheClusterSize: '0.5'}"), "key", "old");

    StageSnapshot changed =
        served("{cacheClusterEnabled: true, cacheClusterSize: '0.5', variables: {a: b}}");

    assertThat(answer(changed, "key", "new")).isEqualTo("old");
  }

  @Test
  void aClusterOfAnotherSizeIsEmpty() {
    answer(served("{cacheClusterEnabled: true, cacheClusterSize: '0.5'}"), "key", "old");

    StageSnapshot resized = served("{cacheClusterEnabled: true, cacheClusterSize: '1.6'}");

    assertThat(cache.bytes()).isZero();
    assertThat(answer(resized, "key", "new")).isEqualTo("new");
  }

  @Test
  void aClusterThatIsSwitchedOffAndOnIsEmpty() {
    answer(served("{cacheClusterEnabled: true, cacheClusterSize: '0.5'}"), "key", "old");

    served("{cacheClusterEnabled: false, cacheClusterSize: '0.5'}");
    StageSnapshot on = served("{cacheClusterEnabled: true, cacheClusterSize: '0.5'}");

    assertThat(answer(on, "key", "new")).isEqualTo("new");
  }

  @Test
  void aStageThatIsGoneKeepsNothing() {
    StageSnapshot stage = served("{cacheClusterEnabled: true, cacheClusterSize: '0.5'}");
    answer(stage, "key", "old");

    snapshot.update(current -> GatewaySnapshot.EMPTY);
    String afterwards = answer(stage, "key", "of a call that began before");

    assertThat(afterwards).isEqualTo("of a call that began before");
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void theNodesBoundHoldsOverAllStages() {
    StageSnapshot first = served("{cacheClusterEnabled: true, cacheClusterSize: '0.5'}");
    List<StageSnapshot> stages = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      stages.add(named(first, "api" + i + "/prod", "api" + i, "prod"));
    }
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      answer(
          stages.get(random.nextInt(stages.size())), "key" + i, "x".repeat(random.nextInt(5_000)));

      assertThat(cache.bytes()).isLessThanOrEqualTo(MOST);
    }

    assertThat(cache.bytes()).isGreaterThan(MOST / 2);
  }

  @Test
  void aStageThatIsFloodedTakesNothingFromOneThatKeepsLittle() {
    StageSnapshot flooded = served("{cacheClusterEnabled: true, cacheClusterSize: '0.5'}");
    StageSnapshot small = named(flooded, "small/prod", "small", "prod");
    answer(small, "key", "small");

    for (int i = 0; i < 10_000; i++) {
      answer(flooded, "key" + i, "x".repeat(1_000));
    }

    assertThat(answer(small, "key", "never")).isEqualTo("small");
  }

  private StageSnapshot served(String settings) {
    CaseApi api = new CaseApi();
    api.stage(settings);
    StageSnapshot stage = api.compile();
    snapshot.update(current -> withCopies(stage));
    return stage;
  }

  /** The stage, and others like it for the tests that ask for them. */
  private static GatewaySnapshot withCopies(StageSnapshot stage) {
    List<StageSnapshot> stages = new ArrayList<>();
    stages.add(stage);
    stages.add(named(stage, "small/prod", "small", "prod"));
    for (int i = 0; i < 5; i++) {
      stages.add(named(stage, "api" + i + "/prod", "api" + i, "prod"));
    }
    return GatewaySnapshot.of(stages, Map.of());
  }

  private String answer(StageSnapshot stage, String key, String otherwise) {
    CacheCluster cluster = Objects.requireNonNull(stage.cacheCluster());
    return cache.through(
        stage,
        cluster,
        new ResponseCaching(
            300_000_000_000L,
            "HTTP_PROXY",
            "resource",
            List.of("name"),
            List.of(),
            false,
            false,
            Unauthorized.FAIL_WITH_403,
            1_000_000_000),
        new CacheKey(
            cluster.partition(),
            "HTTP_PROXY",
            "resource",
            "GET",
            List.of("name"),
            List.of(List.of(key))),
        false,
        new CachedCall<>() {
          @Override
          public Fetched fetch() {
            return new Fetched(
                new EndpointReply.OfFunction(
                    200, Headers.empty(), otherwise.getBytes(StandardCharsets.UTF_8), false),
                true);
          }

          @Override
          public String answer(EndpointReply reply) {
            return new String(((EndpointReply.OfFunction) reply).body(), StandardCharsets.UTF_8);
          }
        });
  }

  private static StageSnapshot named(
      StageSnapshot stage, String key, String apiId, String stageName) {
    return new StageSnapshot(
        key,
        stage.scope(),
        apiId,
        stage.apiName(),
        stage.accountId(),
        stage.region(),
        stageName,
        stage.deploymentId(),
        stage.defaultEndpointDisabled(),
        stage.refusal(),
        stage.policy(),
        stage.variables(),
        stage.routes(),
        stage.gatewayResponses(),
        stage.binaryMediaTypes(),
        stage.minimumCompressionSize(),
        stage.limits(),
        stage.cacheCluster(),
        stage.cloudFront(),
        stage.traced(),
        stage.accessLog(),
        stage.logsExecutions(),
        stage.release(),
        stage.targetGroups(),
        stage.canary());
  }
}
