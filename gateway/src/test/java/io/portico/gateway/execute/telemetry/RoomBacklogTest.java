package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RoomBacklogTest {
  private final RoomBacklog<String> backlog =
      new RoomBacklog<>(4, Duration.ofNanos(1), String::length);

  @Test
  void whatIsHeavyTakesSeveralPlacesUntilItIsWritten() {
    assertThat(backlog.reserve()).isTrue();
    assertThat(backlog.reserve()).isTrue();
    backlog.offerReserved("x".repeat(5_000));
    backlog.offerReserved("light");
    assertThat(backlog.reserve()).isFalse();
    assertThat(backlog.offer("light")).isFalse();

    assertThat(backlog.next(10)).hasSize(2);
    backlog.done();

    for (int i = 0; i < 4; i++) {
      assertThat(backlog.reserve()).isTrue();
    }
    assertThat(backlog.reserve()).isFalse();
  }

  @Test
  void withoutAReservationAllPlacesOfAnItemMustBeFree() {
    assertThat(backlog.offer("x".repeat(4_096))).isFalse();
    assertThat(backlog.offer("x".repeat(4_095))).isTrue();
    assertThat(backlog.offer("light")).isFalse();
  }
}
