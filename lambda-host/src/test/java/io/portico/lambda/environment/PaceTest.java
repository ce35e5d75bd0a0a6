package io.portico.lambda.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();

  private void answered(int times, Duration each) {
    for (int i = 0; i < times; i++) {
      pace.answered(each.toNanos());
    }
  }

  @Test
  void invocationsThatTakeAFifthOfAMomentNeedAFifthOfTheEnvironments() {
    answered(1_000, Duration.ofMillis(4));

    assertThat(pace.needs(16)).isEqualTo(4);
    assertThat(pace.needs(5)).isEqualTo(1);
    assertThat(pace.needs(6)).isEqualTo(2);
  }

  @Test
  void invocationsThatTakeAMomentNeedThemAll() {
    answered(3, Duration.ofMillis(10));
    answered(3, Duration.ofMillis(30));

    assertThat(pace.needs(16)).isEqualTo(16);
  }

  @Test
  void whereNothingWasAnsweredAllAreNeeded() {
    answered(3, Duration.ofMillis(1));
    pace.reset();

    assertThat(pace.needs(7)).isEqualTo(7);
  }

  @Test
  void invocationsOfFifteenMinutesOverflowNothing() {
    answered(10_000, Duration.ofMinutes(15));

    assertThat(pace.needs(1_000)).isGreaterThan(1_000);
  }
}
