package io.portico.gateway.execute.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.CanarySplit;
import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.NoHttpApis;
import io.portico.gateway.execute.NoWebSocketApis;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.authorizer.UserPoolAuthorizers;
import io.portico.gateway.execute.cache.ResponseCache;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.CurrentSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** The cache over changes of what is served, its bounds, and whom an answer is for. */
final class CachingTest {
  private static final String SETTING =
      "cachingEnabled: true, throttlingBurstLimit: -1, throttlingRateLimit: -1,"
          + " unauthorizedCacheControlHeaderStrategy: SUCCEED_WITH_RESPONSE_HEADER";
  private static final String CLUSTER = "cacheClusterEnabled: true, cacheClusterSize: '0.5'";
  private static final int MOST_BYTES = 1_048_576;
  private static final int REQUESTS = 50_000;

  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final AtomicLong now = new AtomicLong();
  private final ResponseCache cache = new ResponseCache(64 * MOST_BYTES, snapshot, now::get);
  private double chance;
  private int calls;
  private String says = "";

  @Test
  void anAnswerIsKeptWhenWhatIsServedIsReplaced() {
    DataPlane gateway = gateway();
    serve(300);
    String first = call(gateway, "/pets");

    serve(300);

    assertThat(call(gateway, "/pets")).isEqualTo(first);
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void aChangedTimeIsInForceWithTheNextCall() {
    DataPlane gateway = gateway();
    serve(300);
    call(gateway, "/pets");
    now.addAndGet(Duration.ofSeconds(10).toNanos());

    serve(11);
    call(gateway, "/pets");
    int withEleven = calls;
    serve(10);
    call(gateway, "/pets");

    assertThat(withEleven).isEqualTo(1);
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void anotherDeploymentHasAnswersOfItsOwn() {
    DataPlane gateway = gateway();
    serve(300);
    String old = call(gateway, "/pets");

    serve(300, "deploymentId: other");
    String ofTheOther = call(gateway, "/pets");
    serve(300);

    assertThat(ofTheOther).isNotEqualTo(old);
    assertThat(call(gateway, "/pets")).isEqualTo(old);
  }

  @Test
  void aCanaryWithAnotherDeploymentHasAnswersOfItsOwn() {
    DataPlane gateway = gateway();
    CaseApi api = new CaseApi();
    api.stage(
        "{%s, methodSettings: {'*/*': {cacheTtlInSeconds: 300, %s}}}".formatted(CLUSTER, SETTING));
    api.method("GET", "/pets", "{}");
    api.canary("{percentTraffic: 50, useStageCache: true}");
    api.method("GET", "/pets", "{}");
    snapshot.update(current -> api.served());

    chance = 0.9;
    String ofTheStage = call(gateway, "/pets");
    chance = 0.1;
    String ofTheCanary = call(gateway, "/pets");

    assertThat(ofTheCanary).isNotEqualTo(ofTheStage);
    assertThat(call(gateway, "/pets")).isEqualTo(ofTheCanary);
    chance = 0.9;
    assertThat(call(gateway, "/pets")).isEqualTo(ofTheStage);
  }

  @Test
  void anAnswerOfTheMostBytesIsKeptAndALongerOneIsNot() {
    DataPlane gateway = gateway();
    serve(300);

    says = "x".repeat(MOST_BYTES);
    int longest = call(gateway, "/pets").length();
    call(gateway, "/pets");
    int afterTheLongest = calls;
    cache.flush(CaseApi.ID, CaseApi.STAGE);
    says = "x".repeat(MOST_BYTES + 1);
    int longer = call(gateway, "/pets").length();
    call(gateway, "/pets");

    assertThat(longest).isEqualTo(MOST_BYTES);
    assertThat(afterTheLongest).isEqualTo(1);
    assertThat(longer).isEqualTo(MOST_BYTES + 1);
    assertThat(calls).isEqualTo(3);
  }

  @Test
  void theBodyOfAHitIsNotCopied() {
    DataPlane gateway = gateway();
    serve(300);
    says = "pets";

    Body first = gateway.handle(Requests.get("/pets")).body();

    assertThat(gateway.handle(Requests.get("/pets")).body()).isSameAs(first);
  }

  @Test
  void eachHitHasARequestIdOfItsOwn() {
    DataPlane gateway = gateway();
    serve(300);

    HttpResponse first = gateway.handle(Requests.get("/pets"));
    HttpResponse hit = gateway.handle(Requests.get("/pets"));

    assertThat(hit.headers().all("x-amzn-RequestId"))
        .hasSize(1)
        .isNotEqualTo(first.headers().all("x-amzn-RequestId"));
  }

  /** The backend answers with what it was asked; so whose an answer is can be seen. */
  @Test
  void nobodyGetsTheAnswerToAnotherKey() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    DataPlane gateway = echoing();
    serveThreeMethods();
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < REQUESTS; i++) {
      Asked asked = Asked.of(random);

      String answer = text(gateway.handle(asked.request()));

      String before = seen.putIfAbsent(asked.identity(), answer);
      assertThat(answer).as("seed %d, %s", seed, asked.identity()).startsWith(asked.echo());
      if (before != null) {
        assertThat(answer).as("seed %d, %s", seed, asked.identity()).isEqualTo(before);
      }
    }
    assertThat(calls).as("seed %d", seed).isEqualTo(seen.size());
  }

