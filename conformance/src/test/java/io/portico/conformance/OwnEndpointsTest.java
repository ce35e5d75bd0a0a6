package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Health and metrics, for whoever runs Portico. */
@Portico
final class OwnEndpointsTest {

  @Test
  void aRunningServerIsLiveAndReady(Endpoint endpoint) {
    assertThat(Caller.get(endpoint.uri().resolve("/_portico/health/live")).statusCode())
        .isEqualTo(200);
    assertThat(Caller.get(endpoint.uri().resolve("/_portico/health/ready")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void callsOfAnApiAreCounted(Endpoint endpoint) {
    try (JavaSdk sdk = JavaSdk.of(endpoint)) {
      String api = SmallApi.build(sdk, "127.0.0.1:9").deploy().id();
      Caller.get(endpoint.pathForm(api, STAGE, "/pets/1"));

      HttpResponse<String> metrics =
          Caller.getUntil(
              endpoint.uri().resolve("/_portico/metrics"), body -> isCounted(body, api));

      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
      assertThat(isCounted(metrics.body(), api)).as(metrics.body()).isTrue();
    }
  }

  private static boolean isCounted(String metrics, String api) {
    return metrics.lines().anyMatch(line -> !line.startsWith("#") && line.contains(api));
  }

  @Test
  void aRefusalIsExplainedByTheIdOfItsAnswer(Endpoint endpoint) {
    try (JavaSdk sdk = JavaSdk.of(endpoint)) {
      String api = SmallApi.build(sdk, "127.0.0.1:9").deploy().id();
      HttpResponse<String> refused = Caller.get(endpoint.pathForm(api, STAGE, "/pests/1"));
      String id = refused.headers().firstValue("x-amzn-RequestId").orElseThrow();

      HttpResponse<String> told = Caller.get(endpoint.uri().resolve("/_portico/explain/" + id));

      assertThat(told.statusCode()).isEqualTo(200);
      JsonNode explanation = JsonMapper.shared().readTree(told.body());
      assertThat(explanation.path("status").asInt()).isEqualTo(refused.statusCode());
      assertThat(explanation.at("/reason/text").asString())
          .startsWith(
              "stage `%s` of `%s` has no `GET /pests/1`; nearest is `".formatted(STAGE, api));
    }
  }
}
