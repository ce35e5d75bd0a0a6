package io.portico.lambda.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class AliasRoutingTest {
  private static final RandomGenerator LEAST = () -> 0L;
  private static final RandomGenerator MOST = () -> -1L;

  @Test
  void anAliasOfOneVersionLeadsThere() {
    AliasRouting routing = new AliasRouting("1", null, 0);

    assertThat(routing.pick(LEAST)).isEqualTo("1");
    assertThat(routing.pick(MOST)).isEqualTo("1");
  }

  @Test
  void aWeightOfNoneOrAllIsKeptExactly() {
    assertThat(new AliasRouting("1", "2", 0).pick(LEAST)).isEqualTo("1");
    assertThat(new AliasRouting("1", "2", 1).pick(MOST)).isEqualTo("2");
  }

  @Test
  void theAdditionalVersionHasItsShare() {
    AliasRouting routing = new AliasRouting("1", "2", 0.25);
    Random random = new Random(42);

    long additional = 0;
    for (int i = 0; i < 10_000; i++) {
      additional += routing.pick(random).equals("2") ? 1 : 0;
    }

    assertThat(additional).isBetween(2_300L, 2_700L);
  }
}
