package io.portico.gateway.control.cloudwatch;

import static io.portico.gateway.control.cloudwatch.CloudWatchPlane.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class MetricOperationsTest {
  private static final String A = "\"Dimensions\": [{\"Name\": \"a\", \"Value\": \"1\"}]";

  private final CloudWatchPlane plane = new CloudWatchPlane();

  @AfterEach
  void close() {
    plane.close();
  }

  private JsonNode statistics(long from, long to, int period, String statistics) {
    return plane.call("GetMetricStatistics", statisticsInput(from, to, period, statistics));
  }

  private static String statisticsInput(long from, long to, int period, String statistics) {
    return """
    {"Namespace": "n", "MetricName": "m", %s, "StartTime": %d, "EndTime": %d, "Period": %d, %s}
    """
        .formatted(A, from, to, period, statistics);
  }

  private static String data(long from, long to, String members, String... queries) {
    return """
    {"StartTime": %d, "EndTime": %d, %s "MetricDataQueries": [%s]}
    """
        .formatted(from, to, members, String.join(", ", queries));
  }

  private static String metric(String id, String name, int period, String stat) {
    return """
    {"Id": "%s", "MetricStat": {"Metric": {"Namespace": "n", "MetricName": "%s", %s},
     "Period": %d, "Stat": "%s"}}
    """
        .formatted(id, name, A, period, stat);
  }

  private static String expression(String id, String expression) {
    return "{\"Id\": \"%s\", \"Expression\": \"%s\"}".formatted(id, expression);
  }

  private String put(String datum) {
    return "{\"Namespace\": \"n\", \"MetricData\": [" + datum + "]}";
  }

  private static List<Double> numbers(JsonNode list) {
    return list.valueStream().map(JsonNode::doubleValue).toList();
  }

  @Test
  void aValueThatWasPutHasStatistics() {
    for (String datum :
        List.of(
            "{\"MetricName\": \"m\", \"Unit\": \"Seconds\", %s, \"Value\": 3}",
            "{\"MetricName\": \"m\", \"Unit\": \"Seconds\", %s, \"Values\": [1, 2], \"Counts\": [1, 2]}",
            "{\"MetricName\": \"m\", \"Unit\": \"Seconds\", %s, \"StatisticValues\": {\"SampleCount\": 2, \"Sum\": 20, \"Minimum\": 8, \"Maximum\": 12}}")) {
      plane.call("PutMetricData", put(datum.formatted(A)));
    }

    JsonNode answer =
        statistics(
            TIME,
            TIME + 60,
            60,
            "\"Statistics\": [\"SampleCount\", \"Sum\", \"Average\", \"Minimum\", \"Maximum\"]");

    assertThat(answer)
        .isEqualTo(
            Json.parse(
                """
                {"Label": "m", "Datapoints": [
                  {"Timestamp": %d, "Unit": "Seconds", "SampleCount": 6.0, "Sum": 28.0,
                   "Average": %s, "Minimum": 1.0, "Maximum": 12.0}]}
                """
                    .formatted(TIME, 28.0 / 6)));
  }

  @Test
  void percentilesAreExtendedStatistics() {
    plane.call(
        "PutMetricData",
        put("{\"MetricName\": \"m\", %s, \"Values\": [1, 100], \"Counts\": [99, 1]}".formatted(A)));

    JsonNode point =
        statistics(TIME, TIME + 60, 60, "\"ExtendedStatistics\": [\"p50\", \"p99.5\", \"p100\"]")
            .path("Datapoints")
            .path(0);

    assertThat(point.path("ExtendedStatistics"))
        .isEqualTo(Json.parse("{\"p50\": 1.0, \"p99.5\": 100.0, \"p100\": 100.0}"));
    assertThat(point.has("Sum")).isFalse();
  }

  @Test
  void whatHasNoPercentilesIsLeftOut() {
    plane.call("PutMetricData", put("{\"MetricName\": \"m\", %s, \"Value\": -1}".formatted(A)));

    assertThat(statistics(TIME, TIME + 60, 60, "\"ExtendedStatistics\": [\"p50\"]"))
        .isEqualTo(Json.parse("{\"Label\": \"m\", \"Datapoints\": []}"));
  }

  @Test
  void aSecondIsAPeriodWhereItIsStored() {
    for (int second = 0; second < 2; second++) {
      plane.call(
          "PutMetricData",
          put(
              "{\"MetricName\": \"m\", %s, \"Value\": 1, \"StorageResolution\": 1, \"Timestamp\": %d}"
                  .formatted(A, TIME - 10 + second)));
    }

    assertThat(statistics(TIME - 60, TIME, 1, "\"Statistics\": [\"Sum\"]").path("Datapoints"))
        .hasSize(2);
    assertThat(statistics(TIME - 60, TIME, 60, "\"Statistics\": [\"Sum\"]").path("Datapoints"))
        .hasSize(1);
  }

  @Test
  void anEntitysDataIsMetricData() {
    plane.call(
        "PutMetricData",
        """
        {"Namespace": "n", "EntityMetricData": [
          {"Entity": {"KeyAttributes": {"Type": "Service", "Name": "x"}},
           "MetricData": [{"MetricName": "m", %s, "Value": 1}]}]}
        """
            .formatted(A));

    assertThat(statistics(TIME, TIME + 60, 60, "\"Statistics\": [\"Sum\"]").path("Datapoints"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | MissingRequiredParameterException: The parameter MetricData is required.",
        "{} | MissingRequiredParameterException: The parameter MetricData.member.1.Value is required.",
        "{\"Value\": 1e200} | InvalidParameterValueException: The value 1.0E200 for parameter MetricData.member.1.Value is invalid.",
        "{\"Value\": 1, \"Values\": [1]} | InvalidParameterCombinationException: The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both.",
        "{\"Values\": [1, 2], \"Counts\": [1]} | InvalidParameterValueException: The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.",
        "{\"Values\": [1], \"Counts\": [-1]} | InvalidParameterValueException: The value -1.0 for parameter MetricData.member.1.Counts.member.1 is invalid.",
        "{\"Value\": 1, \"Timestamp\": 1} | InvalidParameterValueException: The parameter MetricData.member.1.Timestamp must specify a time no more than two weeks in the past.",
        "{\"Value\": 1, \"Timestamp\": 4000000000} | InvalidParameterValueException: The parameter MetricData.member.1.Timestamp must specify a time no more than two hours in the future.",
        "{\"Value\": 1, \"StorageResolution\": 5} | InvalidParameterValueException: The value 5 for parameter MetricData.member.1.StorageResolution is invalid.",
        "{\"StatisticValues\": {\"SampleCount\": 1, \"Sum\": 1, \"Minimum\": 2, \"Maximum\": 1}} | InvalidParameterValueException: The parameter MetricData.member.1.StatisticValues.Maximum must be greater than MetricData.member.1.StatisticValues.Minimum.",
        "{\"Value\": 1, \"Dimensions\": [{\"Name\": \"a\", \"Value\": \"1\"}, {\"Name\": \"a\", \"Value\": \"2\"}]} | InvalidParameterValueException: No Metric may specify the same dimension name twice."
      })
  void whatCannotBePutIsRefused(String datum, String refusal) {
    String named = datum.isEmpty() ? "" : "{\"MetricName\": \"m\", " + datum.substring(1);

    assertThat(plane.refusal("PutMetricData", put(named.replace(", }", "}")))).isEqualTo(refusal);
    assertThat(plane.call("ListMetrics", "{}").path("Metrics")).isEmpty();
  }

  @Test
  void awssNamespacesAreNotForUsers() {
    assertThat(
            plane.refusal(
                "PutMetricData",
                "{\"Namespace\": \"AWS/ApiGateway\", \"MetricData\": [{\"MetricName\": \"m\", \"Value\": 1}]}"))
        .isEqualTo(
            "InvalidParameterValueException: The value AWS/ApiGateway for parameter Namespace is"
                + " invalid.");
  }

  @Test
  void moreDataThanAwsTakesIsRefused() {
    ObjectNode input = Json.object().put("Namespace", "n");
    ArrayNode data = input.putArray("MetricData");
    for (int i = 0; i < 1001; i++) {
      data.addObject().put("MetricName", "m" + i).put("Value", 1);
    }

    assertThat(plane.refusal("PutMetricData", Json.text(input)))
        .isEqualTo(
            "InvalidParameterValueException: The collection MetricData must not have a size greater"
                + " than 1000.");
  }

  @Test
  void moreSeriesThanAreKeptAreRefused() {
    for (int i = 0; i < 600; i++) {
      plane.put("m" + i, TIME, 1);
    }

    assertThat(plane.refusal("PutMetricData", put("{\"MetricName\": \"other\", \"Value\": 1}")))
        .startsWith("LimitExceededFault: Portico keeps no more than 600 series");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60 | 60 | \"Unit\": \"Count\" | InvalidParameterCombinationException: Must specify either Statistics or ExtendedStatistics",
        "0 | 60 | \"Statistics\": [\"Sum\"] | InvalidParameterCombinationException: The parameter StartTime must be less than the parameter EndTime.",
        "60 | 61 | \"Statistics\": [\"Sum\"] | InvalidParameterValueException: The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.",
        "31536000 | 60 | \"Statistics\": [\"Sum\"] | InvalidParameterCombinationException: You have requested up to 525,600 datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.",
        "60 | 60 | \"ExtendedStatistics\": [\"p101\"] | InvalidParameterValueException: The value p101 for parameter ExtendedStatistics.member.1 is invalid.",
        "60 | 60 | \"ExtendedStatistics\": [\"tm90\"] | NotImplementedException: The statistic tm90 is not implemented by Portico yet."
      })
  void whatCannotBeAskedIsRefused(long span, int period, String statistics, String refusal) {
    assertThat(
            plane.refusal(
                "GetMetricStatistics", statisticsInput(TIME, TIME + span, period, statistics)))
        .isEqualTo(refusal);
  }

  @Test
  void periodsAreCountedFromTheStart() {
    for (int minute = 0; minute < 4; minute++) {
      plane.put(TIME + 60L * minute, 1);
    }

    JsonNode points =
        statistics(TIME + 61, TIME + 400, 120, "\"Statistics\": [\"Sum\"]").path("Datapoints");

    assertThat(points.findValues("Timestamp").stream().map(JsonNode::longValue))
        .containsExactly(TIME + 60, TIME + 180);
    assertThat(points.findValues("Sum").stream().map(JsonNode::doubleValue))
        .containsExactly(2.0, 1.0);
  }

  @Test
  void metricsAreListedByWhatTheyHave() {
    plane.put("m1", TIME, 1);
    plane.put("m2", TIME, 1);
    plane.call("PutMetricData", put("{\"MetricName\": \"m1\", \"Value\": 1}"));

    assertThat(plane.call("ListMetrics", "{}").path("Metrics")).hasSize(3);
    assertThat(plane.call("ListMetrics", "{\"Namespace\": \"other\"}").path("Metrics")).isEmpty();
    assertThat(plane.call("ListMetrics", "{\"MetricName\": \"m1\"}").path("Metrics")).hasSize(2);
    assertThat(
            plane.call(
                "ListMetrics",
                "{\"MetricName\": \"m1\", \"Dimensions\": [{\"Name\": \"a\"}], \"IncludeLinkedAccounts\": true}"))
        .isEqualTo(
            Json.parse(
                """
                {"Metrics": [{"Namespace": "n", "MetricName": "m1", %s}],
                 "OwningAccounts": ["111122223333"]}
                """
                    .formatted(A)));
    assertThat(
            plane
                .call("ListMetrics", "{\"Dimensions\": [{\"Name\": \"a\", \"Value\": \"2\"}]}")
                .path("Metrics"))
        .isEmpty();
  }

  @Test
  void metricsWithoutNewValuesAreListedNoMore() {
    plane.put(TIME, 1);

    plane.now = plane.now.plusSeconds(4 * 3600);
    assertThat(plane.call("ListMetrics", "{\"RecentlyActive\": \"PT3H\"}").path("Metrics"))
        .isEmpty();
    assertThat(plane.call("ListMetrics", "{}").path("Metrics")).hasSize(1);
    plane.now = plane.now.plusSeconds(14 * 24 * 3600);
    assertThat(plane.call("ListMetrics", "{}").path("Metrics")).isEmpty();
  }

  @Test
  void metricsAreListedByPages() {
    for (int i = 0; i < 501; i++) {
      plane.put("m" + i, TIME, 1);
    }

    JsonNode first = plane.call("ListMetrics", "{}");
    JsonNode second =
        plane.call(
            "ListMetrics", "{\"NextToken\": \"" + first.path("NextToken").asString() + "\"}");

    assertThat(first.path("Metrics")).hasSize(500);
    assertThat(second.path("Metrics")).hasSize(1);
    assertThat(second.has("NextToken")).isFalse();
    assertThat(plane.refusal("ListMetrics", "{\"NextToken\": \"*\"}"))
        .isEqualTo("InvalidParameterValueException: Invalid nextToken");
  }

  @Test
  void manyMetricsAreReadAtOnceTheNewestFirst() {
    plane.put("m1", TIME, 1);
    plane.put("m1", TIME + 60, 2);
    plane.put("m2", TIME, 10);

    JsonNode answer =
        plane.call(
            "GetMetricData",
            data(
                TIME,
                TIME + 300,
                "",
                metric("a", "m1", 60, "Sum"),
                metric("b", "m2", 60, "p50"),
                expression("c", "a / b * 100"),
                metric("d", "none", 60, "Sum")));

    assertThat(answer)
        .isEqualTo(
            Json.parse(
                """
                {"MetricDataResults": [
                  {"Id": "a", "Label": "m1", "Timestamps": [%1$d, %2$d], "Values": [2.0, 1.0],
                   "StatusCode": "Complete"},
                  {"Id": "b", "Label": "m2", "Timestamps": [%2$d], "Values": [10.0],
                   "StatusCode": "Complete"},
                  {"Id": "c", "Label": "c", "Timestamps": [%2$d], "Values": [10.0],
                   "StatusCode": "Complete"},
                  {"Id": "d", "Label": "none", "Timestamps": [], "Values": [],
                   "StatusCode": "Complete"}],
                 "Messages": []}
                """
                    .formatted(TIME + 60, TIME)));
  }

  @Test
  void whatIsNotAskedForIsNotReturned() {
    plane.put("m1", TIME, 1);

    JsonNode results =
        plane
            .call(
                "GetMetricData",
                data(
                    TIME,
                    TIME + 60,
                    "",
                    metric("a", "m1", 60, "Sum").replaceFirst("\\{", "{\"ReturnData\": false, "),
                    expression("c", "a * 2")))
            .path("MetricDataResults");

    assertThat(results.findValues("Id").stream().map(JsonNode::asString)).containsExactly("c");
  }

  @Test
  void dataIsReadByPages() {
    for (int minute = 0; minute < 5; minute++) {
      plane.put("m1", TIME + 60L * minute, minute);
      plane.put("m2", TIME + 60L * minute, 10 + minute);
    }
    List<Double> values = new ArrayList<>();
    List<String> states = new ArrayList<>();
    String token = "";
    do {
      JsonNode page =
          plane.call(
              "GetMetricData",
              data(
                  TIME,
                  TIME + 300,
                  "\"MaxDatapoints\": 3, \"ScanBy\": \"TimestampAscending\"," + token,
                  metric("a", "m1", 60, "Sum"),
                  metric("none", "none", 60, "Sum"),
                  metric("b", "m2", 60, "Sum")));
      for (JsonNode result : page.path("MetricDataResults")) {
        values.addAll(numbers(result.path("Values")));
        states.add(result.path("Id").asString() + " " + result.path("StatusCode").asString());
      }
      token =
          page.has("NextToken")
              ? "\"NextToken\": \"" + page.path("NextToken").asString() + "\","
              : "";
    } while (!token.isEmpty());

    assertThat(values).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 10.0, 11.0, 12.0, 13.0, 14.0);
    assertThat(states)
        .containsExactly(
            "a PartialData",
            "a Complete",
            "none Complete",
            "b PartialData",
            "b PartialData",
            "b Complete");
  }

  @Test
  void aYearByHoursIsOnePage() {
    for (int day = 0; day < 365; day++) {
      plane.put(TIME - day * 24L * 3600, 1);
    }

    JsonNode result =
        plane
            .call(
                "GetMetricData",
                data(TIME - 365L * 24 * 3600, TIME + 3600, "", metric("a", "m", 3600, "Sum")))
            .path("MetricDataResults")
            .path(0);

    assertThat(result.path("Values")).hasSize(365);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a + | Error in expression 'e': Unexpected end of the expression",
        "a + x | Error in expression 'e': The following ids were not found in the request: [x]",
        "e + 1 | Error in expression 'e': it refers to itself",
        "SUM(a) | Error in expression 'e': The result must be a time series, and is a single number",
        "SEARCH('x', 'Sum') | Error in expression 'e': Portico has no function SEARCH",
        "SELECT AVG(x) FROM y | Error in expression 'e': Portico has no Metrics Insights queries"
      })
  void anExpressionThatIsNoneIsRefused(String expression, String text) {
    assertThat(
            plane.refusal(
                "GetMetricData",
                data(
                    TIME,
                    TIME + 60,
                    "",
                    metric("a", "m1", 60, "Sum"),
                    expression("e", expression))))
        .isEqualTo("ValidationException: " + text);
  }

  @Test
  void queriesThatAreNoneAreRefused() {
    assertThat(plane.refusal("GetMetricData", data(TIME, TIME + 60, "", "{\"Id\": \"a\"}")))
        .isEqualTo(
            "ValidationException: Exactly one of MetricDataQueries.member.1.MetricStat and"
                + " MetricDataQueries.member.1.Expression must be specified.");
    assertThat(plane.refusal("GetMetricData", data(TIME, TIME + 60, "", expression("A", "1"))))
        .startsWith("ValidationException: The value A for parameter MetricDataQueries.member.1.Id");
    assertThat(
            plane.refusal(
                "GetMetricData",
                data(TIME, TIME + 60, "", expression("a", "1"), expression("a", "1"))))
        .isEqualTo(
            "ValidationException: The values for parameter id in MetricDataQueries are not unique.");
    assertThat(plane.refusal("GetMetricData", data(TIME, TIME, "", metric("a", "m", 60, "Sum"))))
        .isEqualTo(
            "ValidationException: The parameter StartTime must be less than the parameter EndTime.");
    assertThat(
            plane.refusal(
                "GetMetricData",
                data(0, TIME, "", metric("a", "m", 1, "Sum"), expression("e", "FILL(a, 0)"))))
        .startsWith("ValidationException: The expressions are of up to ");
    assertThat(
            plane.refusal(
                "GetMetricData",
                data(TIME, TIME + 60, "\"NextToken\": \"eA\",", metric("a", "m", 60, "Sum"))))
        .isEqualTo("InvalidNextToken: Invalid nextToken");
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void expressionsThatShareTheirPartsAreEachLookedAtOnce() {
    plane.put("m1", TIME, 1);
    List<String> queries = new ArrayList<>();
    queries.add(metric("e0", "m1", 60, "Sum"));
    queries.add(expression("e1", "e0 + 0"));
    for (int i = 2; i <= 60; i++) {
      queries.add(expression("e" + i, "e%d + e%d".formatted(i - 1, i - 2)));
    }

    JsonNode answer =
        plane.call("GetMetricData", data(TIME, TIME + 60, "", queries.toArray(String[]::new)));

    assertThat(numbers(answer.path("MetricDataResults").path(20).path("Values")))
        .containsExactly(10_946.0);
  }

  @Test
  void expressionsMakeNoMorePointsThanAllowed() {
    assertThat(
            plane.refusal(
                "GetMetricData",
                data(
                    TIME - 300 * 24 * 3600,
                    TIME,
                    "",
                    metric("a", "m1", 60, "Sum"),
                    expression("e", "FILL(a, 0) + FILL(a, 1) + FILL(a, 2)"))))
        .startsWith(
            "ValidationException: Error in expression 'e': The expressions make more than"
                + " 1500000 data points");
  }
}
