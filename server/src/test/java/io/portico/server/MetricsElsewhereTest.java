package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Calls of an API of one gateway, as the CloudWatch of another one has them. */
@Timeout(120)
final class MetricsElsewhereTest {
  @TempDir Path folder;

  @Test
  void callsOfAMinuteArePutIntoTheNamespaceOfTheConfiguration() throws Exception {
    ToldClock clock = new ToldClock("2026-01-02T03:04:10Z");
    try (HeardBackend backend =
            HeardBackend.answering(call -> new HeardBackend.Reply(503, "not so well"));
        PassingGateway other =
            new PassingGateway(folder.resolve("other"), Map.of(), Map.of(), clock);
        PassingGateway gateway =
            new PassingGateway(
                folder.resolve("data"),
                Map.of("PORTICO_METRICS_PUT_NAMESPACE", "Portico/Shop"),
                Map.of("AWS_ENDPOINT_URL_CLOUDWATCH", other.url()),
                clock)) {
      PassingGateway.Api api = gateway.api("shop", backend);
      for (int i = 0; i < 3; i++) {
        assertThat(gateway.call(api, "/pets")).isEqualTo(503);
      }
      clock.set("2026-01-02T03:05:00Z");
      PassingGateway.until("the errors are there", () -> !errors(other).isMissingNode());
      PassingGateway.until("the latencies are there", () -> !latency(other).isMissingNode());

      JsonNode errors = errors(other);
      assertThat(errors.path("Timestamp").doubleValue()).isEqualTo(1_767_323_040);
      assertThat(errors.path("SampleCount").doubleValue()).isEqualTo(3);
      assertThat(errors.path("Sum").doubleValue()).isEqualTo(3);
      assertThat(latency(other).at("/ExtendedStatistics/p99").doubleValue()).isPositive();
      assertThat(
              other.cloudWatch("ListMetrics", "{}").path("Metrics").findValuesAsString("Namespace"))
          .containsOnly("Portico/Shop");
    }
  }

  private static JsonNode errors(PassingGateway gateway) throws Exception {
    return shop(gateway, "5XXError", "\"Statistics\": [\"SampleCount\", \"Sum\"]");
  }

  private static JsonNode latency(PassingGateway gateway) throws Exception {
    return shop(gateway, "Latency", "\"ExtendedStatistics\": [\"p99\"]");
  }

  private static JsonNode shop(PassingGateway gateway, String metric, String statistics)
      throws Exception {
    return gateway
        .cloudWatch(
            "GetMetricStatistics",
            """
            {"Namespace": "Portico/Shop", "MetricName": "%s", "Period": 60,
             "StartTime": 1767322800, "EndTime": 1767323400, %s,
             "Dimensions": [{"Name": "ApiName", "Value": "shop"}, {"Name": "Stage", "Value": "prod"}]}
            """
                .formatted(metric, statistics))
        .path("Datapoints")
        .path(0);
  }
}
