package io.portico.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MinuteTimerTest {
  private static final Clock BEFORE_THE_MINUTE =
      Clock.fixed(Instant.parse("2026-01-02T03:04:59.500Z"), ZoneOffset.UTC);

  @Test
  void whatFailsKeepsNothingElseFromBeingDone() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    try (MinuteTimer timer = MinuteTimer.start("test", BEFORE_THE_MINUTE)) {
      timer.everyMinute(
          () -> {
            throw new StackOverflowError("as often as it is tried");
          });
      timer.everyMinute(done::countDown);

      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
