package io.portico.gateway.execute.cases;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.policy.Identities;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.authorizer.Authorizers;
import io.portico.gateway.execute.authorizer.JwtAuthorizers;
import io.portico.gateway.execute.authorizer.LambdaAuthorizers;
import io.portico.gateway.execute.authorizer.RequestAuthorizers;
import io.portico.gateway.execute.authorizer.SignedCallers;
import io.portico.gateway.execute.authorizer.UserPoolAuthorizers;
import io.portico.gateway.execute.explain.ExplainRecorder;
import io.portico.gateway.execute.httpapi.HttpApiPipeline;
import io.portico.gateway.execute.httpapi.RouteAuthorizers;
import io.portico.gateway.execute.httpapi.RouteIntegrations;
import io.portico.gateway.execute.httpapi.RouteThrottles;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.integration.SigningCredentials;
import io.portico.gateway.execute.rest.RestPipeline;
import io.portico.gateway.execute.rest.RuntimeState;
import io.portico.gateway.execute.telemetry.AccessLogs;
import io.portico.gateway.execute.telemetry.ExecutionLogs;
import io.portico.gateway.execute.telemetry.LoggedEvents;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.execute.usage.UsageLedger;
import io.portico.gateway.execute.usage.UsageMeters;
import io.portico.gateway.execute.websocket.ConnectionBounds;
import io.portico.gateway.execute.websocket.OpenConnections;
import io.portico.gateway.execute.websocket.WebSocketPipeline;
import io.portico.gateway.execute.websocket.WebSocketState;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.jose.KeySetLimits;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The gateway of a case: front door and pipeline over one stage and its API keys. */
public final class CaseGateway {
  /** An address that documentation may use (RFC 5737). */
  private static final byte[] CLIENT = {(byte) 192, 0, 2, 7};

  private CaseGateway() {}

  /**
   * A gateway.
   *
   * @param upstream reaches every backend, the endpoints of AWS's services among them
   * @param accessLog takes the lines of the access log
   */
  public static HttpHandler of(
      GatewaySnapshot served, Upstream upstream, Consumer<String> accessLog) {
    return of(served, upstream, accessLog, none -> {}, new CaseExplanations());
  }

  /**
   * The same.
   *
   * @param executionLog takes what execution logs are to have
   */
  public static HttpHandler of(
      GatewaySnapshot served,
      Upstream upstream,
      Consumer<String> accessLog,
      Consumer<LoggedEvents> executionLog) {
    return of(served, upstream, accessLog, executionLog, new CaseExplanations());
  }

  /**
   * The same.
   *
   * @param executionLog takes what execution logs are to have
   * @param explanations of its requests
   */
  static HttpHandler of(
      GatewaySnapshot served,
      Upstream upstream,
      Consumer<String> accessLog,
      Consumer<LoggedEvents> executionLog,
      CaseExplanations explanations) {
    return of(
        served,
        upstream,
        accessLog,
        executionLog,
        System::nanoTime,
        null,
        explanations,
        ConnectionBounds.STANDARD,
        UsageLedger.NONE);
  }

  /**
   * A gateway whose keys of issuers grow old by a clock of their own.
   *
   * @param nanoTime as {@link System#nanoTime}
   * @see #of(GatewaySnapshot, Upstream, Consumer)
   */
  public static HttpHandler of(
      GatewaySnapshot served,
      Upstream upstream,
      Consumer<String> accessLog,
      LongSupplier nanoTime) {
    return of(
        served,
        upstream,
        accessLog,
        none -> {},
        nanoTime,
        null,
        new CaseExplanations(),
        ConnectionBounds.STANDARD,
        UsageLedger.NONE);
  }

  /**
   * A gateway with a throttle of the account's for HTTP and WebSocket APIs.
   *
   * @param ofAccount null for none
   * @see #of(GatewaySnapshot, Upstream, Consumer)
   */
  public static HttpHandler of(
      GatewaySnapshot served,
      Upstream upstream,
      Consumer<String> accessLog,
      @Nullable ThrottleLimit ofAccount) {
    return of(
        served,
        upstream,
        accessLog,
        ofAccount,
        new CaseExplanations(),
        ConnectionBounds.STANDARD,
        UsageLedger.NONE);
  }

