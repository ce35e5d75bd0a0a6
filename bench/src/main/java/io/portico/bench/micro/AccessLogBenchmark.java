package io.portico.bench.micro;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portico.gateway.execute.TraceIds;
import io.portico.gateway.execute.telemetry.AccessLogWriter;
import io.portico.gateway.execute.telemetry.AccessLogs;
import io.portico.gateway.execute.telemetry.Answer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** <b>The access log</b>: an answer becomes a line. */
@State(Scope.Thread)
public class AccessLogBenchmark {
  private final AccessLogs log = AccessLogs.of(line -> this.line = line);
  private final Answer answer = Calls.answered(MeasuredApi.stage(true), TraceIds.PASSIVE);
  private String line = "";
  private @Nullable AccessLogWriter writer;
  private AccessLogs written = log;

  @Benchmark
  @Part("access log: a line of ten variables in JSON")
  public String line() {
    log.ended(answer);
    return line;
  }

  /** A line that is made and left to who writes it, as each call does. */
  @Benchmark
  @Part("access log: the same line, and left to its writer")
  public Answer offered() {
    written.ended(answer);
    return answer;
  }

  /** Lines are taken by a thread beside the one that is measured, and go nowhere. */
  @Setup
  public void start() throws IOException {
    AccessLogWriter started =
        AccessLogWriter.start(
            "bench", lines -> {}, new AccessLogWriter.WhenFull.Drop(), new SimpleMeterRegistry());
    writer = started;
    written = new AccessLogs((taken, reserved) -> started.accept(taken));
  }

  @TearDown
  public void end() {
    if (writer != null) {
      writer.close();
    }
  }
}
