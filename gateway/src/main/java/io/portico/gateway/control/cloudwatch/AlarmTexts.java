package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.json.Json;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.model.cloudwatch.AlarmRecord;
import io.portico.gateway.model.cloudwatch.AlarmState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What CloudWatch says about an alarm in JSON: to those who are notified, in its history, and as
 * the data of a state's reason. AWS: source: reported by users of AWS's clients.
 */
final class AlarmTexts {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ").withZone(ZoneOffset.UTC);

  private static final Map<String, String> REGIONS =
      Map.ofEntries(
          Map.entry("us-east-1", "US East (N. Virginia)"),
          Map.entry("us-east-2", "US East (Ohio)"),
          Map.entry("us-west-1", "US West (N. California)"),
          Map.entry("us-west-2", "US West (Oregon)"),
          Map.entry("ca-central-1", "Canada (Central)"),
          Map.entry("sa-east-1", "South America (Sao Paulo)"),
          Map.entry("eu-west-1", "EU (Ireland)"),
          Map.entry("eu-west-2", "EU (London)"),
          Map.entry("eu-west-3", "EU (Paris)"),
          Map.entry("eu-central-1", "EU (Frankfurt)"),
          Map.entry("eu-north-1", "EU (Stockholm)"),
          Map.entry("ap-south-1", "Asia Pacific (Mumbai)"),
          Map.entry("ap-northeast-1", "Asia Pacific (Tokyo)"),
          Map.entry("ap-northeast-2", "Asia Pacific (Seoul)"),
          Map.entry("ap-southeast-1", "Asia Pacific (Singapore)"),
          Map.entry("ap-southeast-2", "Asia Pacific (Sydney)"));

  /** The longest subject. AWS: source: documented, SNS's Publish. */
  private static final int LONGEST_SUBJECT = 100;

  private AlarmTexts() {}

  static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  private static String region(String code) {
    return REGIONS.getOrDefault(code, code);
  }

  /** What an e-mail about it has as its subject. */
  static String subject(AlarmRecord alarm, AlarmPlace place) {
    String subject =
        "%s: \"%s\" in %s".formatted(alarm.state().value(), alarm.name(), region(place.region()));
    String plain = subject.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() <= LONGEST_SUBJECT ? plain : plain.substring(0, LONGEST_SUBJECT);
  }

  /** What is published where an alarm has come to a state. */
  static ObjectNode message(AlarmRecord alarm, AlarmState before, AlarmPlace place) {
    ObjectNode settings = alarm.settings();
    AlarmState state = alarm.state();
    ObjectNode message = Json.object().put("AlarmName", alarm.name());
    message.set("AlarmDescription", orNull(settings.get("AlarmDescription")));
    message
        .put("AWSAccountId", place.accountId())
        .put("AlarmConfigurationUpdatedTimestamp", time(alarm.configuredMillis()))
        .put("NewStateValue", state.value())
        .put("NewStateReason", state.reason())
        .put("StateChangeTime", time(state.updatedMillis()))
        .put("Region", region(place.region()))
        .put("AlarmArn", place.arn(alarm.name()))
        .put("OldStateValue", before.value());
    for (String member : List.of("OKActions", "AlarmActions", "InsufficientDataActions")) {
      message.set(member, settings.has(member) ? settings.get(member).deepCopy() : Json.array());
    }
    message.set("Trigger", trigger(settings));
    return message;
  }

  private static JsonNode orNull(@Nullable JsonNode value) {
    return value == null ? Json.object().nullNode() : value;
  }

  private static ObjectNode trigger(ObjectNode settings) {
    ObjectNode trigger = Json.object();
    AlarmSettings alarm = AlarmSettings.of(settings);
    if (alarm.isOnOneMetric()) {
      trigger
          .put("MetricName", settings.path("MetricName").asString(""))
          .put("Namespace", settings.path("Namespace").asString(""));
      if (settings.has("Statistic")) {
        trigger
            .put("StatisticType", "Statistic")
            .put("Statistic", statistic(settings.path("Statistic").asString("")));
      } else {
        trigger
            .put("StatisticType", "ExtendedStatistic")
            .put("ExtendedStatistic", settings.path("ExtendedStatistic").asString(""));
      }
      trigger.set("Unit", orNull(settings.get("Unit")));
      ArrayNode dimensions = trigger.putArray("Dimensions");
      for (JsonNode dimension : settings.path("Dimensions")) {
        dimensions
            .addObject()
            .put("value", dimension.path("Value").asString(""))
            .put("name", dimension.path("Name").asString(""));
      }
    } else {
      trigger.set("Metrics", settings.get("Metrics").deepCopy());
    }
    trigger
        .put("Period", alarm.period())
        .put("EvaluationPeriods", alarm.evaluationPeriods())
        .put("DatapointsToAlarm", alarm.datapointsToAlarm())
        .put("ComparisonOperator", settings.path("ComparisonOperator").asString(""))
        .put("Threshold", alarm.threshold())
        .put("TreatMissingData", settings.path("TreatMissingData").asString(""))
        .put(
            "EvaluateLowSampleCountPercentile",
            settings.path("EvaluateLowSampleCountPercentile").asString(""));
    return trigger;
  }

