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

  private static final Pattern PARENT = Pattern.compile("(?:^|;)\\s*(Parent=[0-9a-fA-F]{1,32})");
  private static final Pattern SAMPLED = Pattern.compile("(?:^|;)\\s*(Sampled=[01?])");
  private static final String NOT_SAMPLED = "Sampled=0";

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
   * What a function gets of a trace. AWS: one that does not trace hands on what it was told, and a
   * trace that begins with it is not sampled; source: documented, TracingConfig's PassThrough and
   * X-Ray's tracing header.
   *
   * @param root the trace's
   * @param received {@code X-Amzn-Trace-Id} as it came, or null for a trace that begins here
   */
  public static String continued(String root, @Nullable String received) {
    String parent = received == null ? null : field(PARENT, received);
    String sampled = received == null ? null : field(SAMPLED, received);
    return root
        + ";"
        + (parent == null ? newParent() : parent)
        + ";"
        + (sampled == null ? NOT_SAMPLED : sampled);
  }

  private static String newParent() {
    return "Parent=" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  private static @Nullable String field(Pattern field, String received) {
    Matcher matcher = field.matcher(received);
    return matcher.find() ? matcher.group(1) : null;
  }

  /** {@code Root=1-…} of {@code X-Amzn-Trace-Id} as it came, or of a trace of its own. */
  public static String root(@Nullable String received) {
    String root = received == null ? null : field(ROOT, received);
    return root == null ? root() : root;
  }

  /**
   * What an invocation of a function gets of the trace that its caller is in: it goes on, and
   * counts that invocation.
   *
   * @param received the caller's {@code X-Amzn-Trace-Id}, or null where he is in none
   */
  public static String invocation(@Nullable String received, FunctionId id) {
    Lineage lineage = Lineage.of(received == null ? "" : received);
    return continued(root(received), received) + ";" + lineage.then(id);
  }
}
