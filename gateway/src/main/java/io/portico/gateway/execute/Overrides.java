package io.portico.gateway.execute;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What mapping templates set for the rest of an invocation: {@code $context.requestOverride} and
 * {@code $context.responseOverride}. Set by one template, seen by the next; source: recorded, facts
 * VTL-18, VTL-19.
 *
 * <p>A value is what the template assigned; a header may be a list.
 */
public final class Overrides {
  private enum Part {
    REQUEST_PATH,
    REQUEST_QUERY_STRING,
    REQUEST_HEADER,
    RESPONSE_HEADER,
    REQUEST_MEMBERS,
    RESPONSE_MEMBERS
  }

  /** Made when asked for: most calls run no template. */
  private @Nullable EnumMap<Part, Map<String, Object>> parts;

  private @Nullable Object responseStatus;

  public Map<String, Object> requestPath() {
    return part(Part.REQUEST_PATH);
  }

  public Map<String, Object> requestQueryString() {
    return part(Part.REQUEST_QUERY_STRING);
  }

  public Map<String, Object> requestHeader() {
    return part(Part.REQUEST_HEADER);
  }

  public Map<String, Object> responseHeader() {
    return part(Part.RESPONSE_HEADER);
  }

  /** What a template left beside these in {@code requestOverride}: it changes no request. */
  public Map<String, Object> requestMembers() {
    return part(Part.REQUEST_MEMBERS);
  }

  /** What a template left beside these in {@code responseOverride}: it changes no response. */
  public Map<String, Object> responseMembers() {
    return part(Part.RESPONSE_MEMBERS);
  }

  /** As assigned, whatever it is; null until set. */
  public @Nullable Object responseStatus() {
    return responseStatus;
  }

  public void setResponseStatus(Object status) {
    responseStatus = status;
  }

  /** Whether something of {@code responseOverride} is set. */
  public boolean setsResponse() {
    return responseStatus != null || isSet(Part.RESPONSE_HEADER) || isSet(Part.RESPONSE_MEMBERS);
  }

  /** Whether something of {@code requestOverride} is set. */
  public boolean setsRequest() {
    return isSet(Part.REQUEST_PATH)
        || isSet(Part.REQUEST_QUERY_STRING)
        || isSet(Part.REQUEST_HEADER)
        || isSet(Part.REQUEST_MEMBERS);
  }

  private boolean isSet(Part part) {
    Map<String, Object> values = parts == null ? null : parts.get(part);
    return values != null && !values.isEmpty();
  }

  private Map<String, Object> part(Part part) {
    if (parts == null) {
      parts = new EnumMap<>(Part.class);
    }
    return parts.computeIfAbsent(part, absent -> new LinkedHashMap<>());
  }
}
