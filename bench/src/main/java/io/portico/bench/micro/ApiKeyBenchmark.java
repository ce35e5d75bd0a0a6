package io.portico.bench.micro;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.rest.SingleStages;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.UsageSnapshot;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** <b>Key lookup and throttle</b>: an API key leads to its usage plan and takes a token. */
@State(Scope.Thread)
public class ApiKeyBenchmark {
  private static final int CALLERS = 1_000;

  private final SingleStages stages = new SingleStages();
  private final List<MethodMatch> calls = calls(MeasuredApi.stage(false), MeasuredApi.usage());
  private int next;

  @Benchmark
  @Part("key lookup and throttle: " + CALLERS + " callers among " + MeasuredApi.API_KEYS + " keys")
  public Caller admit() {
    next = next + 1 < CALLERS ? next + 1 : 0;
    return stages.admit(calls.get(next));
  }

  /** One call of each caller, routed. */
  private List<MethodMatch> calls(StageSnapshot stage, UsageSnapshot usage) {
    int distance = MeasuredApi.API_KEYS / CALLERS;
    return IntStream.range(0, CALLERS)
        .mapToObj(i -> Calls.get("/guarded/g-1", MeasuredApi.apiKey(i * distance)))
        .map(request -> stages.route(Calls.begun(request, stage, usage)))
        .toList();
  }
}
