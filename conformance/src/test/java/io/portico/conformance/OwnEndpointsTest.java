package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

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

      HttpResponse<String> metrics = Caller.get(endpoint.uri().resolve("/_portico/metrics"));

      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
      assertThat(metrics.body().lines())
          .anyMatch(line -> !line.startsWith("#") && line.contains(api));
    }
  }
}
