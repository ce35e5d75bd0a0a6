package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.ServedStage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says which traces invocations belong to: {@code Root=…;Parent=…;Sampled=…}. */
@FunctionalInterface
public interface TraceIds {

  /** Nothing is recorded here: the trace of whoever calls is passed on. */
  TraceIds PASSIVE =
      (received, now, stage) -> new TraceContext(TraceId.of(received, now), received, false);

  /**
   * The trace that an invocation belongs to.
   *
   * @param received the client's {@code X-Amzn-Trace-Id}, or null
   */
  TraceContext of(@Nullable String received, Instant now, ServedStage stage);

  /** The same, by all that a request says of its trace. */
  default TraceContext ofRequest(Headers headers, Instant now, ServedStage stage) {
    return of(headers.first("X-Amzn-Trace-Id"), now, stage);
  }

  /**
   * Calls of stages with tracing are recorded if whoever calls is, and where he does not say, if
   * they are sampled.
   *
   * <p>AWS: source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enabling-xray.html.
   *
   * @param sampling asked for each call of such a stage of whose trace nobody has decided
   */
  static TraceIds active(Sampling sampling) {
    return (received, now, stage) ->
        stage.traced()
            ? new TraceContext(TraceId.traced(received, now, sampling), received, true)
            : PASSIVE.of(received, now, stage);
  }

  /** The same, where {@code traceparent} counts as well. AWS knows none. */
  default TraceIds withTraceParents() {
    return new TraceParentIds(this);
  }
}
