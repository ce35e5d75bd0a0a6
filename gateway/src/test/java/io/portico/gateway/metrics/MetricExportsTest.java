package io.portico.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MetricExportsTest {
  private static final MetricKey KEY = new MetricKey("111122223333/us-east-1", "n", "m", List.of());

  private final BlockingQueue<MetricBatch> taken = new LinkedBlockingQueue<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile boolean down;

  private void take(MetricBatch batch) throws IOException {
    if (down) {
      throw new IOException("nobody is there");
    }
    taken.add(batch);
  }

  private MetricBatch next() throws InterruptedException {
    return Objects.requireNonNull(taken.poll(20, TimeUnit.SECONDS), "nothing came");
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void aMinutesValuesOfAMetricAreHandedOnTogether() throws InterruptedException {
    try (MetricExports exports = new MetricExports("test", this::take)) {
      exports.add(KEY, "Count", Distribution.of(1, 2));
      exports.add(KEY, "Count", Distribution.of(3, 1));
      exports.end(60);
      exports.end(120);

      MetricBatch batch = next();

      assertThat(batch.minute()).isEqualTo(60);
      assertThat(batch.all()).hasSize(1);
      assertThat(batch.all().getFirst().unit()).isEqualTo("Count");
      assertThat(batch.all().getFirst().values().sum()).isEqualTo(5);
      await(() -> exports.exported() == 1);
      assertThat(taken).isEmpty();
    }
  }

  @Test
  void whoWasDownIsHandedWhatHeHasMissed() throws InterruptedException {
    try (MetricExports exports = new MetricExports("test", this::take)) {
      down = true;
      for (int minute = 1; minute <= 20; minute++) {
        exports.add(KEY, "Count", Distribution.of(minute, 1));
        exports.end(60L * minute);
      }
      exports.add(KEY, "Count", Distribution.of(21, 1));
      exports.end(60L * 21);
      down = false;
      // Nothing was added: it drops nothing, and hands on.
      exports.end(60L * 22);

      assertThat(next().minute()).isGreaterThanOrEqualTo(60L * 6);
      await(() -> exports.exported() == 15);
      assertThat(exports.dropped()).isEqualTo(6);
    }
  }

  @Test
  void whoIsSlowHoldsNobodyUp() throws InterruptedException {
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch called = new CountDownLatch(1);
    try (MetricExports exports =
        new MetricExports(
            "test",
            batch -> {
              called.countDown();
              try {
                assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              taken.add(batch);
            })) {
      exports.add(KEY, "Count", Distribution.of(1, 1));
      exports.end(60);
      assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
      for (int minute = 2; minute <= 40; minute++) {
        exports.add(KEY, "Count", Distribution.of(1, 1));
        exports.end(60L * minute);
      }
      assertThat(exports.dropped()).isPositive();
      released.countDown();

      assertThat(next().minute()).isEqualTo(60);
    }
  }

  @Test
  void whatWaitsAtTheEndIsHandedOn() {
    try (MetricExports exports = new MetricExports("test", this::take)) {
      exports.add(KEY, "Count", Distribution.of(1, 1));
      exports.end(60);
    }

    assertThat(taken).hasSize(1);
  }

  @Test
  void whatIsNotTakenBeforeTheEndIsDropped() {
    MetricExports exports = new MetricExports("test", this::take);
    try (exports) {
      down = true;
      exports.add(KEY, "Count", Distribution.of(1, 1));
      exports.end(60);
      exports.add(KEY, "Count", Distribution.of(1, 1));
    }

    assertThat(exports.dropped()).isEqualTo(2);
    assertThat(exports.exported()).isZero();
  }

  private static MetricKey key(String scope, int number) {
    return new MetricKey(scope, "n", "m" + number, List.of());
  }

  @Test
  void whatWasTakenIsNotBroughtAgainWithWhatWasNot() throws InterruptedException {
    try (MetricExports exports = new MetricExports("test", this::takeFirst)) {
      for (int i = 0; i < 450; i++) {
        exports.add(key(KEY.scope(), i), "Count", Distribution.of(1, 1));
      }
      exports.end(60);
      assertThat(next().all()).hasSize(200);
      await(() -> attempts.get() == 2);
      exports.end(120);

      assertThat(next().all()).hasSize(200);
      assertThat(next().all()).hasSize(50);
      await(() -> exports.exported() == 450);
      assertThat(taken).isEmpty();
    }
  }

  private void takeFirst(MetricBatch batch) throws IOException {
    if (attempts.incrementAndGet() == 2) {
      throw new IOException("nobody is there any more");
    }
    taken.add(batch);
  }

  @Test
  void whatCannotBeDividedIsNotBroughtAgain() throws InterruptedException {
    MetricExports.MetricExporter exporter =
        new MetricExports.MetricExporter() {
          @Override
          public void export(MetricBatch batch) throws IOException {
            take(batch);
          }

          @Override
          public List<MetricBatch> divided(MetricBatch batch) {
            if (batch.minute() == 60) {
              throw new IllegalStateException("no half of it");
            }
            return List.of(batch);
          }
        };
    try (MetricExports exports = new MetricExports("test", exporter)) {
      exports.add(KEY, "Count", Distribution.of(1, 1));
      assertThatThrownBy(() -> exports.end(60)).hasMessage("no half of it");
      exports.add(KEY, "Count", Distribution.of(2, 1));
      exports.end(120);

      MetricBatch batch = next();

      assertThat(batch.minute()).isEqualTo(120);
      assertThat(batch.all().getFirst().values().sum()).isEqualTo(2);
      assertThat(exports.dropped()).isEqualTo(1);
    }
  }

  @Test
  void oneRegionThatIsDownHoldsNoOtherUp() {
    try (MetricExports exports = new MetricExports("test", this::takeOfOneRegion)) {
      for (String region : List.of("down", "up", "refused")) {
        exports.add(key("111122223333/" + region, 1), "Count", Distribution.of(1, 1));
      }
      exports.end(60);

      await(() -> exports.exported() == 1 && exports.dropped() == 1);
    }
    assertThat(taken).extracting(MetricBatch::scope).containsExactly("111122223333/up");
  }

  private void takeOfOneRegion(MetricBatch batch) throws IOException {
    if (batch.scope().endsWith("/down")) {
      throw new IOException("nobody is there");
    }
    if (batch.scope().endsWith("/refused")) {
      throw new MetricExports.RefusedException("such values are not wanted");
    }
    taken.add(batch);
  }
}
