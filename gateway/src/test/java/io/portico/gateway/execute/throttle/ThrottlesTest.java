package io.portico.gateway.execute.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.throttle.Throttles.Bucket;
import io.portico.gateway.execute.throttle.Throttles.Kind;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ThrottlesTest {
  private static final Bucket BUCKET = bucket("one");

  /** Far from zero, and about to overflow, as {@link System#nanoTime} may be. */
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

  private final Throttles throttles = new Throttles(clock::get, Runnable::run);

  @Test
  void admitsABurstAndNoMore() {
    assertThat(admitted(20, ThrottleLimit.of(10, 5))).isEqualTo(5);
  }

  @Test
  void refillsAtTheRate() {
    ThrottleLimit limit = ThrottleLimit.of(10, 5);
    admitted(20, limit);

    passes(Duration.ofMillis(99));
    assertThat(admitted(20, limit)).isZero();
    passes(Duration.ofMillis(1));
    assertThat(admitted(20, limit)).isEqualTo(1);
    passes(Duration.ofMillis(350));
    assertThat(admitted(20, limit)).isEqualTo(3);
  }

  @Test
  void neverHoldsMoreThanABurst() {
    ThrottleLimit limit = ThrottleLimit.of(10, 5);
    admitted(2, limit);

    passes(Duration.ofDays(400));

    assertThat(admitted(20, limit)).isEqualTo(5);
  }

  @Test
  void keepsTheExamplesOfAws() {
    ThrottleLimit limit = ThrottleLimit.of(10_000, 5_000);

    assertThat(admitted(10_000, limit)).isEqualTo(5_000);
    passes(Duration.ofMillis(100));
    assertThat(admitted(5_000, limit)).isEqualTo(1_000);
  }

  @Test
  void admitsWhatComesEvenlyAtTheRate() {
    ThrottleLimit limit = ThrottleLimit.of(1000, 1);
    int admitted = 0;
    for (int i = 0; i < 3000; i++) {
      admitted += admitted(1, limit);
      passes(Duration.ofMillis(1));
    }

    assertThat(admitted).isEqualTo(3000);
  }

  @Test
  void zeroLetsNothingThrough() {
    for (ThrottleLimit nothing :
        List.of(
            ThrottleLimit.of(0, 5),
            ThrottleLimit.of(5, 0),
            ThrottleLimit.of(-1, -1),
            ThrottleLimit.of(Double.NaN, 5))) {
      assertThat(admitted(3, nothing)).isZero();
    }
  }

  @Test
  void extremeLimitsDoNotOverflow() {
    assertThat(admitted(3, ThrottleLimit.of(Double.MIN_VALUE, 1))).isEqualTo(1);
    assertThat(
            throttles.admit(bucket("two"), ThrottleLimit.of(Double.MAX_VALUE, Integer.MAX_VALUE)))
        .isTrue();
    assertThat(throttles.admit(bucket("three"), ThrottleLimit.of(Double.MAX_VALUE, 1))).isTrue();
  }

  @Test
  void aChangedLimitHoldsAtOnceAndForgetsTheDebtOfASlowerOne() {
    assertThat(admitted(10, ThrottleLimit.of(0.001, 10))).isEqualTo(10);

    ThrottleLimit faster = ThrottleLimit.of(10, 3);
    assertThat(admitted(10, faster)).isZero();
    passes(Duration.ofMillis(100));
    assertThat(admitted(10, faster)).isEqualTo(1);
    passes(Duration.ofSeconds(1));
    assertThat(admitted(10, faster)).isEqualTo(3);
  }

  @Test
  void bucketsAreApart() {
    ThrottleLimit limit = ThrottleLimit.of(1, 1);

    assertThat(throttles.admit(bucket("one"), limit)).isTrue();
    assertThat(throttles.admit(bucket("two"), limit)).isTrue();
    assertThat(throttles.admit(bucket("one"), limit)).isFalse();
  }

  @Test
  void fullBucketsAreDroppedAndEmptyOnesKept() {
    ThrottleLimit slow = ThrottleLimit.of(0.001, 1);
    ThrottleLimit fast = ThrottleLimit.of(1000, 1);
    throttles.admit(BUCKET, slow);
    for (int i = 0; i < 4 * Throttles.FIRST_SWEEP; i++) {
      throttles.admit(bucket("key " + i), fast);
      passes(Duration.ofMillis(1));
    }

    assertThat(throttles.size()).isLessThanOrEqualTo(Throttles.FIRST_SWEEP);
    assertThat(throttles.admit(BUCKET, slow)).isFalse();
  }

  @Test
  void manyThreadsGetABurstBetweenThem() throws InterruptedException, ExecutionException {
    ThrottleLimit limit = ThrottleLimit.of(1, 5_000);
    int threads = 8;
    int admitted = 0;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        tasks.add(() -> admitted(5_000, limit));
      }
      for (Future<Integer> task : executor.invokeAll(tasks)) {
        admitted += task.get();
      }
    }

    assertThat(admitted).isEqualTo(5_000);
  }

  @Test
  void aBucketThatIsRetiredMeanwhileGivesNoTokenTwice() {
    TokenBucket bucket = new TokenBucket(0);
    ThrottleLimit limit = ThrottleLimit.of(1, 1);

    assertThat(bucket.take(limit, 0)).isEqualTo(TokenBucket.Outcome.TAKEN);
    assertThat(bucket.retire(1)).isFalse();
    assertThat(bucket.retire(2_000_000_000L)).isTrue();
    assertThat(bucket.take(limit, 3_000_000_000L)).isEqualTo(TokenBucket.Outcome.RETIRED);
  }

  private int admitted(int requests, ThrottleLimit limit) {
    int admitted = 0;
    for (int i = 0; i < requests; i++) {
      if (throttles.admit(BUCKET, limit)) {
        admitted++;
      }
    }
    return admitted;
  }

  private void passes(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private static Bucket bucket(String name) {
    return new Bucket(Kind.CLIENT, name, "", "", "");
  }
}