  /**
   * A request.
   *
   * @param a values of the query parameter of the key
   * @param tags values of the header of the key
   * @param unkeyed of neither
   */
  private record Asked(
      String path, String variable, List<String> a, List<String> tags, String unkeyed) {
    private static final List<String> PATHS = List.of("/pets/", "/cats/", "/dogs/");

    /** What might be taken for something else where keys are put together as text. */
    private static final List<String> PARTS =
        List.of("a", "b", ",", "%00", "%1F", "=", "%26", "%7C", "1", "0", "%5B", "%22", ":");

    private static final List<String> OF_PATHS = List.of("a", "b", ",", "=", "1", "0", ":");

    static Asked of(Random random) {
      return new Asked(
          PATHS.get(random.nextInt(PATHS.size())),
          "v" + text(random, OF_PATHS),
          texts(random),
          texts(random),
          text(random, PARTS));
    }

    private static List<String> texts(Random random) {
      return random.ints(random.nextInt(3), 0, 1).mapToObj(ignored -> text(random, PARTS)).toList();
    }

    private static String text(Random random, List<String> parts) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(3); i > 0; i--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      return text.toString();
    }

    HttpRequest request() {
      StringBuilder query = new StringBuilder("?u=" + unkeyed);
      a.forEach(value -> query.append("&a=").append(value));
      Headers.Builder headers = Headers.builder().add("Authorization", "of " + unkeyed);
      for (int i = 0; i < tags.size(); i++) {
        headers.add(i % 2 == 0 ? "X-Tag" : "x-tAG", tags.get(i));
      }
      return Requests.request("GET", path + variable + query, headers.build(), Body.EMPTY);
    }

    /** What the key is made of. */
    String identity() {
      return path + variable + " " + a.size() + a + " " + tags.size() + tags.toString();
    }

    /** What the backend says of it. */
    String echo() {
      return path + variable + "|" + a + "|" + tags + "|";
    }
  }

  private DataPlane echoing() {
    return gateway(
        request -> {
          String target = request.target();
          int question = target.indexOf('?');
          List<String> a =
              List.of(target.substring(question + 1).split("&", -1)).stream()
                  .filter(part -> part.startsWith("a="))
                  .map(part -> part.substring(2))
                  .toList();
          return target.substring(0, question)
              + "|"
              + a
              + "|"
              + request.headers().all("X-Tag")
              + "|"
              + calls;
        });
  }

  private void serveThreeMethods() {
    CaseApi api = new CaseApi();
    api.stage(
        "{%s, methodSettings: {'*/*': {cacheTtlInSeconds: 300, %s}}}".formatted(CLUSTER, SETTING));
    for (String name : List.of("pets", "cats", "dogs")) {
      api.method("GET", "/" + name + "/{id}", "{}");
      api.integration(
          """
          type: HTTP_PROXY
          uri: http://backend.test/%s/{id}
          requestParameters: {integration.request.path.id: method.request.path.id}
          cacheKeyParameters: [method.request.path.id, method.request.querystring.a, method.request.header.X-Tag]
          """
              .formatted(name));
    }
    snapshot.update(current -> api.served());
  }

  private void serve(int ttl) {
    serve(ttl, "description: none");
  }

  private void serve(int ttl, String members) {
    CaseApi api = new CaseApi();
    api.stage(
        "{%s, %s, methodSettings: {'*/*': {cacheTtlInSeconds: %d, %s}}}"
            .formatted(CLUSTER, members, ttl, SETTING));
    snapshot.update(current -> api.served());
  }

  private String call(DataPlane gateway, String path) {
    return text(gateway.handle(Requests.get(path)));
  }

  private static String text(HttpResponse response) {
    assertThat(response.status()).isEqualTo(200);
    try {
      return new String(response.body().readAll(Long.MAX_VALUE), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A backend that says what it is to say, else how often it has been asked. */
  private DataPlane gateway() {
    return gateway(request -> says.isEmpty() ? "call " + calls : says);
  }

  private interface Backend {
    String answer(UpstreamRequest request);
  }

  private DataPlane gateway(Backend backend) {
    DoubleSupplier chances = () -> chance;
    Upstream upstream =
        request -> {
          calls++;
          return new UpstreamResponse(200, Headers.empty(), Body.of(backend.answer(request)));
        };
    Clock clock = Clock.systemUTC();
    Credentials credentials = new Credentials("test", "test", null);
    RuntimeState fresh =
        RuntimeState.fresh(
            new LambdaInvoke(upstream, credentials, clock),
            new UserPoolAuthorizers(upstream, clock));
    return new DataPlane(
        snapshot,
        new RestPipeline(
            new Invocations(clock, Carrier.UNSHARED, Overruns.UNTOLD),
            new RuntimeState(fresh.authorizers(), fresh.throttles(), fresh.usage(), cache, null),
            new Integrations(upstream, credentials, clock),
            new Telemetry(List.of())),
        NoHttpApis.PIPELINE,
        NoWebSocketApis.PIPELINE,
        Overruns.UNTOLD,
        host -> false,
        new CanarySplit(chances));
  }
}
