package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.snapshot.AccessLog;
import java.util.function.Consumer;

/** Logs each call of a stage that has an access log, once its answer is written. */
public final class AccessLogs implements Telemetry.Listener, Telemetry.Ending {
  private final Consumer<String> lines;

  /**
   * @param lines takes the lines, without line end; must not block
   */
  public AccessLogs(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public Telemetry.Ending began(Invocation invocation) {
    return this;
  }

  @Override
  public void ended(Answer answer) {
    AccessLog log = answer.invocation().stage().accessLog();
    if (log != null) {
      lines.accept(AccessLogLine.of(log, answer));
    }
  }
}
