package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static io.portico.conformance.SmallApi.replace;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Caller;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The cache of a stage, before a backend that counts what it is asked. */
@Portico
final class CachingTest {
  private final AtomicInteger asked = new AtomicInteger();

  @EveryClient
  void aStageAnswersFromItsCacheUntilItIsFlushed(AwsClient client, Endpoint endpoint) {
    try (Backend backend = counting()) {
      SmallApi api = cached(client, backend);

      String first = body(endpoint, api, "a");
      String again = body(endpoint, api, "a");
      String other = body(endpoint, api, "b");
      client.call("FlushStageCache", Map.of("restApiId", api.id(), "stageName", STAGE));
      String flushed = body(endpoint, api, "a");

      assertThat(List.of(first, again, other, flushed))
          .containsExactly("answer 1", "answer 1", "answer 2", "answer 3");
    }
  }

  @EveryClient
  void settingsOfAMethodAreInForceAtOnce(AwsClient client, Endpoint endpoint) {
    try (Backend backend = counting()) {
      SmallApi api = cached(client, backend);
      body(endpoint, api, "a");

      stage(api, "/backend/{proxy+}/GET/caching/ttlInSeconds", "0");
      String without = body(endpoint, api, "a");
      stage(api, "/backend/{proxy+}/GET/caching/ttlInSeconds", "300");
      String with = body(endpoint, api, "a");
      stage(api, "/cacheClusterEnabled", "false");
      String off = body(endpoint, api, "a");
      stage(api, "/cacheClusterEnabled", "true");
      String on = body(endpoint, api, "a");

      assertThat(List.of(without, with, off, on))
          .containsExactly("answer 2", "answer 1", "answer 3", "answer 4");
    }
  }

  @EveryClient
  void aNewAnswerIsForWhoMayAskForOne(AwsClient client, Endpoint endpoint) {
    try (Backend backend = counting()) {
      SmallApi api = cached(client, backend);
      body(endpoint, api, "a");

      HttpResponse<String> warned = anew(endpoint, api);
      stage(
          api,
          "/backend/{proxy+}/GET/caching/unauthorizedCacheControlHeaderStrategy",
          "FAIL_WITH_403");
      HttpResponse<String> refused = anew(endpoint, api);
      stage(api, "/backend/{proxy+}/GET/caching/requireAuthorizationForCacheControl", "false");
      HttpResponse<String> allowed = anew(endpoint, api);

      assertThat(warned.body()).isEqualTo("answer 1");
      assertThat(warned.headers().firstValue("Warning"))
          .hasValue("199 Cache-control headers were ignored because the caller was unauthorized.");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(allowed.body()).isEqualTo("answer 2");
      assertThat(allowed.headers().firstValue("Warning")).isEmpty();
      assertThat(body(endpoint, api, "a")).isEqualTo("answer 2");
    }
  }

  @Test
  void ofManyWhoAskAtOnceTheBackendHearsOne(Endpoint endpoint) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    try (JavaSdk sdk = JavaSdk.of(endpoint);
        ExecutorService clients = Executors.newFixedThreadPool(20);
        Backend backend =
            Backend.answering(
                request -> {
                  begun.countDown();
                  awaited(end);
                  return Backend.Answer.ok("answer " + asked.incrementAndGet());
                })) {
      SmallApi api = cached(sdk, backend);

      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(clients.submit(() -> body(endpoint, api, "a")));
      }
      awaited(begun);
      end.countDown();

      for (Future<String> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("answer 1");
      }
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void hitsAndMissesAreCounted(Endpoint endpoint) {
    try (JavaSdk sdk = JavaSdk.of(endpoint);
        Backend backend = counting()) {
      SmallApi api = cached(sdk, backend);
      stage(api, "/backend/{proxy+}/GET/metrics/enabled", "true");

      body(endpoint, api, "a");
      body(endpoint, api, "a");
      body(endpoint, api, "a");
      body(endpoint, api, "b");

      // Of the stage and of the method.
      List<Double> twice = List.of(2.0, 2.0);
      String metrics =
          Caller.getUntil(
                  endpoint.uri().resolve("/_portico/metrics"),
                  body ->
                      counts(body, api, "CacheHitCount").equals(twice)
                          && counts(body, api, "CacheMissCount").equals(twice))
              .body();
      assertThat(counts(metrics, api, "CacheHitCount")).isEqualTo(twice);
      assertThat(counts(metrics, api, "CacheMissCount")).isEqualTo(twice);
    }
  }

  private static List<Double> counts(String metrics, SmallApi api, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("aws_apigateway_" + name) && line.contains(api.id()))
        .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
        .toList();
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Backend counting() {
    return Backend.answering(request -> Backend.Answer.ok("answer " + asked.incrementAndGet()));
  }

  private static String body(Endpoint endpoint, SmallApi api, String path) {
    HttpResponse<String> response = Caller.get(url(endpoint, api, path));
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private static HttpResponse<String> anew(Endpoint endpoint, SmallApi api) {
    return Caller.send(
        HttpRequest.newBuilder(url(endpoint, api, "a")).header("Cache-Control", "max-age=0"));
  }

  private static URI url(Endpoint endpoint, SmallApi api, String path) {
    return endpoint.pathForm(api.id(), STAGE, "/backend/" + path);
  }

  /** An API whose GET of the backend is cached by its path. */
  private static SmallApi cached(AwsClient client, Backend backend) {
    SmallApi api = SmallApi.build(client, backend.address());
    api.patch(
        "UpdateIntegration",
        Map.of("resourceId", api.proxy(), "httpMethod", "ANY"),
        List.of(Map.of("op", "add", "path", "/cacheKeyParameters/method.request.path.proxy")));
    api.deploy();
    stage(api, "/cacheClusterEnabled", "true");
    stage(api, "/cacheClusterSize", "0.5");
    stage(api, "/backend/{proxy+}/GET/caching/enabled", "true");
    return api;
  }

  private static void stage(SmallApi api, String path, String value) {
    api.patch("UpdateStage", Map.of("stageName", STAGE), List.of(replace(path, value)));
  }
}
