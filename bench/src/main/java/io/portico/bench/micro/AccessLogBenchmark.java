package io.portico.bench.micro;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.rest.SingleStages;
import io.portico.gateway.execute.telemetry.AccessLogWriter;
import io.portico.gateway.execute.telemetry.AccessLogs;
import io.portico.gateway.execute.telemetry.Answer;
import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.UsageSnapshot;
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
  private final Answer answer = answer();
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

  /** Of a call that was routed and answered by its backend. */
  private static Answer answer() {
    Invocation invocation =
        Calls.begun(
            Calls.get("/things17/t-4711", MeasuredApi.apiKey(0)),
            MeasuredApi.stage(true),
            UsageSnapshot.EMPTY);
    invocation.observations().matched(new SingleStages().route(invocation));
    long now = System.nanoTime();
    invocation.observations().integrationStarted(now);
    invocation.observations().integrationEnded(200, now + 3_000_000);
    return new Answer(
        invocation, 200, Headers.of("Content-Type", "application/json"), 1024, true, 4_000_000);
  }
}
