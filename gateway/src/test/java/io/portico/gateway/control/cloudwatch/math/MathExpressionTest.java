package io.portico.gateway.control.cloudwatch.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MathExpressionTest {
  private static final Map<String, MathValue> VALUES =
      Map.of(
          "m1", series(Map.of(0L, 1.0, 60L, 2.0, 120L, 3.0)),
          "m2", series(Map.of(0L, 10.0, 60L, 0.0)),
          "e1", new MathValue.Scalar(7));

  private static MathValue.Series series(Map<Long, Double> points) {
    return new MathValue.Series("label", new TreeMap<>(points), 60);
  }

  private static MathValue value(String expression) {
    return MathExpression.of(expression)
        .value(
            id -> Objects.requireNonNull(VALUES.get(id)),
            List.of("m1", "m2"),
            0,
            240,
            new PointBudget(1_000));
  }

  private static String shown(MathValue value) {
    return switch (value) {
      case MathValue.Scalar scalar -> String.valueOf(scalar.number());
      case MathValue.Series series -> series.points().toString();
      case MathValue.SeriesList list ->
          list.all().stream().map(MathValue.Series::points).toList().toString();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1 + 2 * 3 ; 7.0",
        "(1 + 2) * 3 ; 9.0",
        "-2 ^ 2 + 1 ; 5.0",
        "10 - 4 - 3 ; 3.0",
        "1e3 / .5 ; 2000.0",
        "e1 * 2 ; 14.0",
        "m1 * 100 ; {0=100.0, 60=200.0, 120=300.0}",
        "100 - m1 ; {0=99.0, 60=98.0, 120=97.0}",
        "m1 + m2 ; {0=11.0, 60=2.0}",
        "m1 / m2 ; {0=0.1}",
        "SUM(m1) ; 6.0",
        "avg(m1) + MIN(m1) + MAX(m1) ; 6.0",
        "SUM([m1, m2]) ; {0=11.0, 60=2.0, 120=3.0}",
        "AVG(METRICS()) ; {0=5.5, 60=1.0, 120=3.0}",
        "MAX(METRICS('m2')) ; {0=10.0, 60=0.0}",
        "METRICS() * 2 ; [{0=2.0, 60=4.0, 120=6.0}, {0=20.0, 60=0.0}]",
        "FILL(m2, 5) ; {0=10.0, 60=0.0, 120=5.0, 180=5.0}",
        "FILL(m2, REPEAT) ; {0=10.0, 60=0.0, 120=0.0, 180=0.0}",
        "FILL(m2, m1) ; {0=10.0, 60=0.0, 120=3.0}",
        "m1 > 1 ; {0=0.0, 60=1.0, 120=1.0}",
        "IF(m1 >= 2 AND m1 != 3, m1, 0) ; {0=0.0, 60=2.0, 120=0.0}",
        "IF(m1 < 2 || m1 == 3, 1, m2) ; {0=1.0, 60=0.0, 120=1.0}",
        "IF(e1 > 5, m1, m2) ; {0=1.0, 60=2.0, 120=3.0}",
        "ABS(-3) + CEIL(0.5) + FLOOR(1.5) ; 5.0"
      })
  void anExpressionHasAValue(String expression, String value) {
    assertThat(shown(value(expression))).isEqualTo(value);
  }

  @Test
  void gapsAreFilledByTheLineBetween() {
    MathValue value =
        MathExpression.of("FILL(m1, LINEAR)")
            .value(
                id -> series(Map.of(60L, 1.0, 180L, 3.0)),
                List.of(),
                0,
                300,
                new PointBudget(1_000));

    assertThat(shown(value)).isEqualTo("{60=1.0, 120=2.0, 180=3.0}");
  }

  @Test
  void whatAddsUpToNoNumberIsLeftOut() {
    MathValue value =
        MathExpression.of("SUM([m1, m1])")
            .value(
                id -> series(Map.of(0L, Double.MAX_VALUE, 60L, 1.0)),
                List.of(),
                0,
                120,
                new PointBudget(1_000));

    assertThat(shown(value)).isEqualTo("{60=2.0}");
  }

  @Test
  void whatFillsGapsIsWorkedOutOnce() {
    AtomicInteger asked = new AtomicInteger();

    MathValue value =
        MathExpression.of("FILL(m1, e1 * 2)")
            .value(
                id -> {
                  asked.incrementAndGet();
                  return id.equals("m1") ? series(Map.of()) : new MathValue.Scalar(2);
                },
                List.of(),
                0,
                240,
                new PointBudget(1_000));

    assertThat(shown(value)).isEqualTo("{0=4.0, 60=4.0, 120=4.0, 180=4.0}");
    assertThat(asked).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FILL(m1, 0)",
        "FILL(SUM(METRICS('none')), 0)",
        "m1 + m1",
        "m1 + 1",
        "-m1",
        "SUM([m1, m1])",
        "IF(m1, 1, 2)"
      })
  void noMorePointsAreMadeThanAllowed(String expression) {
    MathException refusal =
        catchThrowableOfType(
            MathException.class,
            () ->
                MathExpression.of(expression)
                    .value(
                        id -> Objects.requireNonNull(VALUES.get(id)),
                        List.of("m1"),
                        0,
                        240,
                        new PointBudget(2)));

    assertThat(refusal).isNotNull();
    assertThat(refusal.text()).startsWith("The expressions make more than 2 data points");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "m1 + | Unexpected end of the expression",
        "m1 m2 | Unexpected 'm2'",
        "(m1 | Expected ')' and found ''",
        "m1 $ 2 | Unexpected character at position 2",
        "* 2 | Unexpected '*'",
        "SEARCH('{AWS/ApiGateway} x', 'Sum') | Portico has no function SEARCH",
        "ANOMALY_DETECTION_BAND(m1) | Portico has no function ANOMALY_DETECTION_BAND",
        "SELECT AVG(Latency) FROM x | Portico has no Metrics Insights queries",
        "SUM(m1, m2) | SUM takes 1 argument",
        "FILL(m1) | FILL takes 2 arguments",
        "FILL(m1, SOMEHOW) | FILL takes a number, REPEAT or LINEAR",
        "FILL(1, 2) | FILL takes time series",
        "[m1] + [m2] | An operator cannot stand between two arrays",
        "[1] | An array has time series, and no single number",
        "'text' | Unexpected text 'text'",
        "REPEAT | Unexpected 'REPEAT'",
        "METRICS(m1) | METRICS takes a part of the ids of metrics, or nothing",
        "IF([m1], 1, 2) | IF takes a time series or a number as its condition"
      })
  void whatIsNoExpressionIsRefused(String expression, String text) {
    MathException refusal =
        catchThrowableOfType(MathException.class, () -> shown(value(expression)));

    assertThat(refusal).isNotNull();
    assertThat(refusal.text()).isEqualTo(text);
  }

  @Test
  void anExpressionIsNotNestedWithoutEnd() {
    for (String deep : List.of("(".repeat(2000), "-".repeat(2000), "[".repeat(2000))) {
      assertThat(catchThrowableOfType(MathException.class, () -> MathExpression.of(deep)).text())
          .isEqualTo("The expression is nested too deeply");
    }
  }

  @Test
  void knowsWhatItIsMadeOf() {
    assertThat(MathExpression.of("SUM([m1, m2]) / e1 + FILL(m1, REPEAT)").references())
        .containsExactly("m1", "m2", "e1");
  }

  @ParameterizedTest
  @CsvSource({"(,)", "[,]", "-,''", "ABS(,)", "'FILL(m1, ', )"})
  void whatIsNestedTooDeeplyIsNoExpression(String opening, String closing) {
    String expression = opening.repeat(10_000) + "m1" + closing.repeat(10_000);

    MathException refused =
        catchThrowableOfType(MathException.class, () -> MathExpression.of(expression));

    assertThat(refused.text()).isEqualTo("The expression is nested too deeply");
  }

  @Test
  void operatorsOneBehindTheOtherAreNotNested() {
    assertThat(shown(value("1 - 1" + " + 1 - 1".repeat(10_000) + " * 7"))).isEqualTo("-6.0");
    assertThat(shown(value("e1" + "^1".repeat(10_000)))).isEqualTo("7.0");
  }
}
