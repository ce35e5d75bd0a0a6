package io.portico.gateway.execute;

import io.portico.gateway.snapshot.ServedStage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the trace ids of invocations: {@code Root=…;Parent=…;Sampled=…}. */
@FunctionalInterface
public interface TraceIds {

  /** Nothing is recorded here: the trace of whoever calls is passed on. */
  TraceIds PASSIVE = (received, now, stage) -> TraceId.of(received, now);

  /**
   * The trace that an invocation belongs to.
   *
   * @param received the client's {@code X-Amzn-Trace-Id}, or null
   */
  String of(@Nullable String received, Instant now, ServedStage stage);

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
        stage.traced() ? TraceId.traced(received, now, sampling) : TraceId.of(received, now);
  }
}
