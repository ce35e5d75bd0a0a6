package io.portico.gateway.control.cloudwatch;

import static io.portico.gateway.control.cloudwatch.CloudWatchPlane.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Expressions that stand one behind the other, as many as GetMetricData takes. */
final class ChainedExpressionsTest {
  private static final int MOST = 500;

  /** As deep as an expression may be nested, and with the value of what is in it. */
  private static final String NESTED = "-(".repeat(30) + "%s" + ")".repeat(30);

  private final CloudWatchPlane plane = new CloudWatchPlane();

  @AfterEach
  void close() {
    plane.close();
  }

  private static String data(List<String> queries) {
    return "{\"StartTime\": %d, \"EndTime\": %d, \"MetricDataQueries\": [%s]}"
        .formatted(TIME, TIME + 60, String.join(", ", queries));
  }

  private static String expression(int number, String text, boolean returned) {
    return "{\"Id\": \"e%d\", \"Expression\": \"%s\", \"ReturnData\": %s}"
        .formatted(number, text, returned);
  }

  private static String metric() {
    return """
    {"Id": "e0", "MetricStat": {"Metric": {"Namespace": "n", "MetricName": "m"},
     "Period": 60, "Stat": "Sum"}, "ReturnData": false}
    """;
  }

  /** Each refers to the next, the last to a metric. */
  private static List<String> chain() {
    List<String> queries = new ArrayList<>();
    for (int i = MOST - 1; i > 0; i--) {
      queries.add(expression(i, NESTED.formatted("e" + (i - 1)) + " + 1", i == MOST - 1));
    }
    return queries;
  }

  @Test
  void asManyAsThereMayBeStandBehindEachOther() {
    plane.call(
        "PutMetricData",
        "{\"Namespace\": \"n\", \"MetricData\": [{\"MetricName\": \"m\", \"Value\": 1}]}");
    List<String> queries = chain();
    queries.add(metric());

    JsonNode results = plane.call("GetMetricData", data(queries)).path("MetricDataResults");

    assertThat(results).hasSize(1);
    assertThat(results.path(0).path("Id").asString()).isEqualTo("e499");
    assertThat(results.path(0).path("Values").path(0).doubleValue()).isEqualTo(500.0);
  }

  @Test
  void asManyInACircleAreRefused() {
    List<String> queries = chain();
    queries.add(expression(0, "e499", false));

    assertThat(plane.refusal("GetMetricData", data(queries)))
        .isEqualTo("ValidationException: Error in expression 'e499': it refers to itself");
  }

  @Test
  void eachMayReferToAllOfTheOthers() {
    plane.call(
        "PutMetricData",
        "{\"Namespace\": \"n\", \"MetricData\": [{\"MetricName\": \"m\", \"Value\": 1}]}");
    List<String> queries = new ArrayList<>();
    queries.add(metric());
    StringBuilder all = new StringBuilder("e0");
    for (int i = 1; i < 100; i++) {
      queries.addFirst(expression(i, all.toString(), i == 99));
      all.append(" + e").append(i);
    }

    JsonNode results = plane.call("GetMetricData", data(queries)).path("MetricDataResults");

    assertThat(results).hasSize(1);
    assertThat(results.path(0).path("Values").path(0).doubleValue()).isEqualTo(0x1p98);
  }
}
