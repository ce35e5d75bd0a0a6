package io.portico.conformance.services;

import static io.portico.conformance.services.Documents.each;
import static io.portico.conformance.services.Documents.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Portico;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** CloudWatch: values that are put, listed and read. */
@Portico
final class MetricFamilyTest {
  private final Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
  private static final List<Map<String, String>> DIMENSIONS =
      List.of(Map.of("Name", "Stage", "Value", "prod"));

  private void put(ServiceClient cloudWatch, String namespace) {
    cloudWatch.call(
        "PutMetricData",
        Map.of(
            "Namespace",
            namespace,
            "MetricData",
            List.of(
                Map.of(
                    "MetricName",
                    "Orders",
                    "Dimensions",
                    DIMENSIONS,
                    "Timestamp",
                    minute.minusSeconds(60).toString(),
                    "Values",
                    List.of(1.0, 3.0),
                    "Counts",
                    List.of(3.0, 1.0),
                    "Unit",
                    "Count"),
                Map.of(
                    "MetricName",
                    "Orders",
                    "Dimensions",
                    DIMENSIONS,
                    "Timestamp",
                    minute.minusSeconds(120).toString(),
                    "Value",
                    8.0,
                    "Unit",
                    "Count"))));
  }

  @EveryClient
  void aMetricIsListedAndHasStatistics(AwsClient client) {
    ServiceClient cloudWatch = client.of(AwsService.CLOUDWATCH);
    String namespace = unique("families");
    put(cloudWatch, namespace);

    JsonNode metrics =
        cloudWatch
            .call(
                "ListMetrics",
                Map.of("Namespace", namespace, "Dimensions", List.of(Map.of("Name", "Stage"))))
            .path("Metrics");
    JsonNode points =
        cloudWatch
            .call(
                "GetMetricStatistics",
                Map.of(
                    "Namespace",
                    namespace,
                    "MetricName",
                    "Orders",
                    "Dimensions",
                    DIMENSIONS,
                    "StartTime",
                    minute.minusSeconds(60).toString(),
                    "EndTime",
                    minute.toString(),
                    "Period",
                    60,
                    "Statistics",
                    List.of("Sum", "Average", "SampleCount")))
            .path("Datapoints");

    assertThat(each(metrics, "MetricName")).containsExactly("Orders");
    assertThat(metrics.at("/0/Dimensions/0/Value").asString()).isEqualTo("prod");
    assertThat(points).hasSize(1);
    assertThat(points.at("/0/Sum").asDouble()).isEqualTo(6);
    assertThat(points.at("/0/Average").asDouble()).isEqualTo(1.5);
    assertThat(points.at("/0/SampleCount").asDouble()).isEqualTo(4);
    assertThat(points.at("/0/Unit").asString()).isEqualTo("Count");
    assertThat(time(points.at("/0/Timestamp"))).isEqualTo(minute.minusSeconds(60));
  }

  /** The AWS CLI shows times as they come, the others as texts of their own. */
  private static Instant time(JsonNode shown) {
    String text = shown.asString();
    return text.matches("\\d+")
        ? Instant.ofEpochSecond(Long.parseLong(text))
        : Instant.parse(text.replace("+00:00", "Z"));
  }

  @EveryClient
  void severalQueriesAreAnsweredAtOnce(AwsClient client) {
    ServiceClient cloudWatch = client.of(AwsService.CLOUDWATCH);
    String namespace = unique("families");
    put(cloudWatch, namespace);
    Map<String, ?> metric =
        Map.of("Namespace", namespace, "MetricName", "Orders", "Dimensions", DIMENSIONS);

    JsonNode results =
        cloudWatch
            .call(
                "GetMetricData",
                Map.of(
                    "MetricDataQueries",
                    List.of(
                        Map.of(
                            "Id",
                            "m1",
                            "MetricStat",
                            Map.of("Metric", metric, "Period", 60, "Stat", "p75")),
                        Map.of("Id", "e1", "Expression", "m1 * 10", "Label", "tenfold")),
                    "StartTime",
                    minute.minusSeconds(120).toString(),
                    "EndTime",
                    minute.toString(),
                    "ScanBy",
                    "TimestampAscending"))
            .path("MetricDataResults");

    assertThat(each(results, "Id")).containsExactly("m1", "e1");
    assertThat(results.at("/0/Values").valueStream().map(JsonNode::asDouble))
        .containsExactly(8.0, 1.0);
    assertThat(results.at("/1/Values").valueStream().map(JsonNode::asDouble))
        .containsExactly(80.0, 10.0);
    assertThat(results.at("/1/Label").asString()).isEqualTo("tenfold");
    assertThat(results.at("/0/StatusCode").asString()).isEqualTo("Complete");
  }

  /** Clients compress what is longer than ten kilobytes. */
  @EveryClient
  void manyValuesComeInOneCall(AwsClient client) {
    ServiceClient cloudWatch = client.of(AwsService.CLOUDWATCH);
    String namespace = unique("families");
    cloudWatch.call(
        "PutMetricData",
        Map.of(
            "Namespace",
            namespace,
            "MetricData",
            IntStream.range(0, 400)
                .mapToObj(
                    i ->
                        Map.of("MetricName", "a metric with a rather long name " + i, "Value", 1.0))
                .toList()));

    assertThat(cloudWatch.call("ListMetrics", Map.of("Namespace", namespace)).path("Metrics"))
        .hasSize(400);
  }

  @EveryClient
  void aRefusalIsKnownByItsCode(AwsClient client) {
    ServiceClient cloudWatch = client.of(AwsService.CLOUDWATCH);

    AwsFailure reserved =
        cloudWatch.refused(
            "PutMetricData",
            Map.of(
                "Namespace",
                "AWS/ApiGateway",
                "MetricData",
                List.of(Map.of("MetricName", "m", "Value", 1.0))));
    AwsFailure tooMany =
        cloudWatch.refused(
            "GetMetricStatistics",
            Map.of(
                "Namespace",
                "n",
                "MetricName",
                "m",
                "StartTime",
                minute.minus(365, ChronoUnit.DAYS).toString(),
                "EndTime",
                minute.toString(),
                "Period",
                60,
                "Statistics",
                List.of("Sum")));

    assertThat(reserved.code()).startsWith("InvalidParameterValue");
    assertThat(reserved.status()).isIn(0, 400);
    assertThat(reserved.text())
        .isEqualTo("The value AWS/ApiGateway for parameter Namespace is invalid.");
    assertThat(tooMany.code()).startsWith("InvalidParameterCombination");
    assertThat(tooMany.text()).startsWith("You have requested up to 525,600 datapoints");
  }
}
