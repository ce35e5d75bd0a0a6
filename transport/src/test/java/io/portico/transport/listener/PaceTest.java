package io.portico.transport.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** From an arbitrary time on, 10 s a pause and then 100 bytes a second. */
  private static Pace pace(long now) {
    Pace pace = new Pace(Duration.ofSeconds(10), 100);
    pace.begin(now);
    return pace;
  }

  @Test
  void noPauseIsLongerThanAllowedHoweverMuchHasArrived() {
    Pace pace = pace(7);
    assertThat(pace.left(7)).isEqualTo(10 * SECOND);
    pace.arrived(1_000_000_000);
    assertThat(pace.left(7 + SECOND)).isEqualTo(10 * SECOND);
  }

  @Test
  void whatArrivesTooSlowlyRunsOutOfTime() {
    Pace pace = pace(7);
    for (int second = 1; second <= 9; second++) {
      pace.arrived(1);
    }
    assertThat(pace.left(7 + 9 * SECOND)).isEqualTo(SECOND + 9 * SECOND / 100);
    assertThat(pace.left(7 + 11 * SECOND)).isZero();
  }

  @Test
  void timeInWhichNobodyWantsItDoesNotCount() {
    Pace pace = pace(7);
    pace.stop(7 + SECOND);
    pace.stop(7 + 2 * SECOND);
    assertThat(pace.left(7 + 500 * SECOND)).isEqualTo(9 * SECOND);
    pace.go(7 + 500 * SECOND);
    pace.go(7 + 501 * SECOND);
    assertThat(pace.left(7 + 502 * SECOND)).isEqualTo(7 * SECOND);
  }

  @Test
  void withoutARateOnlyPausesCount() {
    Pace pace = new Pace(Duration.ofSeconds(10), 0);
    pace.begin(7);
    assertThat(pace.left(7 + 1000 * SECOND)).isEqualTo(10 * SECOND);
  }
}
