package io.portico.gateway.control.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.store.StoreException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of alarms where something breaks. */
final class AlarmWatchTest {
  private final CloudWatchPlane plane = new CloudWatchPlane();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void anAlarmThatCannotBeEvaluatedKeepsNoOtherFromIt() {
    for (String name : new String[] {"a", "b"}) {
      plane.call(
          "PutMetricAlarm",
          """
          {"AlarmName": "%s", "Namespace": "n", "MetricName": "m",
           "Dimensions": [{"Name": "a", "Value": "1"}], "Statistic": "Sum", "Period": 60,
           "EvaluationPeriods": 1, "Threshold": 5.0,
           "ComparisonOperator": "GreaterThanThreshold"}
          """
              .formatted(name));
    }
    plane.now = plane.now.plusSeconds(60);
    plane.put(CloudWatchPlane.TIME, 9);
    AtomicBoolean broken = new AtomicBoolean(true);
    plane.metrics.addSource(
        () -> {
          if (broken.getAndSet(false)) {
            throw new StoreException("metrics cannot be read", null);
          }
        });

    plane.alarms.look();

    assertThat(plane.call("DescribeAlarms", "{}").path("MetricAlarms").findValues("StateValue"))
        .extracting(JsonNode::asString)
        .containsExactly("INSUFFICIENT_DATA", "ALARM");
  }
}
