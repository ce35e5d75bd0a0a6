package io.portico.bench.micro;

import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** <b>The cache</b>: a whole call that it answers, beside one that a MOCK answers. */
@State(Scope.Thread)
public class CacheBenchmark {
  private final MeasuredPlane plane = new MeasuredPlane(MeasuredApi.cachingStage());
  private final HttpRequest cached = Calls.get("/cached?page=3", MeasuredApi.apiKey(0));
  private final HttpRequest mocked = Calls.get("/mocked?page=3", MeasuredApi.apiKey(0));

  @Benchmark
  @Part("a whole call without transport: answered from the cache, metrics")
  public HttpResponse hit() {
    return plane.call(cached);
  }

  @Benchmark
  @Part("a whole call without transport: answered by a MOCK, metrics")
  public HttpResponse mock() {
    return plane.call(mocked);
  }

  /** How often the backend was asked. */
  int backendCalls() {
    return plane.backendCalls();
  }
}
