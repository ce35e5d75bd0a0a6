package io.portico.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NewTraceTest {
  private static final Instant TIME = Instant.ofEpochSecond(0x5759e988L);

  @Test
  void timeAndNumbersStandInTheirPlacesWithAllDigits() {
    RandomGenerator first = () -> 0xbd862e3fe1be46a9L;
    RandomGenerator small = () -> 1;

    assertThat(NewTrace.id(TIME, first, true))
        .isEqualTo("Root=1-5759e988-bd862e3fe1be46a9bd862e3f;Parent=bd862e3fe1be46a9;Sampled=1");
    assertThat(NewTrace.id(TIME, small, false))
        .isEqualTo("Root=1-5759e988-000000000000000100000000;Parent=0000000000000001;Sampled=0");
  }
}
