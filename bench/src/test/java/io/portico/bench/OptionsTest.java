package io.portico.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.bench.process.BenchFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {
  private static final List<String> KNOWN = List.of("pass-through", "durability");

  @Test
  void withoutACaseTheFirstOneRuns() {
    assertThat(Options.parse(new String[] {"--quick"}, KNOWN))
        .isEqualTo(new Options(true, List.of("pass-through"), 1000));
  }

  @Test
  void casesRunInTheOrderGiven() {
    assertThat(Options.parse(new String[] {"durability", "pass-through"}, KNOWN).cases())
        .containsExactly("durability", "pass-through");
  }

  @Test
  void allAreThoseThatMeasure() {
    assertThat(Options.parse(new String[] {"all"}, KNOWN).cases()).containsExactly("pass-through");
  }

  @Test
  void aNumberIsTheNumberOfKills() {
    assertThat(Options.parse(new String[] {"durability", "20"}, KNOWN))
        .isEqualTo(new Options(false, List.of("durability"), 20));
  }

  @Test
  void aWordItDoesNotKnowIsNamed() {
    assertThatThrownBy(() -> Options.parse(new String[] {"--fast"}, KNOWN))
        .isInstanceOf(BenchFailure.class)
        .hasMessage(
            "bench does not know '--fast'; it takes --quick, a number of kills, all and [pass-through, durability]");
  }
}
