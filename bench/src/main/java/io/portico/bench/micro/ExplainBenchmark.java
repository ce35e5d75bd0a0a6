package io.portico.bench.micro;

import io.portico.gateway.execute.explain.ExplainLimits;
import io.portico.gateway.execute.explain.ExplainRing;
import io.portico.gateway.execute.explain.KeptEntries;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * <b>Explanations</b>: a whole call of which one is kept, and one that comes when as many are kept
 * as a second may have. {@link CallBenchmark} has the same without.
 */
@State(Scope.Thread)
public class ExplainBenchmark {
  /** More than there are calls in a second. */
  private static final int ALL = 10_000_000;

  private final ExplainRing all = ring(ALL);
  private final ExplainRing none = ring(0);
  private final MeasuredPlane kept = new MeasuredPlane(MeasuredApi.stage(false), all);
  private final MeasuredPlane passedOver = new MeasuredPlane(MeasuredApi.stage(false), none);
  private final HttpRequest request = Calls.get("/things17/t-4711", MeasuredApi.apiKey(0));

  private static ExplainRing ring(int aSecond) {
    ExplainLimits standard = ExplainLimits.STANDARD;
    return new ExplainRing(
        new ExplainLimits(
            standard.requests(), standard.refusals(), standard.bytes(), aSecond, aSecond));
  }

  @Benchmark
  @Part("a whole call without transport: pass-through, metrics, an explanation that is kept")
  public HttpResponse kept() {
    return kept.call(request);
  }

  @Benchmark
  @Part("a whole call without transport: pass-through, metrics, beyond what is kept in a second")
  public HttpResponse passedOver() {
    return passedOver.call(request);
  }

  /** How many explanations are there. */
  int explanations() {
    return KeptEntries.count(all) + KeptEntries.count(none);
  }
}
