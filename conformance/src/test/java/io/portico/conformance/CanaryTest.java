package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Canary releases of a stage: whom they answer, with what, until they are promoted or removed. */
@Portico
final class CanaryTest {
  private static final String PRODUCTION = "false base old dogs []";
  private static final String CANARY = "true next new dogs [x]";

  @EveryClient
  void aCanaryIsTriedThenPromotedThenRemoved(AwsClient client, Endpoint endpoint) {
    SmallApi api = withCanary(client, "100.0");
    URI url = endpoint.pathForm(api.id(), STAGE, "/");

    String tried = Caller.get(url).body();
    stage(api, List.of(SmallApi.replace("/canarySettings/percentTraffic", "0.0")));
    String stopped = Caller.get(url).body();
    stage(
        api,
        List.of(
            copy("/canarySettings/deploymentId", "/deploymentId"),
            copy("/canarySettings/stageVariableOverrides", "/variables")));
    String promoted = Caller.get(url).body();
    stage(api, List.of(Map.of("op", "remove", "path", "/canarySettings")));
    String removed = Caller.get(url).body();

    assertThat(List.of(tried, stopped, promoted, removed))
        .containsExactly(CANARY, PRODUCTION, "false next new dogs [x]", " next new dogs [x]");
  }

  @EveryClient
  void aCanaryIsGivenUp(AwsClient client, Endpoint endpoint) {
    SmallApi api = withCanary(client, "100.0");
    URI url = endpoint.pathForm(api.id(), STAGE, "/");

    String tried = Caller.get(url).body();
    stage(api, List.of(Map.of("op", "remove", "path", "/canarySettings")));

    assertThat(tried).isEqualTo(CANARY);
    assertThat(Caller.get(url).body()).isEqualTo(" base old dogs []");
  }

  /** Ten standard deviations: chance leaves these bounds once in more than 10^22 runs. */
  @Test
  void aShareOfTenThousandCallsIsTheCanarys(Endpoint endpoint)
      throws ExecutionException, InterruptedException {
    try (JavaSdk sdk = JavaSdk.of(endpoint);
        ExecutorService clients = Executors.newFixedThreadPool(4)) {
      SmallApi api = withCanary(sdk, "10.0");
      URI url = endpoint.pathForm(api.id(), STAGE, "/");

      List<Future<Map<String, Integer>>> answers =
          IntStream.range(0, 4)
              .mapToObj(each -> clients.submit(() -> answers(url, 2_500)))
              .toList();
      Map<String, Integer> counts = new TreeMap<>();
      for (Future<Map<String, Integer>> some : answers) {
        some.get().forEach((body, count) -> counts.merge(body, count, Integer::sum));
      }

      assertThat(counts).containsOnlyKeys(PRODUCTION, CANARY);
      assertThat(counts.get(CANARY)).isBetween(700, 1_300);
      assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(10_000);
    }
  }

  @Test
  void aCanaryHasMetricsOfItsOwn(Endpoint endpoint) {
    try (JavaSdk sdk = JavaSdk.of(endpoint)) {
      SmallApi api = withCanary(sdk, "100.0");
      Caller.get(endpoint.pathForm(api.id(), STAGE, "/"));

      HttpResponse<String> metrics =
          Caller.getUntil(
              endpoint.uri().resolve("/_portico/metrics"),
              body -> stages(body, api.id()).size() >= 2);

      assertThat(stages(metrics.body(), api.id())).containsExactly("prod", "prod/Canary");
    }
  }

  /** The stages of an API that calls were counted of. */
  private static SortedSet<String> stages(String metrics, String api) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("aws_apigateway_Count") && line.contains(api))
        .map(line -> line.replaceAll(".*[{,]Stage=\"([^\"]*)\".*", "$1"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Integer> answers(URI url, int calls) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int call = 0; call < calls; call++) {
      counts.merge(Caller.get(url).body(), 1, Integer::sum);
    }
    return counts;
  }

  /** An API that is deployed as {@code base}, and to the stage's canary as {@code next}. */
  private static SmallApi withCanary(AwsClient client, String percent) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    api.mock(
        api.root(),
        "GET",
        Map.of("application/json", "{\"statusCode\": 200}"),
        Map.of("application/json", template("base")));
    api.deploy();
    stage(
        api,
        List.of(
            SmallApi.replace("/variables/host", "old"),
            SmallApi.replace("/variables/kind", "dogs")));
    api.patch(
        "UpdateIntegrationResponse",
        Map.of("resourceId", api.root(), "httpMethod", "GET", "statusCode", "200"),
        List.of(SmallApi.replace("/responseTemplates/application~1json", template("next"))));
    api.call(
        "CreateDeployment",
        Map.of(
            "stageName",
            STAGE,
            "canarySettings",
            Map.of(
                "percentTraffic",
                Double.valueOf(percent),
                "stageVariableOverrides",
                Map.of("host", "new", "extra", "x"))));
    return api;
  }

  private static String template(String version) {
    return "$context.isCanaryRequest "
        + version
        + " $stageVariables.host $stageVariables.kind [$stageVariables.extra]";
  }

  private static void stage(SmallApi api, List<Map<String, String>> operations) {
    api.patch("UpdateStage", Map.of("stageName", STAGE), operations);
  }

  private static Map<String, String> copy(String from, String path) {
    return Map.of("op", "copy", "from", from, "path", path);
  }
}
