package io.portico.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SamplingTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.5Z");

  @Test
  void soManyAreRecordedInEachSecond() {
    Sampling sampling = new Sampling(2, 0);

    assertThat(sampled(sampling, NOW, 4)).containsExactly(true, true, false, false);
    assertThat(sampled(sampling, NOW.plusSeconds(1), 3)).containsExactly(true, true, false);
  }

  @Test
  void aShareOfThoseBeyondIsRecorded() {
    assertThat(sampled(new Sampling(0, 1), NOW, 100)).containsOnly(true);
    assertThat(sampled(new Sampling(0, 0), NOW, 100)).containsOnly(false);
    assertThat(sampled(new Sampling(0, 0.5), NOW, 1_000)).contains(true, false);
  }

  private static List<Boolean> sampled(Sampling sampling, Instant at, int calls) {
    return IntStream.range(0, calls).mapToObj(i -> sampling.isSampled(at)).toList();
  }
}
