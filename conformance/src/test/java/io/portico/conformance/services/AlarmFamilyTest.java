package io.portico.conformance.services;

import static io.portico.conformance.services.Documents.each;
import static io.portico.conformance.services.Documents.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** CloudWatch: alarms, their states and their history. */
@Portico
final class AlarmFamilyTest {
  private static final List<Map<String, String>> DIMENSIONS =
      List.of(Map.of("Name", "ApiName", "Value", "shop"));

  private static Map<String, Object> alarm(String name) {
    Map<String, Object> alarm = new HashMap<>();
    alarm.put("AlarmName", name);
    alarm.put("Namespace", "AWS/ApiGateway");
    alarm.put("MetricName", "5XXError");
    alarm.put("Dimensions", DIMENSIONS);
    alarm.put("Statistic", "Average");
    alarm.put("Period", 60);
    alarm.put("EvaluationPeriods", 5);
    alarm.put("DatapointsToAlarm", 3);
    alarm.put("Threshold", 0.05);
    alarm.put("ComparisonOperator", "GreaterThanThreshold");
    alarm.put("TreatMissingData", "ignore");
    return alarm;
  }

  private static JsonNode described(ServiceClient cloudWatch, String name) {
    return cloudWatch
        .call("DescribeAlarms", Map.of("AlarmNames", List.of(name)))
        .path("MetricAlarms");
  }

  @EveryClient
  void anAlarmIsMadeShownSwitchedAndDeleted(AwsClient client) {
    ServiceClient cloudWatch = client.of(AwsService.CLOUDWATCH);
    String name = unique("families");
    Map<String, ?> named = Map.of("AlarmNames", List.of(name));

    cloudWatch.call("PutMetricAlarm", alarm(name));
    JsonNode made = described(cloudWatch, name).path(0);
    JsonNode ofMetric =
        cloudWatch
            .call(
                "DescribeAlarmsForMetric",
                Map.of(
                    "Namespace",
                    "AWS/ApiGateway",
                    "MetricName",
                    "5XXError",
                    "Dimensions",
                    DIMENSIONS))
            .path("MetricAlarms");
    cloudWatch.call("DisableAlarmActions", named);
    boolean disabled = described(cloudWatch, name).at("/0/ActionsEnabled").asBoolean();
    cloudWatch.call("EnableAlarmActions", named);
    boolean enabled = described(cloudWatch, name).at("/0/ActionsEnabled").asBoolean();
    cloudWatch.call(
        "SetAlarmState",
        Map.of("AlarmName", name, "StateValue", "ALARM", "StateReason", "trying it"));
    JsonNode set = described(cloudWatch, name).path(0);
    cloudWatch.call("DeleteAlarms", named);

    assertThat(made.path("AlarmArn").asString())
        .isEqualTo(
            "arn:aws:cloudwatch:%s:%s:alarm:%s".formatted(Endpoint.REGION, Endpoint.ACCOUNT, name));
    assertThat(made.path("StateValue").asString()).isEqualTo("INSUFFICIENT_DATA");
    assertThat(made.path("Threshold").asDouble()).isEqualTo(0.05);
    assertThat(made.path("DatapointsToAlarm").asInt()).isEqualTo(3);
    assertThat(made.path("StateUpdatedTimestamp").asString()).isNotEmpty();
    assertThat(each(ofMetric, "AlarmName")).contains(name);
    assertThat(disabled).isFalse();
    assertThat(enabled).isTrue();
    assertThat(set.path("StateValue").asString()).isEqualTo("ALARM");
    assertThat(set.path("StateReason").asString()).isEqualTo("trying it");
    assertThat(described(cloudWatch, name)).isEmpty();
  }

  @EveryClient
  void whatHappenedToAnAlarmIsInItsHistory(AwsClient client) {
    ServiceClient cloudWatch = client.of(AwsService.CLOUDWATCH);
    String name = unique("families");
    cloudWatch.call("PutMetricAlarm", alarm(name));
    cloudWatch.call(
        "SetAlarmState", Map.of("AlarmName", name, "StateValue", "OK", "StateReason", "r"));
    cloudWatch.call("DeleteAlarms", Map.of("AlarmNames", List.of(name)));

    JsonNode items =
        cloudWatch
            .call("DescribeAlarmHistory", Map.of("AlarmName", name, "ScanBy", "TimestampAscending"))
            .path("AlarmHistoryItems");

    assertThat(each(items, "HistorySummary"))
        .containsExactly(
            "Alarm \"" + name + "\" created",
            "Alarm updated from INSUFFICIENT_DATA to OK",
            "Alarm \"" + name + "\" deleted");
    assertThat(each(items, "HistoryItemType"))
        .containsExactly("ConfigurationUpdate", "StateUpdate", "ConfigurationUpdate");
  }

  @EveryClient
  void anAlarmHasTags(AwsClient client) {
    ServiceClient cloudWatch = client.of(AwsService.CLOUDWATCH);
    String name = unique("families");
    Map<String, Object> alarm = alarm(name);
    alarm.put("Tags", List.of(Map.of("Key", "team", "Value", "a")));
    cloudWatch.call("PutMetricAlarm", alarm);
    String arn = described(cloudWatch, name).at("/0/AlarmArn").asString();

    cloudWatch.call(
        "TagResource",
        Map.of("ResourceARN", arn, "Tags", List.of(Map.of("Key", "stage", "Value", "prod"))));
    cloudWatch.call("UntagResource", Map.of("ResourceARN", arn, "TagKeys", List.of("team")));
    JsonNode tags = cloudWatch.call("ListTagsForResource", Map.of("ResourceARN", arn)).path("Tags");
    AwsFailure none =
        cloudWatch.refused("ListTagsForResource", Map.of("ResourceARN", arn + "-none"));

    assertThat(each(tags, "Key")).containsExactly("stage");
    assertThat(each(tags, "Value")).containsExactly("prod");
    assertThat(none.code()).startsWith("ResourceNotFound");
  }

  @EveryClient
  void anAlarmThatIsNoneIsRefused(AwsClient client) {
    ServiceClient cloudWatch = client.of(AwsService.CLOUDWATCH);
    Map<String, Object> alarm = alarm(unique("families"));
    alarm.put("DatapointsToAlarm", 6);

    AwsFailure refused = cloudWatch.refused("PutMetricAlarm", alarm);
    AwsFailure unknown =
        cloudWatch.refused(
            "SetAlarmState",
            Map.of("AlarmName", unique("none"), "StateValue", "OK", "StateReason", "r"));

    assertThat(refused.code()).startsWith("Validation");
    assertThat(refused.text())
        .isEqualTo("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
    assertThat(unknown.code()).startsWith("ResourceNotFound");
  }
}
