package io.portico.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RequestTimeTest {
  @Test
  void everySecondHasItsOwnText() {
    Instant time = Instant.parse("2015-04-09T12:34:56.999Z");

    assertThat(RequestTime.of(time)).isEqualTo("09/Apr/2015:12:34:56 +0000");
    assertThat(RequestTime.of(time.plusMillis(1))).isEqualTo("09/Apr/2015:12:34:57 +0000");
    assertThat(RequestTime.of(time.minusMillis(999))).isEqualTo("09/Apr/2015:12:34:56 +0000");
  }
}
