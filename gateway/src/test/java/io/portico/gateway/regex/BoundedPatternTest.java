package io.portico.gateway.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.compute.HeardCarrier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

final class BoundedPatternTest {

  @Test
  void matchesTheWholeText() {
    BoundedPattern pattern = BoundedPattern.compile("4\\d\\d|.*not found.*", Pattern.DOTALL);

    assertThat(pattern.matches("404", Carrier.UNSHARED)).isTrue();
    assertThat(pattern.matches("4040", Carrier.UNSHARED)).isFalse();
    assertThat(pattern.matches("pet\nnot found\n", Carrier.UNSHARED)).isTrue();
  }

  @Test
  void stopsAnExpressionThatMultiplies() {
    BoundedPattern pattern = BoundedPattern.compile(".*.*.*.*.*.*b", 0);

    assertThatExceptionOfType(TooManyStepsException.class)
        .isThrownBy(() -> pattern.matches("a".repeat(100), Carrier.UNSHARED))
        .withMessageContaining("too many steps");
  }

  @Test
  void refusesAnExpressionThatIsTooLongToCompile() {
    assertThatExceptionOfType(PatternSyntaxException.class)
        .isThrownBy(() -> BoundedPattern.compile("a".repeat(1 << 20), 0));
  }

  @Test
  void stopsAnExpressionThatRecurses() {
    BoundedPattern pattern = BoundedPattern.compile("(a|b)*", 0);

    assertThatExceptionOfType(TooManyStepsException.class)
        .isThrownBy(() -> pattern.matches("ab".repeat(200_000), Carrier.UNSHARED))
        .withMessageContaining("nests too deeply");
  }

  @Test
  void isNoneWhereTheExpressionItselfNestsTooDeeply() {
    String expression = "(".repeat(1_000_000);

    assertThatExceptionOfType(PatternSyntaxException.class)
        .isThrownBy(() -> BoundedPattern.compile(expression, 0));
  }

  @Test
  void readsALongTextOfAnOrdinaryExpression() {
    BoundedPattern pattern = BoundedPattern.compile(".*needle.*", Pattern.DOTALL);

    assertThat(pattern.matches("x".repeat(1_000_000) + "needle", Carrier.UNSHARED)).isTrue();
  }

  @Test
  void saysThatItGoesOn() {
    HeardCarrier carrier = new HeardCarrier();

    BoundedPattern.compile(".*needle.*", Pattern.DOTALL).matches("x".repeat(100_000), carrier);

    assertThat(carrier.timesComputing()).isGreaterThan(10);
  }
}
