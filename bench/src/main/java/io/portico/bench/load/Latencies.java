package io.portico.bench.load;

import java.util.Arrays;
import java.util.List;

/**
 * How long answers took, in nanoseconds from when each request was due to be sent.
 *
 * @param answers that were counted
 * @param failed answers other than 200, broken connections, and requests that had no answer in time
 */
public record Latencies(long answers, long failed, long p50, long p99, long p999) {

  /**
   * Of single ones; sorts them.
   *
   * @param nanos of which the first {@code answers} are used
   */
  public static Latencies of(long[] nanos, int answers, long failed) {
    Arrays.sort(nanos, 0, answers);
    return new Latencies(
        answers,
        failed,
        quantile(nanos, answers, 0.5),
        quantile(nanos, answers, 0.99),
        quantile(nanos, answers, 0.999));
  }

  /** The least that at least that share of all is not above. */
  private static long quantile(long[] sorted, int count, double share) {
    return count == 0 ? 0 : sorted[(int) Math.ceil(share * count) - 1];
  }

  /** What a generator prints at its end: the five numbers. */
  String line() {
    return String.join(
        " ",
        List.of(
            Long.toString(answers),
            Long.toString(failed),
            Long.toString(p50),
            Long.toString(p99),
            Long.toString(p999)));
  }
}
