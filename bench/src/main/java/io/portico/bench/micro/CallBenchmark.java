package io.portico.bench.micro;

import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** <b>A whole call</b> of a proxy: all that the data plane does between listener and backend. */
@State(Scope.Thread)
public class CallBenchmark {
  private final MeasuredPlane plain = new MeasuredPlane(MeasuredApi.stage(false));
  private final MeasuredPlane logging = new MeasuredPlane(MeasuredApi.stage(true));
  private final HttpRequest open = Calls.get("/things17/t-4711", MeasuredApi.apiKey(0));
  private final HttpRequest guarded = Calls.get("/guarded/g-1", MeasuredApi.apiKey(4711));

  @Benchmark
  @Part("a whole call without transport: pass-through, metrics")
  public HttpResponse passThrough() {
    return plain.call(open);
  }

  @Benchmark
  @Part("a whole call without transport: key, throttle, metrics, access log")
  public HttpResponse features() {
    return logging.call(guarded);
  }

  /** The last one of the access log. */
  String line() {
    return logging.line();
  }
}
