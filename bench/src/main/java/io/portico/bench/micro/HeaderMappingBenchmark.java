package io.portico.bench.micro;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.IntegrationResponse;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.rest.SingleStages;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.UsageSnapshot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** <b>Header mapping</b>: what mappings of a request and of an answer make. */
@State(Scope.Thread)
public class HeaderMappingBenchmark {
  private final SingleStages stages = new SingleStages();
  private final MethodMatch match =
      stages.route(
          Calls.begun(
              Calls.get("/parts/p-17?page=3", MeasuredApi.apiKey(0)),
              MeasuredApi.stage(false),
              UsageSnapshot.EMPTY));
  private final MethodRequest request = match.request();
  private final EndpointResponse answer =
      new EndpointResponse(
          200,
          Headers.of(
              "Content-Type", "application/json",
              "Content-Length", "2",
              "Date", "Sat, 28 Nov 2026 18:01:01 GMT",
              "ETag", "\"33a64df551425fcc\"",
              "Cache-Control", "max-age=60"),
          Body.of("{}"),
          Long.MAX_VALUE);

  @Benchmark
  @Part("header mapping: five headers, a query parameter and a path variable of a request")
  public IntegrationRequest requestMappings() {
    return stages.map(request, match);
  }

  @Benchmark
  @Part("header mapping: four headers of an answer")
  public IntegrationResponse responseMappings() {
    return stages.map(answer, request, match);
  }
}
