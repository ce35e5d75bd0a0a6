package io.portico.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {
  private final List<String> progress = new ArrayList<>();

  private record Taken(String contestant, double disturbance) implements Rounds.Counted {
    @Override
    public String words() {
      return contestant + " " + disturbance;
    }
  }

  @Test
  void contestantsTakeTurnsAndTheWarmUpDoesNotCount() {
    Rounds<String, Taken> rounds = rounds(2, 0, 0, 0, 0, 0, 0);

    rounds.warmUp(1, List.of("a", "b"));
    rounds.measure(List.of("a", "b"));

    assertThat(rounds.complete()).isTrue();
    assertThat(rounds.of(0)).extracting(Taken::contestant).containsExactly("a", "a");
    assertThat(rounds.of(1)).extracting(Taken::contestant).containsExactly("b", "b");
    assertThat(progress)
        .containsExactly(
            "warming up, round 1 of 1: a 0.0",
            "warming up, round 1 of 1: b 0.0",
            "round 1 of 2: a 0.0",
            "round 1 of 2: b 0.0",
            "round 2 of 2: a 0.0",
            "round 2 of 2: b 0.0");
  }

  @Test
  void aRoundWithADisturbedWindowIsReplacedAsAWhole() {
    Rounds<String, Taken> rounds = rounds(2, 0, 0.5, 0.01, 0.02, 0.03, 0.04);

    rounds.measure(List.of("a", "b"));

    assertThat(rounds.of(0)).containsExactly(new Taken("a", 0.01), new Taken("a", 0.03));
    assertThat(rounds.of(1)).containsExactly(new Taken("b", 0.02), new Taken("b", 0.04));
    assertThat(rounds.discarded()).isEqualTo(1);
    assertThat(rounds.complete()).isTrue();
  }

  @Test
  void onABusyMachineItEnds() {
    Rounds<String, Taken> rounds = rounds(2, 0.5, 0.5);

    rounds.measure(List.of("a"));

    assertThat(rounds.size()).isZero();
    assertThat(rounds.complete()).isFalse();
  }

  /** Rounds whose windows meet these disturbances, one after the other. */
  private Rounds<String, Taken> rounds(int wanted, double... disturbances) {
    Iterator<Double> next = Arrays.stream(disturbances).iterator();
    return new Rounds<>(wanted, name -> new Taken(name, next.next()), progress::add);
  }
}
