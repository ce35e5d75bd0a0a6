package io.portico.server;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.ExecutionTraces;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.TraceContext;
import io.portico.gateway.execute.TraceIds;
import io.portico.gateway.execute.telemetry.Answer;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CloudFront;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.TargetGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recorded calls that have ended, of a stage that nobody serves. */
final class EndedCalls {
  /** A trace that none of X-Ray's tracers names so. */
  static final String NO_TRACE = "anything";

  private EndedCalls() {}

  /** One of a trace of X-Ray's. */
  static Answer of(Headers headers) {
    return of("1-67f4a3b1-0123456789abcdef01234567", headers);
  }

  static Answer of(String trace, Headers headers) {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4566);
    HttpRequest request =
        new HttpRequest(
            "GET",
            "/prod/pets",
            "HTTP/1.1",
            headers.toBuilder().add("Host", "abc1234567.execute-api.us-east-1.localhost").build(),
            Body.EMPTY,
            new ClientConnection(loopback, loopback, null),
            System.nanoTime());
    TraceIds ids =
        (received, now, stage) ->
            new TraceContext(
                "Root=" + trace + ";Parent=0123456789abcdef;Sampled=1", received, true, null);
    Invocation invocation =
        new Invocations(
                Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD, ExecutionTraces.NONE, ids)
            .begin(
                request,
                Objects.requireNonNull(ApiAddress.of(request)),
                new Stage(),
                GatewaySnapshot.EMPTY);
    return new Answer(invocation, 200, Headers.empty(), 4, true, 1_000_000);
  }

  private record Stage() implements ServedStage {
    @Override
    public String key() {
      return "abc1234567/prod";
    }

    @Override
    public String scope() {
      return "000000000000/us-east-1";
    }

    @Override
    public String apiId() {
      return "abc1234567";
    }

    @Override
    public String apiName() {
      return "Pets";
    }

    @Override
    public String accountId() {
      return "000000000000";
    }

    @Override
    public String region() {
      return "us-east-1";
    }

    @Override
    public String stageName() {
      return "prod";
    }

    @Override
    public @Nullable String deploymentId() {
      return null;
    }

    @Override
    public boolean defaultEndpointDisabled() {
      return false;
    }

    @Override
    public Map<String, String> variables() {
      return Map.of();
    }

    @Override
    public CallLimits limits() {
      return CallLimits.AWS;
    }

    @Override
    public boolean traced() {
      return true;
    }

    @Override
    public @Nullable AccessLog accessLog() {
      return null;
    }

    @Override
    public Set<TargetGroup> targetGroups() {
      return Set.of();
    }

    @Override
    public @Nullable CloudFront cloudFront() {
      return null;
    }
  }
}
