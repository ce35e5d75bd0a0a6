package io.portico.gateway.execute.telemetry;

import io.portico.gateway.snapshot.AccessLog;
import java.util.function.Consumer;

/** Logs each call of a stage that has an access log, once its answer is written. */
public final class AccessLogs implements Telemetry.Listener {
  private final Consumer<String> lines;

  /**
   * @param lines takes the lines, without line end; must not block
   */
  public AccessLogs(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void ended(Answer answer) {
    AccessLog log = answer.invocation().stage().accessLog();
    if (log != null) {
      lines.accept(AccessLogLine.of(log, answer));
    }
  }
}
