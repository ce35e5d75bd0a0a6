package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Caller;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A stage that is changed while it is called: no call fails, and each is answered from one world.
 */
@Portico
final class StageChangesTest {
  private static final int CHANGES = 1_000;
  private static final int CLIENTS = 4;

  @Test
  void aStageIsChangedAThousandTimesUnderLoad(Endpoint endpoint) throws Exception {
    try (JavaSdk sdk = JavaSdk.of(endpoint);
        Backend backend = Backend.answering(request -> Answer.ok(request.uri().getPath()));
        ExecutorService clients = Executors.newFixedThreadPool(2 * CLIENTS)) {
      World world = World.of(sdk, backend);
      String first = world.deploy("one");
      world.createStage(first);
      String second = world.deploy("two");
      world.change(first, "one");
      AtomicBoolean over = new AtomicBoolean();

      List<Future<Map<String, Integer>>> callers = new ArrayList<>();
      for (String path : List.of("/", "/proxied")) {
        URI url = endpoint.pathForm(world.api().id(), STAGE, path);
        IntStream.range(0, CLIENTS)
            .forEach(each -> callers.add(clients.submit(() -> answers(url, over))));
      }
      try {
        for (int i = 0; i < CHANGES / 2; i++) {
          world.change(second, "two");
          world.change(first, "one");
        }
      } finally {
        over.set(true);
      }
      Map<String, Integer> answers = new TreeMap<>();
      for (Future<Map<String, Integer>> caller : callers) {
        caller.get().forEach((answer, count) -> answers.merge(answer, count, Integer::sum));
      }

      assertThat(answers.keySet())
          .isEqualTo(
              Set.of(
                  "200 one one " + first,
                  "200 two two " + second,
                  "200 /one/one/" + first,
                  "200 /two/two/" + second));
    }
  }

  @EveryClient
  void aStageGoesBackToAnEarlierDeployment(AwsClient client, Endpoint endpoint) {
    try (Backend backend = Backend.answering(request -> Answer.ok(request.uri().getPath()))) {
      World world = World.of(client, backend);
      URI url = endpoint.pathForm(world.api().id(), STAGE, "/");
      String first = world.deploy("one");
      world.createStage(first);
      String second = world.deploy("two");

      String before = Caller.get(url).body();
      world.change(second, "new");
      String after = Caller.get(url).body();
      world.change(first, "old");
      String back = Caller.get(url).body();

      assertThat(List.of(before, after, back))
          .containsExactly("one  " + first, "two new " + second, "one old " + first);
    }
  }

  private static Map<String, Integer> answers(URI url, AtomicBoolean over) {
    Map<String, Integer> counts = new TreeMap<>();
    while (!over.get()) {
      HttpResponse<String> answer = Caller.get(url);
      counts.merge(answer.statusCode() + " " + answer.body(), 1, Integer::sum);
    }
    return counts;
  }

  /**
   * An API whose answers name the deployment twice, by what was deployed and by its id, and the
   * stage's variable: made here, and by a backend whose URI has them.
   */
  private record World(SmallApi api, String proxied, String backend) {

    static World of(AwsClient client, Backend backend) {
      SmallApi api = SmallApi.build(client, backend.address());
      api.mock(
          api.root(),
          "GET",
          Map.of("application/json", "{\"statusCode\": 200}"),
          Map.of("application/json", "undeployed"));
      World world = new World(api, api.resource(api.root(), "proxied"), backend.address());
      api.putMethod(world.proxied, "GET", Map.of());
      return world;
    }

    /** Deploys both methods, and no stage. */
    String deploy(String version) {
      api.patch(
          "UpdateIntegrationResponse",
          Map.of("resourceId", api.root(), "httpMethod", "GET", "statusCode", "200"),
          List.of(
              SmallApi.replace(
                  "/responseTemplates/application~1json",
                  version + " $stageVariables.world $context.deploymentId")));
      api.call(
          "PutIntegration",
          Map.of(
              "resourceId",
              proxied,
              "httpMethod",
              "GET",
              "type",
              "HTTP_PROXY",
              "integrationHttpMethod",
              "GET",
              "uri",
              "http://" + backend + "/" + version + "/${stageVariables.world}/{deployment}",
              "requestParameters",
              Map.of("integration.request.path.deployment", "context.deploymentId")));
      return api.call("CreateDeployment", Map.of()).get("id").asString();
    }

    void createStage(String deployment) {
      api.call("CreateStage", Map.of("stageName", STAGE, "deploymentId", deployment));
    }

    void change(String deployment, String variable) {
      api.patch(
          "UpdateStage",
          Map.of("stageName", STAGE),
          List.of(
              SmallApi.replace("/deploymentId", deployment),
              SmallApi.replace("/variables/world", variable)));
    }
  }
}