  /**
   * A gateway whose limits are others.
   *
   * @param ofAccount null for none
   * @param explanations of its requests
   * @param bounds of its WebSocket connections
   * @param ledger keeps what API keys have used
   * @see #of(GatewaySnapshot, Upstream, Consumer)
   */
  static HttpHandler of(
      GatewaySnapshot served,
      Upstream upstream,
      Consumer<String> accessLog,
      @Nullable ThrottleLimit ofAccount,
      CaseExplanations explanations,
      ConnectionBounds bounds,
      UsageLedger ledger) {
    return of(
        served,
        upstream,
        accessLog,
        none -> {},
        System::nanoTime,
        ofAccount,
        explanations,
        bounds,
        ledger);
  }

  private static HttpHandler of(
      GatewaySnapshot served,
      Upstream upstream,
      Consumer<String> accessLog,
      Consumer<LoggedEvents> executionLog,
      LongSupplier nanoTime,
      @Nullable ThrottleLimit ofAccount,
      CaseExplanations explanations,
      ConnectionBounds bounds,
      UsageLedger ledger) {
    CurrentSnapshot snapshot = new CurrentSnapshot();
    snapshot.update(current -> served);
    Clock clock = Clock.systemUTC();
    Credentials credentials = new Credentials("test", "test", null);
    LambdaInvoke lambda = new LambdaInvoke(upstream, credentials, clock);
    SigningCredentials signing = lambda.signing();
    UserPoolAuthorizers userPools = new UserPoolAuthorizers(upstream, clock);
    RuntimeState fresh = RuntimeState.fresh(lambda, userPools);
    UsageMeters usage = new UsageMeters(ledger, clock);
    ExplainRecorder recorder = explanations.recorder(snapshot, fresh.throttles(), usage, ofAccount);
    Telemetry telemetry = new Telemetry(List.of(AccessLogs.of(accessLog), recorder));
    Invocations invocations =
        new Invocations(
                clock, Carrier.UNSHARED, Overruns.UNTOLD, new ExecutionLogs(executionLog, clock))
            .explained();
    return new DataPlane(
            snapshot,
            new RestPipeline(
                invocations,
                new RuntimeState(
                    new Authorizers(
                        new LambdaAuthorizers(lambda, signing, snapshot),
                        userPools,
                        new CaseIdentities(),
                        clock),
                    fresh.throttles(),
                    usage,
                    fresh.cache(),
                    ofAccount),
                new Integrations(upstream, credentials, clock),
                telemetry),
            new HttpApiPipeline(
                invocations,
                new RouteAuthorizers(
                    new SignedCallers(new CaseIdentities(), clock),
                    new JwtAuthorizers(upstream, KeySetLimits.ofHttpApis(), clock, nanoTime),
                    new RequestAuthorizers(lambda, signing, snapshot)),
                new RouteThrottles(fresh.throttles(), ofAccount),
                new RouteIntegrations(upstream, credentials, clock),
                telemetry),
            new WebSocketPipeline(
                invocations,
                snapshot,
                new WebSocketState(
                    new OpenConnections(snapshot, bounds),
                    new LambdaAuthorizers(lambda, signing, snapshot),
                    new SignedCallers(new CaseIdentities(), clock),
                    fresh.throttles(),
                    usage,
                    ofAccount),
                new Integrations(upstream, credentials, clock),
                telemetry,
                new Telemetry(List.of(recorder)),
                recorder),
            Overruns.UNTOLD,
            host -> false)
        .heardBy(recorder);
  }

  /** Those who can sign. */
  public static Identities identities() {
    return new CaseIdentities();
  }

  /** A request as if it had come from the client that the cases know. */
  public static HttpRequest fromTheClient(
      String method, String target, String protocol, Headers headers, Body body)
      throws UnknownHostException {
    return new HttpRequest(
        method,
        target,
        protocol,
        headers,
        body,
        new ClientConnection(
            new InetSocketAddress(InetAddress.getByAddress(CLIENT), 50_000),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 4566),
            null),
        System.nanoTime());
  }
}
