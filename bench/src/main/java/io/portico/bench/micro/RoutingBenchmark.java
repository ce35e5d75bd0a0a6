package io.portico.bench.micro;

import io.portico.gateway.execute.CanonicalPath;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.rest.SingleStages;
import io.portico.gateway.snapshot.UsageSnapshot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** <b>Routing</b>: a path is made canonical once, then leads to a method. */
@State(Scope.Thread)
public class RoutingBenchmark {
  private static final String PATH = "/things17/t-4711";

  private final String path = PATH;
  private final SingleStages stages = new SingleStages();
  private final Invocation invocation =
      Calls.begun(
          Calls.get(PATH, MeasuredApi.apiKey(0)), MeasuredApi.stage(false), UsageSnapshot.EMPTY);

  @Benchmark
  @Part("routing: the canonical path of `" + PATH + "`")
  public CanonicalPath canonicalPath() {
    return CanonicalPath.of(MeasuredApi.STAGE, path);
  }

  @Benchmark
  @Part("routing: path and verb to one of " + MeasuredApi.METHODS + " methods, a path variable")
  public MethodMatch route() {
    return stages.route(invocation);
  }
}
