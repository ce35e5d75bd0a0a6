package io.portico.gateway.execute;

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
  private final Map<String, Object> requestPath = new LinkedHashMap<>();
  private final Map<String, Object> requestQueryString = new LinkedHashMap<>();
  private final Map<String, Object> requestHeader = new LinkedHashMap<>();
  private final Map<String, Object> responseHeader = new LinkedHashMap<>();
  private final Map<String, Object> requestMembers = new LinkedHashMap<>();
  private final Map<String, Object> responseMembers = new LinkedHashMap<>();
  private @Nullable Object responseStatus;

  public Map<String, Object> requestPath() {
    return requestPath;
  }

  public Map<String, Object> requestQueryString() {
    return requestQueryString;
  }

  public Map<String, Object> requestHeader() {
    return requestHeader;
  }

  public Map<String, Object> responseHeader() {
    return responseHeader;
  }

  /** What a template left beside these in {@code requestOverride}: it changes no request. */
  public Map<String, Object> requestMembers() {
    return requestMembers;
  }

  /** What a template left beside these in {@code responseOverride}: it changes no response. */
  public Map<String, Object> responseMembers() {
    return responseMembers;
  }

  /** As assigned, whatever it is; null until set. */
  public @Nullable Object responseStatus() {
    return responseStatus;
  }

  public void setResponseStatus(Object status) {
    responseStatus = status;
  }
}
