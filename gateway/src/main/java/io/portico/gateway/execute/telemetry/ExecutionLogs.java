package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.ExecutionTrace;
import io.portico.gateway.execute.ExecutionTraces;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * The <b>execution logs</b> of stages whose settings ask for them, for CloudWatch Logs.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html">Set
 *     up CloudWatch logging</a>
 */
public final class ExecutionLogs implements ExecutionTraces {
  private final Consumer<LoggedEvents> events;
  private final Clock clock;

  /**
   * @param events takes what calls have to say; must not block
   * @param clock what the events' times are read from
   */
  public ExecutionLogs(Consumer<LoggedEvents> events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  @Override
  public ExecutionTrace of(String requestId, ServedStage stage, HttpRequest request) {
    if (!stage.logsExecutions()) {
      return ExecutionTrace.OFF;
    }
    return stage instanceof WebSocketStage
        ? new LoggedConnectionEvent(requestId, stage, events, clock)
        : new LoggedExecution(requestId, stage, events, clock);
  }
}
