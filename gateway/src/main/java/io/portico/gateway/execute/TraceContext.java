package io.portico.gateway.execute;

import org.jspecify.annotations.Nullable;

/**
 * The trace that a call belongs to.
 *
 * @param id {@code Root=…;Parent=…;Sampled=…}, complete
 * @param received what whoever calls has said of it, in the same form; null where nothing
 * @param joined whether the call is a segment of the trace if that is recorded: its stage has
 *     tracing, and there is somebody who takes segments
 * @param fields what HTTP backends are told of it by W3C's Trace Context, or null where they are
 *     told no more than a client's headers say
 */
public record TraceContext(
    String id, @Nullable String received, boolean joined, @Nullable TraceFields fields) {

  /** One that backends are told of by the id alone. */
  TraceContext(String id, @Nullable String received, boolean joined) {
    this(id, received, joined, null);
  }

  /** Whether it is recorded as it was sampled here, whoever calls having decided nothing. */
  public boolean isSampledHere() {
    return isRecorded()
        && (received == null
            || !TraceId.isSampled(received)
            || !TraceId.root(received).equals(TraceId.root(id)));
  }

  /** Whether the call is recorded in it. */
  boolean isRecorded() {
    return joined && TraceId.isSampled(id);
  }
}
