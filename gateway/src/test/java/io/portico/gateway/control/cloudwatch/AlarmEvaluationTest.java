package io.portico.gateway.control.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tables of AWS's documentation: a dash is a missing value, a zero one that does not breach, an
 * X one that does, the newest on the right.
 */
final class AlarmEvaluationTest {
  private static final long FIRST = 1_767_323_040;

  private static AlarmEvaluation.Outcome outcome(
      String values, int periods, int toAlarm, String treated) {
    ObjectNode settings =
        Json.object()
            .put("Namespace", "AWS/ApiGateway")
            .put("MetricName", "5XXError")
            .put("Statistic", "Sum")
            .put("Period", 60)
            .put("EvaluationPeriods", periods)
            .put("Threshold", 5.0)
            .put("ComparisonOperator", "GreaterThanThreshold")
            .put("TreatMissingData", treated);
    if (toAlarm < periods) {
      settings.put("DatapointsToAlarm", toAlarm);
    }
    TreeMap<Long, Double> byTime = new TreeMap<>();
    String[] all = values.split(" ", -1);
    for (int i = 0; i < all.length; i++) {
      if (!all[i].equals("-")) {
        byTime.put(FIRST + 60L * i, all[i].equals("X") ? 9.0 : 0.0);
      }
    }
    return AlarmEvaluation.of(AlarmSettings.of(settings), byTime, FIRST + 60L * all.length);
  }

  private static String state(String values, int periods, int toAlarm, String treated) {
    String state = outcome(values, periods, toAlarm, treated).state();
    return state == null ? "stays" : state;
  }

  @ParameterizedTest
  @CsvSource({
    "0 - X - X, OK, OK, OK, OK",
    "0 - - - -, OK, OK, OK, OK",
    "- - - - -, INSUFFICIENT_DATA, stays, ALARM, OK",
    "0 X X - X, ALARM, ALARM, ALARM, ALARM",
    "- - X - -, ALARM, stays, ALARM, OK"
  })
  void threeOfThree(
      String values, String missing, String ignore, String breaching, String notBreaching) {
    assertThat(state(values, 3, 3, "missing")).isEqualTo(missing);
    assertThat(state(values, 3, 3, "ignore")).isEqualTo(ignore);
    assertThat(state(values, 3, 3, "breaching")).isEqualTo(breaching);
    assertThat(state(values, 3, 3, "notBreaching")).isEqualTo(notBreaching);
  }

  @ParameterizedTest
  @CsvSource({
    "0 - X - X, ALARM, ALARM, ALARM, ALARM",
    "0 0 X 0 X, ALARM, ALARM, ALARM, ALARM",
    "0 - X - -, OK, OK, ALARM, OK",
    "- - - - 0, OK, OK, ALARM, OK",
    "- - - X -, ALARM, stays, ALARM, OK"
  })
  void twoOfThree(
      String values, String missing, String ignore, String breaching, String notBreaching) {
    assertThat(state(values, 3, 2, "missing")).isEqualTo(missing);
    assertThat(state(values, 3, 2, "ignore")).isEqualTo(ignore);
    assertThat(state(values, 3, 2, "breaching")).isEqualTo(breaching);
    assertThat(state(values, 3, 2, "notBreaching")).isEqualTo(notBreaching);
  }

  /**
   * "Avoiding premature transitions to alarm state" of the same page; that the state is
   * INSUFFICIENT_DATA is a row of its earlier edition where there is one value, inferred otherwise.
   */
  @ParameterizedTest
  @CsvSource({
    "- - - - X, 3, INSUFFICIENT_DATA",
    "- - - X -, 3, INSUFFICIENT_DATA",
    "- - - X X, 3, INSUFFICIENT_DATA",
    "- - X - -, 3, ALARM",
    "- - X X -, 3, ALARM",
    "- X - - X, 3, ALARM",
    "X - - - -, 3, ALARM",
    "- - - X 0, 3, OK",
    "- - X - 0, 3, OK",
    "- - - - X, 2, INSUFFICIENT_DATA",
    "- - - X -, 2, ALARM",
    "- - - X X, 2, ALARM",
    "- - - X 0, 2, OK",
    "- - - - X, 1, ALARM"
  })
  void fewBreachingValuesAlarmOnceTheyAreOldEnough(String values, int toAlarm, String state) {
    assertThat(state(values, 3, toAlarm, "missing")).isEqualTo(state);
  }

  /** The other columns of that row: a missing value counts as it is treated at once. */
  @ParameterizedTest
  @CsvSource({"ignore, stays", "breaching, ALARM", "notBreaching, OK"})
  void aSingleNewValueIsTreatedAsSaid(String treated, String state) {
    assertThat(state("- - - - X", 3, 3, treated)).isEqualTo(state);
    assertThat(state("- - - - X", 3, 2, treated)).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X | 1 | 1 | missing | Threshold Crossed: 1 datapoint [9.0 (02/01/26 03:04:00)] was greater than the threshold (5.0).",
        "0 | 1 | 1 | missing | Threshold Crossed: 1 datapoint [0.0 (02/01/26 03:04:00)] was not greater than the threshold (5.0).",
        "X X | 2 | 2 | missing | Threshold Crossed: 2 datapoints [9.0 (02/01/26 03:05:00), 9.0 (02/01/26 03:04:00)] were greater than the threshold (5.0).",
        "X 0 X | 3 | 2 | missing | Threshold Crossed: 2 out of the last 3 datapoints [9.0 (02/01/26 03:06:00), 9.0 (02/01/26 03:04:00)] were greater than the threshold (5.0) (minimum 2 datapoints for OK -> ALARM transition).",
        "0 0 X | 3 | 2 | missing | Threshold Crossed: 2 out of the last 3 datapoints [0.0 (02/01/26 03:05:00), 0.0 (02/01/26 03:04:00)] were not greater than the threshold (5.0) (minimum 2 datapoints for ALARM -> OK transition).",
        "- | 1 | 1 | missing | Insufficient Data: 1 datapoint was unknown.",
        "- - | 2 | 2 | missing | Insufficient Data: 2 datapoints were unknown.",
        "- - | 2 | 2 | breaching | Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].",
        "- | 1 | 1 | notBreaching | Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching]."
      })
  void theReasonIsInAwssWords(
      String values, int periods, int toAlarm, String treated, String reason) {
    assertThat(outcome(values, periods, toAlarm, treated).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "GreaterThanThreshold, false, true, greater than",
    "GreaterThanOrEqualToThreshold, true, true, greater than or equal to",
    "LessThanThreshold, false, false, less than",
    "LessThanOrEqualToThreshold, true, false, less than or equal to"
  })
  void aComparisonIsWhatItsNameSays(String name, boolean equal, boolean greater, String words) {
    AlarmSettings settings =
        AlarmSettings.of(Json.object().put("Threshold", 5.0).put("ComparisonOperator", name));

    assertThat(settings.isBreaching(5)).isEqualTo(equal);
    assertThat(settings.isBreaching(6)).isEqualTo(greater);
    assertThat(settings.comparison()).isEqualTo(words);
  }

  @Test
  void whatIsOlderThanThePeriodsCountsOnlyWhereSomethingIsMissing() {
    assertThat(state("X 0 0", 2, 1, "missing")).isEqualTo("OK");
    assertThat(state("X 0 -", 2, 1, "missing")).isEqualTo("ALARM");
  }
}
