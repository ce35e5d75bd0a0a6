package io.portico.gateway.execute.telemetry;

import io.portico.gateway.metrics.Distribution;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long things took: their number, sum, least and greatest, and how many took about as long, to
 * a thirty-second. In milliseconds, with a fraction, which AWS's times do not have.
 */
final class TimeTally {
  /** A little more than a microsecond: 1024 nanoseconds. */
  private static final int UNIT_BITS = 10;

  /** Each power of two has sixteen steps. */
  private static final int STEP_BITS = 4;

  private static final int STEPS = 1 << STEP_BITS;

  /** What took more than two hours is among the last. */
  private static final int GROUPS = 32 * STEPS;

  private static final double NANOS_PER_MILLI = 1e6;

  private final AtomicIntegerArray groups = new AtomicIntegerArray(GROUPS);
  private final LongAdder sum = new LongAdder();
  private final AtomicLong least = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong greatest = new AtomicLong(Long.MIN_VALUE);

  void record(long nanos) {
    long time = Math.max(nanos, 0);
    sum.add(time);
    if (time < least.get()) {
      least.accumulateAndGet(time, Math::min);
    }
    if (time > greatest.get()) {
      greatest.accumulateAndGet(time, Math::max);
    }
    groups.getAndIncrement(group(time));
  }

  static int group(long nanos) {
    long units = nanos >>> UNIT_BITS;
    if (units < 2 * STEPS) {
      return (int) units;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(units) - STEP_BITS;
    return (int) Math.min(((long) shift << STEP_BITS) + (units >>> shift), GROUPS - 1);
  }

  /** What is in the middle of a group, in nanoseconds. */
  static double middle(int group) {
    int shift = group < 2 * STEPS ? 0 : (group >> STEP_BITS) - 1;
    long step = group - ((long) shift << STEP_BITS);
    return (step + 0.5) * (1L << shift) * (1L << UNIT_BITS);
  }

  /** What was recorded since the last time, in milliseconds. */
  Distribution drain() {
    double[] near = new double[GROUPS];
    double[] weights = new double[GROUPS];
    int used = 0;
    double count = 0;
    for (int i = 0; i < GROUPS; i++) {
      int weight = groups.get(i) == 0 ? 0 : groups.getAndSet(i, 0);
      if (weight > 0) {
        near[used] = middle(i) / NANOS_PER_MILLI;
        weights[used++] = weight;
        count += weight;
      }
    }
    if (used == 0) {
      return new Distribution();
    }
    double total = sum.sumThenReset() / NANOS_PER_MILLI;
    // What is recorded meanwhile may have put one of the two away that belongs here.
    double minimum = Math.min(least.getAndSet(Long.MAX_VALUE) / NANOS_PER_MILLI, total / count);
    double maximum = Math.max(greatest.getAndSet(Long.MIN_VALUE) / NANOS_PER_MILLI, total / count);
    return minimum == maximum
        ? Distribution.of(minimum, count)
        : Distribution.ofGroups(
            total, minimum, maximum, Arrays.copyOf(near, used), Arrays.copyOf(weights, used));
  }
}
