package io.portico.bench.configuration;

import io.portico.bench.load.Latencies;
import java.io.IOException;
import java.util.Locale;

/** How long calls of the control plane took, one after another. */
final class Calls {
  private static final double NANOS_A_MILLI = 1e6;

  private final long[] nanos;
  private final long begin = System.nanoTime();
  private int made;
  private long end;

  /** Up to so many. */
  Calls(int most) {
    this.nanos = new long[most];
  }

  /** What is called. */
  interface Call {
    void make() throws IOException;
  }

  /** Makes one and counts it. */
  void make(Call call) throws IOException {
    long before = System.nanoTime();
    call.make();
    end = System.nanoTime();
    nanos[made++] = end - before;
  }

  boolean isFull() {
    return made == nanos.length;
  }

  /** Their rate a second, and how long half of them and all but a hundredth took at most. */
  String words() {
    Latencies latencies = Latencies.of(nanos, made, 0);
    return String.format(
        Locale.ROOT,
        "%,.0f (p50 %.1f ms, p99 %.1f ms)",
        made / ((end - begin) / 1e9),
        latencies.p50() / NANOS_A_MILLI,
        latencies.p99() / NANOS_A_MILLI);
  }
}
