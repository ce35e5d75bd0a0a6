package io.portico.gateway.execute;

import io.portico.gateway.aws.RequestId;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.ApiAddress.CustomPath;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Begins invocations. */
public final class Invocations {
  /** The longest integration timeout AWS grants (five minutes), and half a minute beside it. */
  private static final Duration LONGEST = Duration.ofSeconds(330);

  private final Clock clock;
  private final Carrier carrier;
  private final Overruns overruns;
  private final ExecutionTraces traces;
  private final TraceIds traceIds;
  private final Duration longestEvent;
  private final boolean explained;

  /**
   * @param clock what {@code $context.requestTime} is read from
   * @param carrier carries the threads that call {@link #begin}
   * @param overruns of what goes beyond AWS's limits
   * @param traces who listens
   * @param traceIds which traces they belong to
   */
  public Invocations(
      Clock clock, Carrier carrier, Overruns overruns, ExecutionTraces traces, TraceIds traceIds) {
    this(clock, carrier, overruns, traces, traceIds, LONGEST, false);
  }

  /** Invocations of traces that nothing is recorded of here. */
  public Invocations(Clock clock, Carrier carrier, Overruns overruns, ExecutionTraces traces) {
    this(clock, carrier, overruns, traces, TraceIds.PASSIVE);
  }

  /** Invocations that nobody listens to but tests. */
  public Invocations(Clock clock, Carrier carrier, Overruns overruns) {
    this(clock, carrier, overruns, ExecutionTraces.NONE);
  }

  private Invocations(
      Clock clock,
      Carrier carrier,
      Overruns overruns,
      ExecutionTraces traces,
      TraceIds traceIds,
      Duration longestEvent,
      boolean explained) {
    this.clock = clock;
    this.carrier = carrier;
    this.overruns = overruns;
    this.traces = traces;
    this.traceIds = traceIds;
    this.longestEvent = longestEvent;
    this.explained = explained;
  }

  /** The same, of which those who begin leave a trail for whoever explains them. */
  public Invocations explained() {
    return new Invocations(clock, carrier, overruns, traces, traceIds, longestEvent, true);
  }

  /** The same, of which those on connections of WebSocket APIs take no longer in all. */
  public Invocations withEventsOf(Duration longest) {
    return new Invocations(clock, carrier, overruns, traces, traceIds, longest, explained);
  }

  private Observations observations() {
    return explained ? new Observations(CallTrail.begin()) : new Observations();
  }

  public Invocation begin(
      HttpRequest request, ApiAddress address, ServedStage stage, GatewaySnapshot snapshot) {
    return begin(
        RequestId.random(),
        RequestId.extended(),
        MethodOverride.method(request),
        request,
        address,
        stage,
        snapshot);
  }

  /**
   * Begins a call of an HTTP API.
   *
   * <p>AWS: such a call has one id, in the form of {@code $context.extendedRequestId}; source:
   * documented, the events in
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html.
   */
  public Invocation beginHttp(
      HttpRequest request, ApiAddress address, HttpStage stage, GatewaySnapshot snapshot) {
    String id = RequestId.extended();
    return begin(id, id, request.method(), request, address, stage, snapshot);
  }

  private Invocation begin(
      String requestId,
      String extendedRequestId,
      String httpMethod,
      HttpRequest request,
      ApiAddress address,
      ServedStage stage,
      GatewaySnapshot snapshot) {
    Instant now = clock.instant();
    return new Invocation(
        requestId,
        extendedRequestId,
        stage.cloudFront() == null ? null : RequestId.cloudFront(),
        traceIds.ofRequest(request.headers(), now, stage),
        now,
        request.arrivalNanos() + LONGEST.toNanos(),
        stage,
        snapshot,
        request,
        httpMethod,
        new RequestContent(request.body()),
        address.domainName(),
        domainPrefix(address),
        basePath(address),
        address.customPath() == null ? null : address.customPath().ruleId(),
        path(address, stage),
        carrier,
        overruns,
        new Overrides(),
        observations(),
        traces.of(requestId, stage, request),
        null);
  }

  /**
   * Begins what happens on a connection of a WebSocket API.
   *
   * <p>AWS: such an event has one id, in the form of {@code $context.extendedRequestId}; source:
   * documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html.
   *
   * @param request the opening handshake, or what stands for a message
   * @param address how the connection was opened
   */
  public Invocation beginEvent(
      HttpRequest request, ApiAddress address, WebSocketStage stage, GatewaySnapshot snapshot) {
    Instant now = clock.instant();
    String id = RequestId.extended();
    return new Invocation(
        id,
        id,
        null,
        traceIds.ofRequest(request.headers(), now, stage),
        now,
        request.arrivalNanos() + longestEvent.toNanos(),
        stage,
        snapshot,
        request,
        request.method(),
        new RequestContent(request.body()),
        address.domainName(),
        domainPrefix(address),
        basePath(address),
        null,
        path(address, stage),
        carrier,
        overruns,
        new Overrides(),
        observations(),
        traces.of(id, stage, request),
        null);
  }

  /**
   * Begins a test of a method.
   *
   * @param requestId of the test
   * @param request as it is to be taken, without what a front end adds
   */
  public Invocation beginTest(
      String requestId,
      HttpRequest request,
      ServedStage stage,
      MethodTest test,
      ExecutionTrace trace) {
    Instant now = clock.instant();
    return new Invocation(
        requestId,
        RequestId.extended(),
        null,
        TraceIds.PASSIVE.of(null, now, stage),
        now,
        request.arrivalNanos() + LONGEST.toNanos(),
        stage,
        GatewaySnapshot.EMPTY,
        request,
        request.method(),
        new RequestContent(request.body()),
        MethodTest.DOMAIN_NAME,
        MethodTest.DOMAIN_PREFIX,
        null,
        null,
        CanonicalPath.withoutStage(request.rawPath()),
        carrier,
        overruns,
        new Overrides(),
        observations(),
        trace,
        test);
  }

  /** What times are read from. */
  public Clock clock() {
    return clock;
  }

  private static CanonicalPath path(ApiAddress address, ServedStage stage) {
    if (address.customPath() != null) {
      return CanonicalPath.ofCustomDomain(address.customPath().whole(), address.afterStage());
    }
    return stage.stageName().equals(HttpStage.DEFAULT)
        ? CanonicalPath.withoutStage(address.afterStage())
        : CanonicalPath.of(stage.stageName(), address.afterStage());
  }

  // AWS: that a mapping without a base path has no value is assumed.
  private static @Nullable String basePath(ApiAddress address) {
    CustomPath custom = address.customPath();
    return custom == null || custom.basePath().isEmpty() ? null : custom.basePath();
  }

  // AWS: the API's id, where the default endpoint is called; source: recorded, facts VTL-17. The
  // first label of any other name; source: documented, the reference of $context variables.
  private static String domainPrefix(ApiAddress address) {
    if (address.customPath() == null) {
      return address.apiId();
    }
    int dot = address.domainName().indexOf('.');
    return dot < 0 ? address.domainName() : address.domainName().substring(0, dot);
  }
}
