package io.portico.gateway.execute;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code X-Amzn-Trace-Id}: which trace a call belongs to. */
final class TraceId {
  private static final String ROOT = "Root=";
  private static final String PARENT = "Parent=";
  private static final String SAMPLED = "Sampled=";
  private static final String RECORDED = SAMPLED + "1";
  private static final String UNRECORDED = SAMPLED + "0";
  private static final HexFormat HEX = HexFormat.of();

  /** AWS: 16 hexadecimal digits; source: documented, xray-api-segmentdocuments.html. */
  private static final Pattern SEGMENT = Pattern.compile("(?!0{16})[0-9a-f]{16}");

  /**
   * AWS: 8 and 24 hexadecimal digits; source: documented, as above. What is done with a root of
   * another form is not: nothing is recorded under it; a passive stage passes it on as it is, an
   * active one puts another in its place.
   */
  private static final Pattern TRACE =
      Pattern.compile("1-(?!0{8}-0{24})([0-9a-fA-F]{8})-([0-9a-fA-F]{24})");

  private static final int TIME_DIGITS = 8;

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
      return NewTrace.id(now, random, false);
    }
    String sampled = field(received, SAMPLED);
    if (field(received, PARENT) == null) {
      return root
          + ";Parent="
          + HEX.toHexDigits(random.nextLong())
          + ";"
          + (sampled == null ? UNRECORDED : sampled);
    }
    return sampled == null ? received + ";" + RECORDED : received;
  }

  /**
   * The trace of a call that may be recorded: the client's root, or a new one, and a segment of its
   * own. Whoever calls decides whether it is recorded; where he does not, the sampling does.
   */
  static String traced(@Nullable String received, Instant now, Sampling sampling) {
    String given = received == null || received.length() > MOST_LENGTH ? "" : received;
    String named = field(given, ROOT);
    String root =
        named != null && TRACE.matcher(named.substring(ROOT.length())).matches() ? named : null;
    String said = root == null ? null : field(given, SAMPLED);
    boolean sampled =
        RECORDED.equals(said) || (!UNRECORDED.equals(said) && sampling.isSampled(now));
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (root == null) {
      return NewTrace.id(now, random, sampled);
    }
    return root
        + ";Parent="
        + HEX.toHexDigits(random.nextLong())
        + ";"
        + (sampled ? RECORDED : UNRECORDED);
  }

  /**
   * The segment that whoever calls has given as the parent in a trace that was taken up, or null;
   * what is none that a tracer made is none.
   *
   * @param received what he has sent, or null
   * @param root of the trace that the call belongs to
   */
  static @Nullable String clientParent(@Nullable String received, String root) {
    if (received == null || !root(received).equals(root)) {
      return null;
    }
    String parent = parent(received);
    return parent != null && SEGMENT.matcher(parent).matches() ? parent : null;
  }

  /** The segment that a trace id names as the parent, or null. */
  static @Nullable String parent(String traceId) {
    String parent = field(traceId, PARENT);
    return parent == null ? null : parent.substring(PARENT.length());
  }

  /** A recorded trace id with another segment as the parent. */
  static String withParent(String traceId, String segment) {
    return ROOT + root(traceId) + ";" + PARENT + segment + ";" + RECORDED;
  }

  /** Whether a completed trace id says that its trace is recorded. */
  static boolean isSampled(String traceId) {
    return RECORDED.equals(field(traceId, SAMPLED));
  }

  /** The root of a completed trace id: what the trace is called. */
  static String root(String traceId) {
    String root = field(traceId, ROOT);
    return root == null ? traceId : root.substring(ROOT.length());
  }

  /** The 32 hexadecimal digits of a root, as W3C and OpenTelemetry call the same trace. */
  static String asW3c(String root) {
    Matcher digits = TRACE.matcher(root);
    if (!digits.matches()) {
      throw new IllegalArgumentException("not a trace of X-Ray's: " + root);
    }
    return (digits.group(1) + digits.group(2)).toLowerCase(Locale.ROOT);
  }

  /** The opposite: what X-Ray calls a trace of 32 hexadecimal digits. */
  static String ofW3c(String digits) {
    return "1-" + digits.substring(0, TIME_DIGITS) + "-" + digits.substring(TIME_DIGITS);
  }

  /** The first field of a name that has a value, with its name; without a copy of the others. */
  private static @Nullable String field(String value, String name) {
    int start = 0;
    while (start < value.length()) {
      int semicolon = value.indexOf(';', start);
      int end = semicolon < 0 ? value.length() : semicolon;
      int named = value.indexOf(name, start, end);
      if (named >= 0 && value.substring(start, named).isBlank()) {
        String field = value.substring(named, end).stripTrailing();
        if (field.length() > name.length()) {
          return field;
        }
      }
      start = end + 1;
    }
    return null;
  }
}
