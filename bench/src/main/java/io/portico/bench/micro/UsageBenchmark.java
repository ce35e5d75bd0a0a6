package io.portico.bench.micro;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.rest.SingleStages;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.throttle.Throttles.Bucket;
import io.portico.gateway.execute.throttle.Throttles.Kind;
import io.portico.gateway.model.UsagePlanRecord.Quota;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.ThrottleLimit;
import io.portico.gateway.snapshot.UsageSnapshot;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** <b>A token and a request of the quota</b>, each of them for a caller that is already known. */
@State(Scope.Thread)
public class UsageBenchmark {
  private static final int CALLERS = 1_000;

  /** So much that no loop of calls is refused. */
  private static final ThrottleLimit THROTTLE = ThrottleLimit.of(1_000_000, 1_000_000);

  private static final Quota QUOTA = new Quota(Integer.MAX_VALUE, 0, "MONTH");

  private final Throttles throttles = new Throttles();
  private final List<String> keys = IntStream.range(0, CALLERS).mapToObj(i -> "key" + i).toList();
  private final SingleStages stages = new SingleStages();
  private final List<MethodMatch> calls = calls(MeasuredApi.stage(false), MeasuredApi.usage(QUOTA));
  private final List<Caller> callers = calls.stream().map(stages::admit).toList();
  private int next;

  @Benchmark
  @Part("token bucket: one of " + CALLERS)
  public boolean token() {
    next = next + 1 < CALLERS ? next + 1 : 0;
    return throttles.admit(new Bucket(Kind.CLIENT, "plan12", keys.get(next), "", ""), THROTTLE);
  }

  @Benchmark
  @Part("quota: one of " + CALLERS + " callers, a request counted")
  public Caller count() {
    next = next + 1 < CALLERS ? next + 1 : 0;
    Caller caller = callers.get(next);
    stages.count(caller, calls.get(next));
    return caller;
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
