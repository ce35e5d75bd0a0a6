package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.portico.gateway.metrics.Distribution;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class TimeTallyTest {
  @Test
  void aGroupsMiddleIsNearWhatIsInIt() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      long nanos = (long) Math.exp(random.nextDouble() * 29);

      double middle = TimeTally.middle(TimeTally.group(nanos));

      assertThat(middle).isCloseTo((double) nanos, within(Math.max(nanos / 31.0, 512)));
    }
    assertThat(TimeTally.group(Long.MAX_VALUE)).isEqualTo(511);
  }

  @Test
  void timesAreTakenOnce() {
    TimeTally tally = new TimeTally();
    for (int i = 1; i <= 100; i++) {
      tally.record(i * 1_000_000L);
    }

    Distribution first = tally.drain();

    assertThat(first.count()).isEqualTo(100);
    assertThat(first.sum()).isEqualTo(5050);
    assertThat(first.minimum()).isEqualTo(1);
    assertThat(first.maximum()).isEqualTo(100);
    assertThat(first.percentile(50)).isCloseTo(50, within(2.5));
    assertThat(first.percentile(99)).isCloseTo(99, within(5.0));
    assertThat(tally.drain().isEmpty()).isTrue();
  }

  @Test
  void nothingIsLostWhileItIsTaken() throws InterruptedException {
    TimeTally tally = new TimeTally();
    int threads = 4;
    int each = 50_000;
    CountDownLatch done = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      Thread.ofPlatform()
          .start(
              () -> {
                for (int i = 0; i < each; i++) {
                  tally.record(1_000_000 + i);
                }
                done.countDown();
              });
    }

    double count = 0;
    while (done.getCount() > 0) {
      count += tally.drain().count();
    }
    count += tally.drain().count();

    assertThat(count).isEqualTo(threads * each);
  }
}
