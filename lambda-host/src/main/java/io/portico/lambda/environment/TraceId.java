package io.portico.lambda.environment;

import io.portico.lambda.snapshot.FunctionId;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** X-Ray's ids of traces, as in {@code X-Amzn-Trace-Id}. */
public final class TraceId {
  private static final Pattern ROOT = Pattern.compile("(?:^|;)\\s*(Root=[0-9a-fA-F-]{1,100})");

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

  /**
   * What an invocation of a function gets of the trace that its caller is in: it goes on, and
   * counts that invocation.
   *
   * @param received the caller's {@code X-Amzn-Trace-Id}, or null where he is in none
   */
  public static String invocation(@Nullable String received, FunctionId id) {
    if (received == null) {
      return invocation(root()) + ";" + Lineage.first(id);
    }
    Matcher root = ROOT.matcher(received);
    return invocation(root.find() ? root.group(1) : root()) + ";" + Lineage.of(received).then(id);
  }
}
