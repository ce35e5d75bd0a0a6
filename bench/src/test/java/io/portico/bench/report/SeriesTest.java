package io.portico.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class SeriesTest {

  @Test
  void theMedianOfAnEvenNumberIsTheMiddleOfTheTwo() {
    assertThat(new Series(List.of(9.0, 1.0, 3.0, 2.0)).median()).isEqualTo(2.5);
    assertThat(new Series(List.of(9.0, 1.0, 3.0)).median()).isEqualTo(3.0);
  }

  @Test
  void theSpreadIsHalfTheRangeOverTheMedian() {
    assertThat(new Series(List.of(90.0, 100.0, 110.0)).spread())
        .isCloseTo(0.1, Offset.offset(1e-9));
  }

  @Test
  void ratiosPairTheWindowsOfARound() {
    Series ours = new Series(List.of(20.0, 40.0));
    Series theirs = new Series(List.of(10.0, 20.0));

    assertThat(theirs.over(ours).values()).containsExactly(0.5, 0.5);
  }

  @Test
  void seriesOfDifferentRoundsHaveNoRatio() {
    Series one = new Series(List.of(1.0));

    assertThatThrownBy(() -> one.over(new Series(List.of(1.0, 2.0))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
