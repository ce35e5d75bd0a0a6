package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.protocol.Input;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What an alarm's settings say, read from the members of PutMetricAlarm. */
record AlarmSettings(Input input) {
  /** The id of the query of an alarm on one metric. */
  private static final String ONLY = "m1";

  static AlarmSettings of(ObjectNode settings) {
    return new AlarmSettings(new Input(settings));
  }

  /** Its queries: one, where it is an alarm on one metric. */
  List<MetricQuery> queries() {
    if (input.has("Metrics")) {
      return MetricQueries.read(input.structures("Metrics"), "Metrics");
    }
    return List.of(
        new MetricQuery(
            ONLY,
            new MetricQuery.OfMetric(
                input.string("Namespace"),
                input.string("MetricName"),
                MetricInputs.dimensions(input),
                Objects.requireNonNull(input.integerOrNull("Period")),
                statistic(),
                input.stringOrNull("Unit")),
            null,
            null,
            true,
            null));
  }

  boolean isOnOneMetric() {
    return !input.has("Metrics");
  }

  String statistic() {
    String simple = input.stringOrNull("Statistic");
    return simple == null ? input.string("ExtendedStatistic") : simple;
  }

  /** The percentile that is watched, where its number of values counts; else null. */
  @Nullable Stat percentileOfEnoughValues() {
    return isOnOneMetric()
            && "ignore".equals(input.stringOrNull("EvaluateLowSampleCountPercentile"))
        ? percentile(Stat.find(statistic()))
        : null;
  }

  private static @Nullable Stat percentile(@Nullable Stat stat) {
    return stat != null && stat.isPercentile() ? stat : null;
  }

  int evaluationPeriods() {
    return Objects.requireNonNull(input.integerOrNull("EvaluationPeriods"));
  }

  /** AWS: all of them where nothing else is said; source: documented, "Evaluating an alarm". */
  int datapointsToAlarm() {
    Integer some = input.integerOrNull("DatapointsToAlarm");
    return some == null ? evaluationPeriods() : some;
  }

  boolean isMOutOfN() {
    return input.has("DatapointsToAlarm");
  }

  double threshold() {
    return Objects.requireNonNull(MetricInputs.numberOrNull(input, "Threshold"));
  }

  String treatMissingData() {
    return Objects.requireNonNullElse(input.stringOrNull("TreatMissingData"), "missing");
  }

  boolean actionsEnabled() {
    return !input.has("ActionsEnabled") || input.bool("ActionsEnabled");
  }

  /** What is done once it comes to a state. */
  List<String> actions(String state) {
    String member =
        switch (state) {
          case "OK" -> "OKActions";
          case "ALARM" -> "AlarmActions";
          default -> "InsufficientDataActions";
        };
    return Objects.requireNonNullElse(input.stringsOrNull(member), List.<String>of());
  }

  boolean isBreaching(double value) {
    return switch (input.string("ComparisonOperator")) {
      case "GreaterThanOrEqualToThreshold" -> value >= threshold();
      case "GreaterThanThreshold" -> value > threshold();
      case "LessThanThreshold" -> value < threshold();
      default -> value <= threshold();
    };
  }

  /** Its comparison, in words. */
  String comparison() {
    String words =
        input
            .string("ComparisonOperator")
            .replace("Threshold", "")
            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
            .toLowerCase(Locale.ROOT);
    return words.strip();
  }

  /** Of how long the periods are, in seconds. */
  int period() {
    return queries().stream()
        .mapToInt(
            query ->
                query.metric() != null
                    ? query.metric().period()
                    : query.period() == null ? 1 : query.period())
        .max()
        .orElse(60);
  }
}
