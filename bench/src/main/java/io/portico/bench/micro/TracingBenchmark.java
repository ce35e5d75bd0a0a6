package io.portico.bench.micro;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portico.gateway.execute.Sampling;
import io.portico.gateway.execute.TraceContext;
import io.portico.gateway.execute.TraceIds;
import io.portico.gateway.execute.telemetry.Answer;
import io.portico.gateway.execute.telemetry.OtlpSpans;
import io.portico.gateway.execute.telemetry.TraceWriter;
import io.portico.gateway.execute.telemetry.XRaySegment;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.StageSnapshot;
import java.time.Duration;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * <b>Tracing</b>: a trace id is made, and a call that is sampled is left to who writes it; then
 * what that one's thread makes of it. Calls are taken by a thread beside the one that is measured,
 * and go nowhere.
 */
@State(Scope.Thread)
public class TracingBenchmark {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final StageSnapshot stage = MeasuredApi.tracedStage();
  private final Headers headers = Calls.headers(MeasuredApi.apiKey(0)).build();
  private final TraceIds none = TraceIds.active(new Sampling(0, 0));
  private final TraceIds all = TraceIds.active(new Sampling(0, 1));
  private final Answer unrecorded = Calls.answered(stage, none);
  private final Answer recorded = Calls.answered(stage, all);
  private final TraceWriter writer =
      TraceWriter.start("bench", answers -> {}, Duration.ZERO, new SimpleMeterRegistry());

  @Benchmark
  @Part("tracing: a call that is not sampled")
  public TraceContext notSampled() {
    return traced(none, unrecorded);
  }

  @Benchmark
  @Part("tracing: a call that is sampled, left to its writer")
  public TraceContext sampled() {
    return traced(all, recorded);
  }

  private TraceContext traced(TraceIds ids, Answer answer) {
    TraceContext trace = ids.ofRequest(headers, NOW, stage);
    writer.began(answer.invocation()).ended(answer);
    return trace;
  }

  @Benchmark
  @Part("tracing, by the writer's thread: a segment for X-Ray")
  public String segment() {
    return XRaySegment.document(recorded);
  }

  @Benchmark
  @Part("tracing, by the writer's thread: two spans for OTLP")
  public byte[] spans() {
    OtlpSpans spans = new OtlpSpans();
    spans.add(recorded);
    return Json.bytes(spans.request());
  }

  @TearDown
  public void end() {
    writer.close();
  }
}