  /** AWS: {@code SampleCount} is {@code SAMPLE_COUNT} there. */
  private static String statistic(String name) {
    return name.equals("SampleCount") ? "SAMPLE_COUNT" : name.toUpperCase(Locale.ROOT);
  }

  /**
   * The data of a state's reason.
   *
   * @param values of the metric by time; empty where there is not one
   * @param from when the first of the periods begins that were looked at, in seconds
   */
  static String reasonData(
      AlarmSettings settings,
      AlarmEvaluation.Outcome outcome,
      NavigableMap<Long, Distribution> values,
      long from,
      long nowMillis) {
    ObjectNode data = Json.object().put("version", "1.0").put("queryDate", time(nowMillis));
    if (!outcome.evaluated().isEmpty()) {
      data.put("startDate", time(outcome.evaluated().getLast().getKey() * 1000));
    } else {
      data.put("startDate", time(from * 1000));
    }
    if (settings.isOnOneMetric()) {
      String unit = settings.input().stringOrNull("Unit");
      if (unit != null) {
        data.put("unit", unit);
      }
      data.put("statistic", settings.statistic());
    }
    data.put("period", settings.period());
    ArrayNode recent = data.putArray("recentDatapoints");
    outcome.evaluated().reversed().forEach(value -> recent.add(value.getValue()));
    data.put("threshold", settings.threshold());
    ArrayNode evaluated = data.putArray("evaluatedDatapoints");
    outcome
        .evaluated()
        .forEach(
            value -> {
              ObjectNode point =
                  evaluated.addObject().put("timestamp", time(value.getKey() * 1000));
              Distribution counted = values.get(value.getKey());
              if (counted != null) {
                point.put("sampleCount", counted.count());
              }
              point.put("value", value.getValue());
            });
    return shortened(data);
  }

  /** AWS: no longer than 4000 characters; source: the model. */
  private static String shortened(ObjectNode data) {
    String text = Json.text(data);
    if (text.length() <= 4000) {
      return text;
    }
    data.putArray("evaluatedDatapoints");
    return Json.text(data);
  }

  /** What the history has of a state that has changed. */
  static String stateUpdate(AlarmState before, AlarmState after) {
    ObjectNode data = Json.object().put("version", "1.0");
    data.set("oldState", state(before));
    data.set("newState", state(after));
    return limited(data);
  }

  private static ObjectNode state(AlarmState state) {
    ObjectNode written =
        Json.object().put("stateValue", state.value()).put("stateReason", state.reason());
    if (state.reasonData() != null) {
      written.set("stateReasonData", parsed(state.reasonData()));
    }
    return written;
  }

  private static JsonNode parsed(String json) {
    try {
      return Json.parse(json);
    } catch (JacksonException e) {
      return Json.object().stringNode(json);
    }
  }

  /** What the history has of settings. */
  static String configuration(String type, String member, AlarmRecord alarm) {
    ObjectNode data = Json.object().put("version", "1.0").put("type", type);
    data.set(member, alarm.settings().deepCopy());
    return limited(data);
  }

  /** What the history has of an action. */
  static String action(String arn, long stateMillis, @Nullable String failure, ObjectNode message) {
    ObjectNode data =
        Json.object()
            .put("actionState", failure == null ? "Succeeded" : "Failed")
            .put("stateUpdateTimestamp", stateMillis)
            .put("notificationResource", arn);
    if (failure != null) {
      data.put("error", failure);
    }
    data.put("publishedMessage", Json.text(message));
    return limited(data);
  }

  /** AWS: no longer than 4095 characters; source: the model. */
  private static String limited(ObjectNode data) {
    String text = Json.text(data);
    if (text.length() <= 4095) {
      return text;
    }
    ObjectNode brief = Json.object();
    data.properties().stream()
        .filter(member -> member.getValue().toString().length() < 1000)
        .forEach(member -> brief.set(member.getKey(), member.getValue()));
    return Json.text(brief);
  }
}
