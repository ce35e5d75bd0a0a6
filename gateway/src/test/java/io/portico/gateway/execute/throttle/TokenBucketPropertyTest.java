package io.portico.gateway.execute.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.throttle.Throttles.Bucket;
import io.portico.gateway.execute.throttle.Throttles.Kind;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Millions of seconds of a clock that the test moves, against a token bucket that counts fractions
 * of tokens as whole numbers.
 */
final class TokenBucketPropertyTest {
  private static final long SEED = 20_261_129;
  private static final int LIMITS = 300;
  private static final int REQUESTS = 5_000;
  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  private final AtomicLong clock = new AtomicLong();
  private final Throttles throttles = new Throttles(clock::get, Runnable::run);

  @Test
  void admitsWhatAnExactTokenBucketDoesAndNeverMoreThanBurstAndRateAllow() {
    double seconds = 0;
    for (int i = 0; i < LIMITS; i++) {
      long seed = SEED + i;
      seconds += drive(new Random(seed), "seed " + seed);
    }

    assertThat(seconds).isGreaterThan(5_000_000);
  }

  /** Drives one bucket; how many seconds have passed for it. */
  private double drive(Random random, String seed) {
    BigDecimal rate = rate(random);
    int burst = 1 + random.nextInt(random.nextBoolean() ? 10 : 2_000);
    String what = "%s: %s a second, %d at once".formatted(seed, rate, burst);
    ThrottleLimit limit = ThrottleLimit.of(rate.doubleValue(), burst);
    ExactBucket exact = new ExactBucket(rate, burst);
    RefillMeter meter = new RefillMeter(rate, burst);
    Bucket bucket = new Bucket(Kind.CLIENT, seed, "", "", "");
    long start = clock.get();
    for (int i = 0; i < REQUESTS; i++) {
      long nanos = pause(random, exact.intervalNanos(), burst);
      clock.addAndGet(nanos);
      exact.passes(nanos);
      meter.passes(nanos);

      boolean admitted = throttles.admit(bucket, limit);

      assertThat(admitted).as("request %d, %s", i, what).isEqualTo(exact.admits());
      if (admitted) {
        assertThat(meter.counts()).as("request %d, %s", i, what).isTrue();
      }
    }
    return (clock.get() - start) / 1e9;
  }

  /** From one in some weeks to a million a second, as decimals; a third of them divide a second. */
  private static BigDecimal rate(Random random) {
    BigDecimal digits = BigDecimal.valueOf(1 + random.nextInt(999));
    return random.nextInt(3) == 0
        ? BigDecimal.ONE.movePointRight(random.nextInt(11) - 5)
        : digits.movePointRight(random.nextInt(10) - 6);
  }

  /** None, about an interval, or so long that several tokens or all of them are there again. */
  private static long pause(Random random, long interval, int burst) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> 0;
      case 3 -> interval;
      case 4 -> interval - 1;
      case 5 -> random.nextLong(2 * interval);
      case 6 -> random.nextLong(10 * interval);
      default -> random.nextInt(50) == 0 ? random.nextLong(2L * burst * interval) : 1;
    };
  }

  /**
   * A bucket of tokens that are refilled at the rate, rounded to whole nanoseconds a token: what it
   * holds is counted in nanoseconds of refill.
   */
  private static final class ExactBucket {
    private final long interval;
    private final BigInteger full;
    private BigInteger held;

    ExactBucket(BigDecimal rate, int burst) {
      this.interval = new BigDecimal(NANOS).divide(rate, 0, RoundingMode.CEILING).longValueExact();
      this.full = BigInteger.valueOf(interval).multiply(BigInteger.valueOf(burst));
      this.held = full;
    }

    long intervalNanos() {
      return interval;
    }

    void passes(long nanos) {
      held = held.add(BigInteger.valueOf(nanos)).min(full);
    }

    boolean admits() {
      BigInteger left = held.subtract(BigInteger.valueOf(interval));
      if (left.signum() < 0) {
        return false;
      }
      held = left;
      return true;
    }
  }

  /**
   * Whether in no window of time whatever more was admitted than a burst and the rate times its
   * length, the rate not rounded: a level that sinks at the rate and rises by each that is admitted
   * stays within the burst. Levels are multiplied by a billion and the rate's denominator.
   */
  private static final class RefillMeter {
    private final BigInteger numerator;
    private final BigInteger one;
    private final BigInteger most;
    private BigInteger level = BigInteger.ZERO;

    RefillMeter(BigDecimal rate, int burst) {
      BigInteger denominator = BigInteger.TEN.pow(Math.max(rate.scale(), 0));
      this.numerator = rate.multiply(new BigDecimal(denominator)).toBigIntegerExact();
      this.one = NANOS.multiply(denominator);
      this.most = one.multiply(BigInteger.valueOf(burst));
    }

    void passes(long nanos) {
      level = level.subtract(numerator.multiply(BigInteger.valueOf(nanos))).max(BigInteger.ZERO);
    }

    boolean counts() {
      level = level.add(one);
      return level.compareTo(most) <= 0;
    }
  }

  @Test
  void aCallerThatNeverStopsGetsTheRate() {
    Random random = new Random(SEED);
    for (int i = 0; i < 100; i++) {
      BigDecimal rate = rate(random);
      int burst = 1 + random.nextInt(100);
      String what = "limit %d of seed %d: %s a second".formatted(i, SEED, rate);
      ThrottleLimit limit = ThrottleLimit.of(rate.doubleValue(), burst);
      Bucket bucket = new Bucket(Kind.ACCOUNT, what, "", "", "");
      long step = Math.max(new ExactBucket(rate, 1).intervalNanos() / 7, 1);
      long start = clock.get();
      long admitted = 0;
      for (int request = 0; request < 7_000; request++) {
        admitted += throttles.admit(bucket, limit) ? 1 : 0;
        clock.addAndGet(step);
      }

      // A token may come a nanosecond late, and the last step is not asked about.
      BigDecimal seconds = BigDecimal.valueOf(clock.get() - start - step, 9);
      BigDecimal due = seconds.multiply(rate).add(BigDecimal.valueOf(burst - 1L));
      BigDecimal late = BigDecimal.valueOf(admitted, 9).multiply(rate);
      assertThat(BigDecimal.valueOf(admitted))
          .as(what)
          .isGreaterThanOrEqualTo(due.subtract(late).setScale(0, RoundingMode.FLOOR));
    }
  }
}
