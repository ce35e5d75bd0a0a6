package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.ServedStage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Traces of those who call with {@code traceparent}, where they send no {@code X-Amzn-Trace-Id};
 * one that is not valid is as good as none. HTTP backends are told of the trace in the same way.
 *
 * <p>A call that is a segment of its trace names itself as the parent. Where it is not, a valid
 * {@code traceparent} is passed on as it is. For a call that is not recorded none is made, as one
 * that says so would keep backends from recording what they otherwise would.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#processing-model">Trace Context, 4</a>
 */
record TraceParentIds(TraceIds ids) implements TraceIds {

  @Override
  public TraceContext of(@Nullable String received, Instant now, ServedStage stage) {
    return ids.of(received, now, stage);
  }

  @Override
  public TraceContext ofRequest(Headers headers, Instant now, ServedStage stage) {
    TraceParent parent = TraceParent.of(headers);
    String received = headers.first("X-Amzn-Trace-Id");
    TraceContext context =
        ids.of(received == null && parent != null ? parent.asTraceId() : received, now, stage);
    TraceFields fields = fields(context, parent);
    return fields == null
        ? context
        : new TraceContext(context.id(), context.received(), context.joined(), fields);
  }

  private static @Nullable TraceFields fields(TraceContext context, @Nullable TraceParent parent) {
    if (!context.joined()) {
      return parent == null ? null : new TraceFields(parent.value(), true);
    }
    if (parent == null && !TraceId.isSampled(context.id())) {
      return null;
    }
    String trace = TraceId.asW3c(TraceId.root(context.id()));
    return new TraceFields(
        "00-"
            + trace
            + "-"
            + TraceId.parent(context.id())
            + (TraceId.isSampled(context.id()) ? "-01" : "-00"),
        parent != null && parent.traceId().equals(trace));
  }
}
