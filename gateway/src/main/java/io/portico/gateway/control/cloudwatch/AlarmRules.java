package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What PutMetricAlarm demands beyond the model. AWS: source: documented, PutMetricAlarm; words that
 * are not reported by users of AWS's clients are inferred.
 */
final class AlarmRules {
  private static final Set<String> MISSING_DATA =
      Set.of("breaching", "notBreaching", "ignore", "missing");

  private static final Set<String> OF_BANDS =
      Set.of(
          "LessThanLowerOrGreaterThanUpperThreshold",
          "LessThanLowerThreshold",
          "GreaterThanUpperThreshold");

  /** What an alarm on one metric has, and one on several has in their places. */
  private static final List<String> OF_ONE_METRIC =
      List.of(
          "Namespace",
          "MetricName",
          "Dimensions",
          "Period",
          "Unit",
          "Statistic",
          "ExtendedStatistic");

  /** AWS: source: documented, MetricDataQuery. */
  private static final int MOST_METRICS = 10;

  /** AWS: source: documented, MetricDataQuery. */
  private static final int MOST_EXPRESSIONS = 10;

  private static final int DAY = 86_400;
  private static final int HOUR = 3_600;

  private AlarmRules() {}

  /**
   * @throws ServiceException for what is broken, or what Portico does not have
   */
  static void check(Input input) {
    refuseMissing(input);
    if (input.string("AlarmName").chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw CloudWatchErrors.validation(
          "The value for parameter AlarmName must not have control characters.");
    }
    require(input, "ComparisonOperator");
    require(input, "EvaluationPeriods");
    require(input, "Threshold");
    checkOption(input, "TreatMissingData", MISSING_DATA);
    checkOption(input, "EvaluateLowSampleCountPercentile", Set.of("evaluate", "ignore"));
    Integer some = input.integerOrNull("DatapointsToAlarm");
    if (some != null && some > evaluationPeriods(input)) {
      throw CloudWatchErrors.validation(
          "DatapointsToAlarm must be less than or equal to EvaluationPeriods");
    }
    Double threshold = MetricInputs.numberOrNull(input, "Threshold");
    if (threshold == null || !Double.isFinite(threshold)) {
      throw CloudWatchErrors.validation(
          "The value %s for parameter Threshold is invalid.".formatted(threshold));
    }
    if (input.has("Metrics")) {
      checkMetrics(input);
    } else {
      checkMetric(input);
    }
    checkSpan(input);
    for (String member : List.of("OKActions", "AlarmActions", "InsufficientDataActions")) {
      checkActions(input, member);
    }
  }

  private static void refuseMissing(Input input) {
    if (input.has("EvaluationCriteria")) {
      throw missing("PromQL queries");
    }
    if (input.has("ThresholdMetricId")
        || OF_BANDS.contains(
            Objects.requireNonNullElse(input.stringOrNull("ComparisonOperator"), ""))) {
      throw missing("anomaly detection models");
    }
    Input window = input.structureOrNull("EvaluationWindow");
    if (window != null && window.has("WallClockWindow")) {
      throw missing("wall clock windows");
    }
  }

  private static ServiceException missing(String what) {
    return CloudWatchErrors.validation("Portico has no alarms on %s yet.".formatted(what));
  }

  private static void require(Input input, String member) {
    if (!input.has(member)) {
      throw CloudWatchErrors.validation("The parameter %s is required.".formatted(member));
    }
  }

  private static int evaluationPeriods(Input input) {
    return Objects.requireNonNull(input.integerOrNull("EvaluationPeriods"));
  }

  private static void checkOption(Input input, String member, Set<String> options) {
    String value = input.stringOrNull(member);
    if (value != null && !options.contains(value)) {
      throw CloudWatchErrors.validation(
          "The value %s for parameter %s is invalid.".formatted(value, member));
    }
  }

  private static void checkMetric(Input input) {
    require(input, "MetricName");
    require(input, "Namespace");
    require(input, "Period");
    if (input.has("Statistic") == input.has("ExtendedStatistic")) {
      throw CloudWatchErrors.validation(
          "Exactly one of Statistic and ExtendedStatistic must be specified.");
    }
    int period = Objects.requireNonNull(input.integerOrNull("Period"));
    if (period != 10 && period != 20 && period != 30 && period % 60 != 0) {
      throw CloudWatchErrors.validation("Period must be 10, 20, 30 or a multiple of 60");
    }
    String extended = input.stringOrNull("ExtendedStatistic");
    Stat stat = extended == null ? null : Stat.find(extended);
    if (extended != null && (stat == null || !stat.isPercentile())) {
      throw CloudWatchErrors.validation(
          "The value %s for parameter ExtendedStatistic is not supported.".formatted(extended));
    }
  }

  private static void checkMetrics(Input input) {
    for (String member : OF_ONE_METRIC) {
      if (input.has(member)) {
        throw CloudWatchErrors.validation(
            "The parameters Metrics and %s are mutually exclusive and you have specified both."
                .formatted(member));
      }
    }
    List<Input> sent = input.structures("Metrics");
    if (sent.size() > MOST_METRICS + MOST_EXPRESSIONS) {
      throw CloudWatchErrors.validation(
          "The collection Metrics must not have a size greater than %d."
              .formatted(MOST_METRICS + MOST_EXPRESSIONS));
    }
    List<MetricQuery> queries = MetricQueries.read(sent, "Metrics");
    long metrics = queries.stream().filter(query -> query.metric() != null).count();
    if (metrics > MOST_METRICS || queries.size() - metrics > MOST_EXPRESSIONS) {
      throw CloudWatchErrors.validation(
          "The collection Metrics must not have more than %d metrics and %d expressions."
              .formatted(MOST_METRICS, MOST_EXPRESSIONS));
    }
    if (queries.stream().filter(MetricQuery::returnData).count() != 1) {
      throw CloudWatchErrors.validation(
          "Exactly one element of the metrics list should return data.");
    }
  }

  private static void checkSpan(Input input) {
    AlarmSettings settings = new AlarmSettings(input);
    int period = settings.period();
    long span = (long) period * settings.evaluationPeriods();
    if (span > (period < HOUR ? DAY : 7 * DAY)) {
      throw CloudWatchErrors.validation(
          period < HOUR
              ? "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must"
                  + " be <= 86400)."
              : "Metrics cannot be checked across more than seven days (EvaluationPeriods * Period"
                  + " must be <= 604800).");
    }
  }

  private static void checkActions(Input input, String member) {
    for (String action :
        Objects.requireNonNullElse(input.stringsOrNull(member), List.<String>of())) {
      if (!action.startsWith("arn:") || action.split(":", 6).length < 6) {
        throw CloudWatchErrors.validation("Invalid arn syntax: " + action);
      }
    }
  }
}
