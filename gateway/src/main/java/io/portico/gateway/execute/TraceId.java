package io.portico.gateway.execute;

import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** {@code X-Amzn-Trace-Id}: which trace a call belongs to. */
final class TraceId {
  private static final String ROOT = "Root=";
  private static final HexFormat HEX = HexFormat.of();

  /** Longer values are none that a tracer made. */
  private static final int MOST_LENGTH = 512;

  private TraceId() {}

  /**
   * The client's trace id, completed; a new one where there is none.
   *
   * <p>AWS: what the client sent stands first, unchanged; a missing parent is made up. Source:
   * recorded, facts RTE-14; for {@code Sampled} second-hand, facts SEC-10.
   */
  static String of(@Nullable String received, Instant now) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String root = received == null ? null : field(received, ROOT);
    if (received == null || root == null || received.length() > MOST_LENGTH) {
      return "Root=1-"
          + HEX.toHexDigits((int) now.getEpochSecond())
          + "-"
          + HEX.toHexDigits(random.nextLong())
          + HEX.toHexDigits(random.nextInt())
          + ";Parent="
          + HEX.toHexDigits(random.nextLong())
          + ";Sampled=0";
    }
    String sampled = field(received, "Sampled=");
    if (field(received, "Parent=") == null) {
      return root
          + ";Parent="
          + HEX.toHexDigits(random.nextLong())
          + ";"
          + (sampled == null ? "Sampled=0" : sampled);
    }
    return sampled == null ? received + ";Sampled=1" : received;
  }

  /** Whether a completed trace id says that its trace is recorded. */
  static boolean isSampled(String traceId) {
    return "Sampled=1".equals(field(traceId, "Sampled="));
  }

  /** The root of a completed trace id: what the trace is called. */
  static String root(String traceId) {
    String root = field(traceId, ROOT);
    return root == null ? traceId : root.substring(ROOT.length());
  }

  private static @Nullable String field(String value, String name) {
    for (String field : value.split(";", -1)) {
      String stripped = field.strip();
      if (stripped.startsWith(name) && stripped.length() > name.length()) {
        return stripped;
      }
    }
    return null;
  }
}
