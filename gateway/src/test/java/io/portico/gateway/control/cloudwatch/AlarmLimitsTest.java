package io.portico.gateway.control.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an alarm may be on at most. */
final class AlarmLimitsTest {
  private final CloudWatchPlane plane = new CloudWatchPlane();

  @AfterEach
  void close() {
    plane.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10 | 11 | The collection Metrics must not have a size greater than 20.",
        "11 | 1 | The collection Metrics must not have more than 10 metrics and 10 expressions.",
        "1 | 11 | The collection Metrics must not have more than 10 metrics and 10 expressions."
      })
  void anAlarmIsOnNoMoreThanAwsAllows(int metrics, int expressions, String text) {
    ObjectNode alarm =
        (ObjectNode)
            Json.parse(
                """
                {"AlarmName": "a", "EvaluationPeriods": 1, "Threshold": 50,
                 "ComparisonOperator": "GreaterThanThreshold", "Metrics": []}
                """);
    ArrayNode queries = alarm.withArray("Metrics");
    for (int i = 0; i < metrics; i++) {
      queries.add(
          Json.parse(
              """
              {"Id": "m%d", "ReturnData": false, "MetricStat": {"Period": 60, "Stat": "Sum",
               "Metric": {"Namespace": "n", "MetricName": "m"}}}
              """
                  .formatted(i)));
    }
    for (int i = 0; i < expressions; i++) {
      queries.addObject().put("Id", "e" + i).put("Expression", "m0").put("ReturnData", i == 0);
    }

    assertThat(plane.refusal("PutMetricAlarm", Json.text(alarm)))
        .isEqualTo("ValidationException: " + text);
  }
}
