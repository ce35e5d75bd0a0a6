package io.portico.gateway.control.cloudwatch;

import static io.portico.gateway.control.cloudwatch.CloudWatchPlane.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.gateway.metrics.Dimension;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricKey;
import io.portico.gateway.metrics.MetricPoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class AlarmOperationsTest {
  private static final String TOPIC = "arn:aws:sns:eu-west-1:111122223333:topic";
  private static final String ARN = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:";

  private final CloudWatchPlane plane = new CloudWatchPlane();

  @AfterEach
  void close() {
    plane.close();
  }

  /** On the metric that {@link CloudWatchPlane#put} has values for. */
  private static ObjectNode alarm(String name) {
    return (ObjectNode)
        Json.parse(
            """
            {"AlarmName": "%s", "Namespace": "n", "MetricName": "m",
             "Dimensions": [{"Name": "a", "Value": "1"}], "Statistic": "Sum", "Period": 60,
             "EvaluationPeriods": 1, "Threshold": 5.0,
             "ComparisonOperator": "GreaterThanThreshold", "AlarmActions": ["%s"]}
            """
                .formatted(name, TOPIC));
  }

  private void put(ObjectNode alarm) {
    plane.call("PutMetricAlarm", Json.text(alarm));
  }

  private JsonNode described(String name) {
    return plane
        .call("DescribeAlarms", "{\"AlarmNames\": [\"" + name + "\"]}")
        .path("MetricAlarms")
        .path(0);
  }

  private List<String> named(String input) {
    return plane.call("DescribeAlarms", input).path("MetricAlarms").findValues("AlarmName").stream()
        .map(JsonNode::asString)
        .toList();
  }

  private JsonNode history(String input) {
    return plane.call("DescribeAlarmHistory", input).path("AlarmHistoryItems");
  }

  private List<String> summaries(String type) {
    return history("{\"ScanBy\": \"TimestampAscending\", \"HistoryItemType\": \"" + type + "\"}")
        .findValues("HistorySummary")
        .stream()
        .map(JsonNode::asString)
        .toList();
  }

  /** A value of the minute that has just gone by, which is looked at. */
  private void minute(double value) {
    plane.now = plane.now.plusSeconds(60);
    plane.put(plane.now.getEpochSecond() - 60, value);
    plane.alarms.look();
  }

  private void emptyMinute() {
    plane.now = plane.now.plusSeconds(60);
    plane.alarms.look();
  }

  private String state() {
    return described("a").path("StateValue").asString();
  }

  @Test
  void aNewAlarmIsShownAsItWasMade() {
    put(alarm("a").put("AlarmDescription", "d").put("TreatMissingData", "ignore"));

    assertThat(described("a"))
        .isEqualTo(
            Json.parse(
                """
                {"AlarmName": "a", "AlarmDescription": "d", "TreatMissingData": "ignore",
                 "AlarmArn": "%1$sa", "ActionsEnabled": true, "OKActions": [],
                 "AlarmActions": ["%2$s"], "InsufficientDataActions": [],
                 "Namespace": "n", "MetricName": "m",
                 "Dimensions": [{"Name": "a", "Value": "1"}], "Statistic": "Sum", "Period": 60,
                 "EvaluationPeriods": 1, "Threshold": 5.0,
                 "ComparisonOperator": "GreaterThanThreshold",
                 "StateValue": "INSUFFICIENT_DATA",
                 "StateReason": "Unchecked: Initial alarm creation",
                 "AlarmConfigurationUpdatedTimestamp": %3$d, "StateUpdatedTimestamp": %3$d,
                 "StateTransitionedTimestamp": %3$d}
                """
                    .formatted(ARN, TOPIC, TIME)));
  }

  @Test
  void anAlarmGoesOffAndThoseAreToldWhoAreToHear() {
    put(alarm("a"));
    minute(1);
    String before = state();

    minute(9);

    assertThat(before).isEqualTo("OK");
    JsonNode after = described("a");
    assertThat(after.path("StateValue").asString()).isEqualTo("ALARM");
    assertThat(after.path("StateReason").asString())
        .isEqualTo(
            "Threshold Crossed: 1 datapoint [9.0 (02/01/26 03:01:00)] was greater than the"
                + " threshold (5.0).");
    assertThat(Json.parse(after.path("StateReasonData").asString()))
        .isEqualTo(
            Json.parse(
                """
                {"version": "1.0", "queryDate": "2026-01-02T03:02:00.000+0000",
                 "startDate": "2026-01-02T03:01:00.000+0000", "statistic": "Sum", "period": 60,
                 "recentDatapoints": [9.0], "threshold": 5.0,
                 "evaluatedDatapoints": [{"timestamp": "2026-01-02T03:01:00.000+0000",
                                          "sampleCount": 1.0, "value": 9.0}]}
                """));
    AlarmNotifier.Notice notice = plane.notice();
    assertThat(notice.arn()).isEqualTo(TOPIC);
    assertThat(notice.subject()).isEqualTo("ALARM: \"a\" in EU (Ireland)");
    assertThat(Json.parse(notice.message()))
        .isEqualTo(
            Json.parse(
                """
                {"AlarmName": "a", "AlarmDescription": null, "AWSAccountId": "111122223333",
                 "AlarmConfigurationUpdatedTimestamp": "2026-01-02T03:00:00.000+0000",
                 "NewStateValue": "ALARM",
                 "NewStateReason": "Threshold Crossed: 1 datapoint [9.0 (02/01/26 03:01:00)] was greater than the threshold (5.0).",
                 "StateChangeTime": "2026-01-02T03:02:00.000+0000", "Region": "EU (Ireland)",
                 "AlarmArn": "%sa", "OldStateValue": "OK", "OKActions": [],
                 "AlarmActions": ["%s"], "InsufficientDataActions": [],
                 "Trigger": {"MetricName": "m", "Namespace": "n", "StatisticType": "Statistic",
                   "Statistic": "SUM", "Unit": null,
                   "Dimensions": [{"value": "1", "name": "a"}], "Period": 60,
                   "EvaluationPeriods": 1, "DatapointsToAlarm": 1,
                   "ComparisonOperator": "GreaterThanThreshold", "Threshold": 5.0,
                   "TreatMissingData": "", "EvaluateLowSampleCountPercentile": ""}}
                """
                    .formatted(ARN, TOPIC)));
    plane.awaitActions(1);
    assertThat(summaries("Action")).containsExactly("Successfully executed action " + TOPIC);
    assertThat(summaries("StateUpdate"))
        .containsExactly(
            "Alarm updated from INSUFFICIENT_DATA to OK", "Alarm updated from OK to ALARM");
    assertThat(summaries("ConfigurationUpdate")).containsExactly("Alarm \"a\" created");
  }

  @Test
  void aStateThatStaysTellsNobodyAgain() {
    put(alarm("a"));
    minute(9);
    minute(9);
    minute(9);

    plane.awaitActions(1);
    assertThat(plane.notices.size()).isEqualTo(1);
    assertThat(summaries("StateUpdate")).hasSize(1);
  }

  @Test
  void withoutValuesAnAlarmDoesWhatItsRuleSays() {
    put(alarm("a"));
    minute(1);
    for (int i = 0; i < 4; i++) {
      emptyMinute();
    }
    assertThat(state()).isEqualTo("INSUFFICIENT_DATA");

    put(alarm("a").put("TreatMissingData", "breaching"));
    emptyMinute();
    assertThat(state()).isEqualTo("ALARM");

    put(alarm("a").put("TreatMissingData", "ignore"));
    emptyMinute();
    assertThat(state()).isEqualTo("ALARM");

    put(alarm("a").put("TreatMissingData", "notBreaching"));
    emptyMinute();
    assertThat(state()).isEqualTo("OK");
  }

  @Test
  void someOfSeveralPeriodsAreEnough() {
    put(alarm("a").put("EvaluationPeriods", 3).put("DatapointsToAlarm", 2));
    minute(9);
    minute(1);
    minute(1);
    assertThat(state()).isEqualTo("OK");
    minute(9);
    assertThat(state()).isEqualTo("OK");
    minute(9);
    assertThat(state()).isEqualTo("ALARM");
  }

  @Test
  void anAlarmMayBeOnARate() {
    put(
        (ObjectNode)
            Json.parse(
                """
                {"AlarmName": "a", "EvaluationPeriods": 1, "Threshold": 50,
                 "ComparisonOperator": "GreaterThanOrEqualToThreshold",
                 "Metrics": [
                   {"Id": "errors", "ReturnData": false, "MetricStat": {"Period": 60, "Stat": "Sum",
                    "Metric": {"Namespace": "n", "MetricName": "m",
                               "Dimensions": [{"Name": "a", "Value": "1"}]}}},
                   {"Id": "all", "ReturnData": false, "MetricStat": {"Period": 60, "Stat": "Sum",
                    "Metric": {"Namespace": "n", "MetricName": "all",
                               "Dimensions": [{"Name": "a", "Value": "1"}]}}},
                   {"Id": "rate", "Expression": "errors / all * 100", "Label": "rate"}]}
                """));
    plane.put("all", TIME, 10);
    minute(4);
    String below = state();
    plane.put("all", TIME + 60, 10);
    minute(5);

    assertThat(below).isEqualTo("OK");
    assertThat(state()).isEqualTo("ALARM");
    assertThat(described("a").path("StateReason").asString())
        .contains("[50.0 (02/01/26 03:01:00)]");
    assertThat(described("a").path("Metrics")).hasSize(3);
  }

  @Test
  void aPercentileOfTooFewValuesSaysNothingWhereThatIsAsked() {
    ObjectNode alarm = alarm("a");
    alarm.remove("Statistic");
    alarm.put("ExtendedStatistic", "p90").put("EvaluateLowSampleCountPercentile", "ignore");
    put(alarm);

    minute(9);
    assertThat(state()).isEqualTo("INSUFFICIENT_DATA");

    plane.now = plane.now.plusSeconds(60);
    plane.metrics.put(
        new MetricKey(CloudWatchPlane.CALLER.scope(), "n", "m", List.of(new Dimension("a", "1"))),
        List.of(
            new MetricPoint(
                60, plane.now.getEpochSecond() - 60, "Count", Distribution.of(9, 100))));
    plane.alarms.look();
    assertThat(state()).isEqualTo("ALARM");
  }

  @Test
  void whoeverCannotBeReachedIsTriedAgain() {
    put(alarm("a"));
    plane.failures = 2;

    minute(9);

    plane.awaitActions(1);
    assertThat(plane.notices.size()).isEqualTo(1);
    assertThat(plane.attempts).isEqualTo(3);
    assertThat(summaries("Action")).containsExactly("Successfully executed action " + TOPIC);
  }

  @Test
  void whoeverIsNotReachedAtAllIsInTheHistory() {
    put(alarm("a"));
    plane.failures = 100;

    minute(9);

    plane.awaitActions(1);
    assertThat(plane.attempts).isEqualTo(3);
    assertThat(summaries("Action").getFirst())
        .startsWith("Failed to execute action " + TOPIC + ". Received error: \"");
    JsonNode data =
        Json.parse(
            history("{\"HistoryItemType\": \"Action\"}").path(0).path("HistoryData").asString());
    assertThat(data.path("actionState").asString()).isEqualTo("Failed");
    assertThat(data.path("notificationResource").asString()).isEqualTo(TOPIC);
  }

  @Test
  void actionsAreSwitchedOffAndOn() {
    put(alarm("a"));
    plane.call("DisableAlarmActions", "{\"AlarmNames\": [\"a\", \"none\"]}");
    assertThat(described("a").path("ActionsEnabled").booleanValue()).isFalse();
    minute(9);
    minute(1);
    plane.call("EnableAlarmActions", "{\"AlarmNames\": [\"a\"]}");
    minute(9);

    plane.awaitActions(1);
    assertThat(plane.notices.size()).isEqualTo(1);
    assertThat(summaries("ConfigurationUpdate"))
        .containsExactly("Alarm \"a\" created", "Alarm \"a\" updated", "Alarm \"a\" updated");
  }

  @Test
  void aStateCanBeSetUntilTheNextLook() {
    put(alarm("a"));
    plane.call(
        "SetAlarmState",
        """
        {"AlarmName": "a", "StateValue": "ALARM", "StateReason": "trying",
         "StateReasonData": "{\\"why\\": 1}"}
        """);
    JsonNode set = described("a");
    minute(1);

    assertThat(set.path("StateValue").asString()).isEqualTo("ALARM");
    assertThat(set.path("StateReason").asString()).isEqualTo("trying");
    assertThat(set.path("StateReasonData").asString()).isEqualTo("{\"why\": 1}");
    plane.awaitActions(1);
    assertThat(plane.notice().arn()).isEqualTo(TOPIC);
    assertThat(state()).isEqualTo("OK");
    assertThat(
            plane.refusal(
                "SetAlarmState",
                "{\"AlarmName\": \"none\", \"StateValue\": \"OK\", \"StateReason\": \"r\"}"))
        .startsWith("ResourceNotFound: ");
    assertThat(
            plane.refusal(
                "SetAlarmState",
                "{\"AlarmName\": \"a\", \"StateValue\": \"OK\", \"StateReason\": \"r\", \"StateReasonData\": \"{\"}"))
        .startsWith("InvalidFormatFault: ");
  }

  @Test
  void anUpdateLeavesTheStateAsItIs() {
    put(alarm("a"));
    minute(9);
    put(alarm("a").put("Threshold", 100.0));

    JsonNode updated = described("a");

    assertThat(updated.path("StateValue").asString()).isEqualTo("ALARM");
    assertThat(updated.path("Threshold").doubleValue()).isEqualTo(100);
    assertThat(updated.path("AlarmConfigurationUpdatedTimestamp").longValue()).isEqualTo(TIME + 60);
  }

  @Test
  void alarmsAreFoundByWhatTheyHave() {
    put(alarm("one"));
    put(alarm("two").put("AlarmDescription", "x"));
    ObjectNode other = alarm("three");
    other.remove("AlarmActions");
    put(other);
    plane.call(
        "SetAlarmState",
        "{\"AlarmName\": \"two\", \"StateValue\": \"OK\", \"StateReason\": \"r\"}");

    assertThat(named("{}")).containsExactly("one", "three", "two");
    assertThat(named("{\"AlarmNamePrefix\": \"t\"}")).containsExactly("three", "two");
    assertThat(named("{\"StateValue\": \"OK\"}")).containsExactly("two");
    assertThat(named("{\"ActionPrefix\": \"arn:aws:sns\"}")).containsExactly("one", "two");
    assertThat(named("{\"AlarmNames\": [\"two\", \"none\"]}")).containsExactly("two");
    assertThat(named("{\"AlarmTypes\": [\"CompositeAlarm\"]}")).isEmpty();
    assertThat(named("{\"AlarmTypes\": [\"MetricAlarm\"]}")).hasSize(3);
    assertThat(
            plane
                .call(
                    "DescribeAlarmsForMetric",
                    "{\"Namespace\": \"n\", \"MetricName\": \"m\", \"Dimensions\": [{\"Name\": \"a\", \"Value\": \"1\"}], \"Statistic\": \"Sum\", \"Period\": 60}")
                .path("MetricAlarms"))
        .hasSize(3);
    assertThat(
            plane
                .call("DescribeAlarmsForMetric", "{\"Namespace\": \"n\", \"MetricName\": \"m\"}")
                .path("MetricAlarms"))
        .isEmpty();
  }

  @Test
  void alarmsAreDescribedByPages() {
    put(alarm("one"));
    put(alarm("two"));

    JsonNode first = plane.call("DescribeAlarms", "{\"MaxRecords\": 1}");
    JsonNode second =
        plane.call(
            "DescribeAlarms",
            "{\"MaxRecords\": 1, \"NextToken\": \"" + first.path("NextToken").asString() + "\"}");

    assertThat(first.path("MetricAlarms").path(0).path("AlarmName").asString()).isEqualTo("one");
    assertThat(second.path("MetricAlarms").path(0).path("AlarmName").asString()).isEqualTo("two");
    assertThat(second.has("NextToken")).isFalse();
    assertThat(plane.refusal("DescribeAlarms", "{\"NextToken\": \"*\"}"))
        .isEqualTo("InvalidNextToken: Invalid nextToken");
  }

  @Test
  void theHistoryOfAnAlarmThatIsGoneStaysForAMonth() {
    put(alarm("a"));
    plane.now = plane.now.plusSeconds(1);
    put(alarm("b"));
    plane.now = plane.now.plusSeconds(1);
    plane.call("DeleteAlarms", "{\"AlarmNames\": [\"a\", \"none\"]}");

    assertThat(named("{}")).containsExactly("b");
    JsonNode first =
        plane.call("DescribeAlarmHistory", "{\"AlarmName\": \"a\", \"MaxRecords\": 1}");
    JsonNode item = first.path("AlarmHistoryItems").path(0);
    assertThat(item.path("HistorySummary").asString()).isEqualTo("Alarm \"a\" deleted");
    assertThat(item.path("AlarmType").asString()).isEqualTo("MetricAlarm");
    assertThat(item.path("Timestamp").longValue()).isEqualTo(TIME + 2);
    JsonNode second =
        plane.call(
            "DescribeAlarmHistory",
            "{\"AlarmName\": \"a\", \"NextToken\": \""
                + first.path("NextToken").asString()
                + "\"}");
    assertThat(second.path("AlarmHistoryItems")).hasSize(1);
    assertThat(second.has("NextToken")).isFalse();
    assertThat(history("{\"StartDate\": %d, \"EndDate\": %d}".formatted(TIME + 1, TIME + 1)))
        .hasSize(1);

    plane.now = plane.now.plus(Duration.ofDays(31));
    plane.alarms.look();
    assertThat(history("{}").findValues("HistorySummary").stream().map(JsonNode::asString))
        .doesNotContain("Alarm \"a\" deleted");
  }

  @Test
  void tagsAreThoseOfAnAlarm() {
    ObjectNode tagged = alarm("a");
    tagged.putArray("Tags").addObject().put("Key", "team").put("Value", "x");
    put(tagged);
    String arn = "\"ResourceARN\": \"" + ARN + "a\"";
    plane.call(
        "TagResource", "{" + arn + ", \"Tags\": [{\"Key\": \"stage\", \"Value\": \"prod\"}]}");
    plane.call("UntagResource", "{" + arn + ", \"TagKeys\": [\"team\"]}");

    assertThat(plane.call("ListTagsForResource", "{" + arn + "}"))
        .isEqualTo(Json.parse("{\"Tags\": [{\"Key\": \"stage\", \"Value\": \"prod\"}]}"));
    assertThat(described("a").has("Tags")).isFalse();
    assertThat(plane.refusal("ListTagsForResource", "{\"ResourceARN\": \"" + ARN + "none\"}"))
        .startsWith("ResourceNotFoundException: ");
    assertThat(plane.refusal("ListTagsForResource", "{\"ResourceARN\": \"arn:x\"}"))
        .startsWith("ResourceNotFoundException: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"DatapointsToAlarm\": 2} | ValidationException: DatapointsToAlarm must be less than or equal to EvaluationPeriods",
        "{\"EvaluationPeriods\": 1441} | ValidationException: Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).",
        "{\"EvaluationPeriods\": 169, \"Period\": 3600} | ValidationException: Metrics cannot be checked across more than seven days (EvaluationPeriods * Period must be <= 604800).",
        "{\"Period\": 45} | ValidationException: Period must be 10, 20, 30 or a multiple of 60",
        "{\"TreatMissingData\": \"x\"} | ValidationException: The value x for parameter TreatMissingData is invalid.",
        "{\"ExtendedStatistic\": \"p90\"} | ValidationException: Exactly one of Statistic and ExtendedStatistic must be specified.",
        "{\"Threshold\": null} | ValidationException: The parameter Threshold is required.",
        "{\"Period\": null} | ValidationException: The parameter Period is required.",
        "{\"MetricName\": null} | ValidationException: The parameter MetricName is required.",
        "{\"OKActions\": [\"x\"]} | ValidationException: Invalid arn syntax: x",
        "{\"Metrics\": []} | ValidationException: The parameters Metrics and Namespace are mutually exclusive and you have specified both.",
        "{\"ComparisonOperator\": \"LessThanLowerThreshold\"} | ValidationException: Portico has no alarms on anomaly detection models yet.",
        "{\"EvaluationCriteria\": {\"PromQLCriteria\": {\"Query\": \"q\"}}} | ValidationException: Portico has no alarms on PromQL queries yet.",
        "{\"Statistic\": null, \"ExtendedStatistic\": \"tm90\"} | NotImplementedException: The statistic tm90 is not implemented by Portico yet."
      })
  void whatIsNoAlarmIsRefused(String members, String refusal) {
    ObjectNode alarm = alarm("a");
    Json.parse(members)
        .properties()
        .forEach(
            member -> {
              if (member.getValue().isNull()) {
                alarm.remove(member.getKey());
              } else {
                alarm.set(member.getKey(), member.getValue());
              }
            });

    assertThat(plane.refusal("PutMetricAlarm", Json.text(alarm))).isEqualTo(refusal);
    assertThat(named("{}")).isEmpty();
  }
}
