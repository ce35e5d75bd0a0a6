package io.portico.bench.micro;

import io.portico.bench.process.BenchFailure;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.ExecutionTraces;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.TraceIds;
import io.portico.gateway.execute.rest.SingleStages;
import io.portico.gateway.execute.telemetry.Answer;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.UsageSnapshot;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Calls of the measured API, as a listener hands them in. */
final class Calls {
  private static final ClientConnection CONNECTION =
      new ClientConnection(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 4566),
          null);
  private static final Invocations INVOCATIONS =
      new Invocations(Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD);

  private Calls() {}

  /** The headers of a client that shows an API key. */
  static Headers.Builder headers(String apiKey) {
    return Headers.of(
        "Host", MeasuredApi.ID + ".execute-api.us-east-1.localhost",
        "User-Agent", "measured/1.0",
        "Accept", "application/json",
        "Accept-Language", "de-CH, en;q=0.8",
        "X-Tenant", "tenant-42",
        "x-api-key", apiKey)
        .toBuilder();
  }

  static HttpRequest get(String path, String apiKey) {
    return request("GET", path, headers(apiKey).build(), Body.EMPTY);
  }

  static HttpRequest postJson(String path, String body) {
    return request(
        "POST",
        path,
        headers(MeasuredApi.apiKey(0)).add("Content-Type", "application/json").build(),
        Body.of(body));
  }

  private static HttpRequest request(String method, String path, Headers headers, Body body) {
    return new HttpRequest(
        method,
        "/" + MeasuredApi.STAGE + path,
        "HTTP/1.1",
        headers,
        body,
        CONNECTION,
        System.nanoTime());
  }

  /** One that was routed and answered by its backend. */
  static Answer answered(StageSnapshot stage, TraceIds ids) {
    Invocations invocations =
        new Invocations(
            Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD, ExecutionTraces.NONE, ids);
    Invocation invocation =
        begun(
            invocations,
            get("/things17/t-4711", MeasuredApi.apiKey(0)),
            stage,
            UsageSnapshot.EMPTY);
    invocation.observations().matched(new SingleStages().route(invocation));
    long now = System.nanoTime();
    invocation.observations().integrationStarted(now);
    invocation.observations().integrationEnded(200, now + 3_000_000);
    return new Answer(
        invocation, 200, Headers.of("Content-Type", "application/json"), 1024, true, 4_000_000);
  }

  /** The call that a request begins. */
  static Invocation begun(HttpRequest request, StageSnapshot stage, UsageSnapshot usage) {
    return begun(INVOCATIONS, request, stage, usage);
  }

  private static Invocation begun(
      Invocations invocations, HttpRequest request, StageSnapshot stage, UsageSnapshot usage) {
    ApiAddress address = ApiAddress.of(request);
    if (address == null) {
      throw new BenchFailure("no call of an API: " + request.target());
    }
    return invocations.begin(
        request, address, stage, GatewaySnapshot.of(List.of(stage), Map.of(stage.scope(), usage)));
  }
}
