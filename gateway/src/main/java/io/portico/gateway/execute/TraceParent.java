package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A valid {@code traceparent}: {@code 00-<trace>-<parent>-<flags>}, in lower case.
 *
 * @param value as it was received
 * @param traceId 32 hexadecimal digits, not all zero
 * @param parentId 16 hexadecimal digits, not all zero
 * @param sampled whether whoever calls may have recorded it
 * @see <a href="https://www.w3.org/TR/trace-context/#versioning-of-traceparent">Trace Context, 3.2
 *     and 3.2.4</a>
 */
record TraceParent(String value, String traceId, String parentId, boolean sampled) {
  private static final int TRACE = 3;
  private static final int PARENT = 36;
  private static final int FLAGS = 53;

  /** Of version 00, and the least of any other. */
  private static final int LENGTH = 55;

  /** Longer values are none that a tracer made. */
  private static final int MOST_LENGTH = 512;

  /** What a request says; null where it says nothing, or nothing valid, or more than one thing. */
  static @Nullable TraceParent of(Headers headers) {
    if (!headers.contains(TraceFields.PARENT)) {
      return null;
    }
    List<String> all = headers.all(TraceFields.PARENT);
    return all.size() == 1 ? of(all.getFirst()) : null;
  }

  private static @Nullable TraceParent of(String value) {
    boolean known = value.startsWith("00-");
    if (value.length() < LENGTH
        || value.length() > (known ? LENGTH : MOST_LENGTH)
        || value.startsWith("ff")
        || !isHex(value, 0, 2)
        || value.charAt(TRACE - 1) != '-'
        || value.charAt(PARENT - 1) != '-'
        || value.charAt(FLAGS - 1) != '-'
        || (value.length() > LENGTH && value.charAt(LENGTH) != '-')
        || !isId(value, TRACE, PARENT - 1)
        || !isId(value, PARENT, FLAGS - 1)
        || !isHex(value, FLAGS, LENGTH)) {
      return null;
    }
    return new TraceParent(
        value,
        value.substring(TRACE, PARENT - 1),
        value.substring(PARENT, FLAGS - 1),
        (Character.digit(value.charAt(LENGTH - 1), 16) & 1) != 0);
  }

  /**
   * What X-Ray would say: the same 32 digits, of which the first 8 stand by themselves.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids">Generating
   *     trace IDs</a>
   */
  String asTraceId() {
    return "Root="
        + TraceId.ofW3c(traceId)
        + ";Parent="
        + parentId
        + ";Sampled="
        + (sampled ? '1' : '0');
  }

  private static boolean isId(String text, int from, int to) {
    boolean zero = true;
    for (int i = from; i < to; i++) {
      zero &= text.charAt(i) == '0';
    }
    return !zero && isHex(text, from, to);
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }
}
