package io.portico.gateway.execute;

/**
 * What a request to an HTTP backend says by W3C's Trace Context.
 *
 * @param traceParent the value of the field for trace and parent
 * @param keepsState whether the client's field for vendors' own states goes with it, as it is; that
 *     of another trace does not
 * @see <a href="https://www.w3.org/TR/trace-context/">Trace Context</a>
 */
public record TraceFields(String traceParent, boolean keepsState) {
  public static final String PARENT = "traceparent";
  public static final String STATE = "tracestate";

  /** Whether a client's header of this name is not handed on as it is. */
  public boolean replaces(String name) {
    return name.equalsIgnoreCase(PARENT) || (!keepsState && name.equalsIgnoreCase(STATE));
  }
}
