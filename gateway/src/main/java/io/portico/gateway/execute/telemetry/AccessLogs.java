package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.Release;
import java.util.function.Consumer;

/** Logs each call of a stage that has an access log, once its answer is written. */
public final class AccessLogs implements Telemetry.Listener, Telemetry.Ending {
  private final AccessLogSink sink;

  public AccessLogs(AccessLogSink sink) {
    this.sink = sink;
  }

  /**
   * Access logs of which the texts matter alone.
   *
   * @param lines takes them, without line end; must not block
   */
  public static AccessLogs of(Consumer<String> lines) {
    return new AccessLogs((line, reserved) -> lines.accept(line.text()));
  }

  @Override
  public Telemetry.Ending began(Invocation invocation) {
    AccessLog log = invocation.stage().accessLog();
    int reserved = log == null ? AccessLogSink.NONE : sink.reserve(log.destination());
    return log == null || reserved == AccessLogSink.NONE
        ? this
        : answer -> accept(answer, log, reserved);
  }

  @Override
  public void ended(Answer answer) {
    AccessLog log = answer.invocation().stage().accessLog();
    if (log != null) {
      accept(answer, log, AccessLogSink.NONE);
    }
  }

  private void accept(Answer answer, AccessLog log, int reserved) {
    sink.accept(
        new AccessLine(
            AccessLogLine.of(log, answer),
            log.destination(),
            answer.invocation().stage().release() == Release.CANARY,
            answer.endMillis()),
        reserved);
  }
}
