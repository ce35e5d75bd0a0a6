package io.portico.gateway.control.cloudwatch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * To which state an alarm comes by the values of its last periods.
 *
 * <p>AWS: more periods are looked at than are evaluated, so that real values are found where some
 * are missing; those that are missing then are treated as the alarm says. Source: documented,
 * "Configuring how CloudWatch alarms treat missing data", whose tables are this class's test. How
 * many more is not documented; its tables have two.
 *
 * <p>AWS: breaching values that are fewer than are to alarm do so only where the oldest is as many
 * periods old as are to alarm, and none is within the threshold: the next one may be; source:
 * documented there. Until then there are too few: so the page had it of a single value in an
 * earlier edition, and of several it is inferred.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html">Missing
 *     data</a>
 */
final class AlarmEvaluation {
  static final int MORE_PERIODS = 2;

  static final String OK = "OK";
  static final String ALARM = "ALARM";
  static final String INSUFFICIENT_DATA = "INSUFFICIENT_DATA";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss").withZone(ZoneOffset.UTC);

  private final AlarmSettings settings;

  /** The newest first. */
  private final List<Map.Entry<Long, Double>> real;

  /** Where the last period ends. */
  private final long end;

  /**
   * @param state null where the current one stays
   * @param evaluated the values it was found by, the newest first
   */
  record Outcome(@Nullable String state, String reason, List<Map.Entry<Long, Double>> evaluated) {}

  private AlarmEvaluation(AlarmSettings settings, List<Map.Entry<Long, Double>> real, long end) {
    this.settings = settings;
    this.real = real;
    this.end = end;
  }

  /**
   * @param values by the start of their period: those of the alarm's periods and of {@link
   *     #MORE_PERIODS} more
   * @param end of the last period, in seconds
   */
  static Outcome of(AlarmSettings settings, NavigableMap<Long, Double> values, long end) {
    List<Map.Entry<Long, Double>> newest =
        values.descendingMap().entrySet().stream()
            .limit(settings.evaluationPeriods())
            .collect(Collectors.toCollection(ArrayList::new));
    return new AlarmEvaluation(settings, newest, end).outcome();
  }

  private Outcome outcome() {
    int missing = settings.evaluationPeriods() - real.size();
    if (real.isEmpty()) {
      return nothing(missing);
    }
    int breaching = (int) real.stream().filter(this::isBreaching).count();
    int toAlarm = settings.datapointsToAlarm();
    return switch (missing == 0 ? "" : settings.treatMissingData()) {
      case "breaching" -> state(breaching + missing >= toAlarm, missing);
      case "notBreaching" -> state(breaching >= toAlarm, 0);
      case "ignore" ->
          breaching < toAlarm && breaching >= real.size()
              ? new Outcome(null, "", real)
              : state(breaching >= toAlarm, 0);
      default ->
          breaching < toAlarm && breaching == real.size() && oldest() < toAlarm
              ? insufficient(missing)
              : state(breaching >= Math.min(toAlarm, real.size()), 0);
    };
  }

  /** How many periods ago the oldest value is, the last period being one. */
  private long oldest() {
    return Math.ceilDiv(end - real.getLast().getKey(), (long) settings.period());
  }

  private boolean isBreaching(Map.Entry<Long, Double> value) {
    return settings.isBreaching(value.getValue());
  }

  /** AWS: source: reported by users of AWS's clients. */
  private Outcome nothing(int missing) {
    String treated = settings.treatMissingData();
    return switch (treated) {
      case "breaching", "notBreaching" ->
          new Outcome(
              treated.equals("breaching") ? ALARM : OK,
              ("Threshold Crossed: no datapoints were received for %d period%s and %d missing"
                      + " datapoint%s %s treated as [%s].")
                  .formatted(
                      missing,
                      missing == 1 ? "" : "s",
                      missing,
                      missing == 1 ? "" : "s",
                      missing == 1 ? "was" : "were",
                      treated.equals("breaching") ? "Breaching" : "NonBreaching"),
              real);
      case "ignore" -> new Outcome(null, "", real);
      default -> insufficient(missing);
    };
  }

  private Outcome insufficient(int missing) {
    return new Outcome(
        INSUFFICIENT_DATA,
        "Insufficient Data: %d datapoint%s unknown."
            .formatted(missing, missing == 1 ? " was" : "s were"),
        real);
  }

  private Outcome state(boolean alarm, int filled) {
    return new Outcome(alarm ? ALARM : OK, reason(alarm, filled), real);
  }

  /** AWS: source: reported by users of AWS's clients; that with filled values is inferred. */
  private String reason(boolean alarm, int filled) {
    List<Map.Entry<Long, Double>> shown =
        real.stream()
            .filter(value -> !settings.isMOutOfN() || isBreaching(value) == alarm)
            .toList();
    int count = shown.size();
    StringBuilder reason = new StringBuilder("Threshold Crossed: ");
    if (settings.isMOutOfN()) {
      reason.append(count).append(" out of the last ").append(real.size()).append(" datapoints");
    } else {
      reason.append(count).append(count == 1 ? " datapoint" : " datapoints");
    }
    reason
        .append(" [")
        .append(shown.stream().map(AlarmEvaluation::text).collect(Collectors.joining(", ")))
        .append(']')
        .append(count == 1 ? " was" : " were")
        .append(alarm ? " " : " not ")
        .append(settings.comparison())
        .append(" the threshold (")
        .append(settings.threshold())
        .append(')');
    if (filled > 0) {
      reason
          .append(" and ")
          .append(filled)
          .append(filled == 1 ? " missing datapoint was" : " missing datapoints were")
          .append(" treated as [Breaching]");
    }
    if (settings.isMOutOfN()) {
      int least =
          alarm
              ? settings.datapointsToAlarm()
              : settings.evaluationPeriods() - settings.datapointsToAlarm() + 1;
      reason
          .append(" (minimum ")
          .append(least)
          .append(least == 1 ? " datapoint for " : " datapoints for ")
          .append(alarm ? "OK -> ALARM" : "ALARM -> OK")
          .append(" transition)");
    }
    return reason.append('.').toString();
  }

  private static String text(Map.Entry<Long, Double> value) {
    return value.getValue() + " (" + TIME.format(Instant.ofEpochSecond(value.getKey())) + ")";
  }
}
