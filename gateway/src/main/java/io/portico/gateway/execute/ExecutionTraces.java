package io.portico.gateway.execute;

import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.ServedStage;

/**
 * Who listens to an invocation: asked for each one that begins, on event loops. It must not block,
 * and costs nothing where nobody listens.
 */
@FunctionalInterface
public interface ExecutionTraces {

  /** Nobody ever listens. */
  ExecutionTraces NONE = (requestId, stage, request) -> ExecutionTrace.OFF;

  /**
   * What hears of one invocation; {@link ExecutionTrace#OFF} where nobody wants to.
   *
   * @param requestId {@code $context.requestId} of the invocation
   * @param stage what it runs on: a stage of an API of any kind
   * @param request as it came, its body unread
   */
  ExecutionTrace of(String requestId, ServedStage stage, HttpRequest request);

  /** Both who listens here and who listens there. */
  default ExecutionTraces and(ExecutionTraces others) {
    return (requestId, stage, request) ->
        ExecutionTrace.both(of(requestId, stage, request), others.of(requestId, stage, request));
  }
}
