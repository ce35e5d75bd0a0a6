package io.portico.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MinuteTimerTest {
  private volatile Instant now = Instant.parse("2026-01-02T03:04:59.900Z");
  private final BlockingQueue<Instant> done = new LinkedBlockingQueue<>();

  /** The time that the test says it is. */
  private final class Told extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void whatFailsKeepsNothingElseFromBeingDone() throws InterruptedException {
    try (MinuteTimer timer = MinuteTimer.start("test", new Told())) {
      timer.everyMinute(
          () -> {
            throw new StackOverflowError("as often as it is tried");
          });
      timer.everyMinute(() -> done.add(now));

      now = Instant.parse("2026-01-02T03:05:00Z");

      assertThat(next()).isEqualTo(now);
    }
  }

  @Test
  void aMinuteIsOverWhenTheClockSaysSo() throws InterruptedException {
    try (MinuteTimer timer = MinuteTimer.start("test", new Told())) {
      timer.everyMinute(() -> done.add(now));

      for (Duration step :
          new Duration[] {Duration.ofSeconds(1), Duration.ofHours(9), Duration.ofMinutes(-30)}) {
        now = now.plus(step);
        assertThat(next()).isEqualTo(now);
      }
    }
    assertThat(done).isEmpty();
  }

  private Instant next() throws InterruptedException {
    Instant next = done.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("in time").isNotNull();
    return next;
  }
}
