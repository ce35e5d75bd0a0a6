package io.portico.lambda.environment;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** X-Ray's ids of traces, as in {@code X-Amzn-Trace-Id}. */
public final class TraceId {
  private TraceId() {}

  /** {@code Root=1-…}: a trace of its own. */
  public static String root() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return "Root=1-"
        + hex.toHexDigits((int) (System.currentTimeMillis() / 1000))
        + "-"
        + hex.toHexDigits(random.nextInt())
        + hex.toHexDigits(random.nextLong());
  }

  /**
   * What a function gets of a trace. AWS: not sampled unless the function traces; source:
   * documented, X-Ray's tracing header.
   */
  public static String invocation(String root) {
    return root
        + ";Parent="
        + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong())
        + ";Sampled=0";
  }
}
