package io.portico.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.snapshot.Release;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CanarySplitTest {
  private static final double ALMOST_ONE = Math.nextDown(1.0);

  @Test
  void aCallIsTheCanarysWhereItsChanceIsBelowTheShare() {
    StageSnapshot stage = stage("12.5");

    assertThat(releases(stage, 0, 0.124999, 0.125, ALMOST_ONE))
        .containsExactly(Release.CANARY, Release.CANARY, Release.PRODUCTION, Release.PRODUCTION);
  }

  @Test
  void zeroPercentTakesNoCall() {
    assertThat(releases(stage("0"), 0, Double.MIN_VALUE, ALMOST_ONE))
        .containsOnly(Release.PRODUCTION);
  }

  @Test
  void aHundredPercentTakeEveryCall() {
    assertThat(releases(stage("100"), 0, 0.5, ALMOST_ONE)).containsOnly(Release.CANARY);
  }

  @Test
  void aStageWithoutACanaryIsNotDrawnFor() {
    StageSnapshot stage = new CaseApi().compile();

    assertThat(releases(stage)).isEmpty();
    assertThat(
            new CanarySplit(
                    () -> {
                      throw new AssertionError("drawn for");
                    })
                .release(stage))
        .isSameAs(stage);
  }

  @Test
  void theShareIsExactInTheLongRun() {
    StageSnapshot stage = stage("10.5");
    SplittableRandom chance = new SplittableRandom(4566);
    CanarySplit split = new CanarySplit(chance::nextDouble);

    long canary =
        IntStream.range(0, 1_000_000)
            .filter(call -> split.release(stage).release() == Release.CANARY)
            .count();

    // Five standard deviations, and the same ones in each run.
    assertThat(canary).isBetween(103_467L, 106_533L);
  }

  private static List<Release> releases(StageSnapshot stage, double... chances) {
    Deque<Double> left = new ArrayDeque<>();
    for (double chance : chances) {
      left.add(chance);
    }
    CanarySplit split = new CanarySplit(left::remove);
    return IntStream.range(0, chances.length)
        .mapToObj(call -> split.release(stage).release())
        .toList();
  }

  private static StageSnapshot stage(String percent) {
    CaseApi api = new CaseApi();
    api.canary("{percentTraffic: %s}".formatted(percent));
    return api.compile();
  }
}
