package io.portico.gateway.execute;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.compute.ComputeTime;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.UsageSnapshot;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call of an API.
 *
 * @param requestId {@code $context.requestId}, a UUID
 * @param extendedRequestId {@code $context.extendedRequestId}
 * @param cloudFrontId what CloudFront calls it where the API is edge-optimised, or null
 * @param traceContext the trace this call belongs to
 * @param time when it arrived
 * @param deadlineNanos {@link System#nanoTime} at which every wait ends
 * @param stage what it runs on, read once
 * @param snapshot what the stage was found in
 * @param request as it came
 * @param httpMethod {@code $context.httpMethod}: the method that is called, in whose name
 *     everything is decided; the request's own unless {@link MethodOverride} says another
 * @param content of the request; its body is taken from here
 * @param domainName {@code $context.domainName}: the host that was called, without port
 * @param domainPrefix {@code $context.domainPrefix}
 * @param basePath {@code $context.customDomain.basePathMatched}, or null
 * @param routingRuleId {@code $context.customDomain.routingRuleIdMatched}, or null
 * @param path its path
 * @param carrier what carries the thread that answers
 * @param overruns is told what goes beyond AWS's limits
 * @param overrides what templates have set so far
 * @param observations what has happened so far
 * @param trace hears what happens
 * @param test what it tests, or null for a call that somebody made
 */
public record Invocation(
    String requestId,
    String extendedRequestId,
    @Nullable String cloudFrontId,
    TraceContext traceContext,
    Instant time,
    long deadlineNanos,
    ServedStage stage,
    GatewaySnapshot snapshot,
    HttpRequest request,
    String httpMethod,
    RequestContent content,
    String domainName,
    String domainPrefix,
    @Nullable String basePath,
    @Nullable String routingRuleId,
    CanonicalPath path,
    Carrier carrier,
    Overruns overruns,
    Overrides overrides,
    Observations observations,
    ExecutionTrace trace,
    @Nullable MethodTest test) {

  /**
   * Content of this size is parsed, or a template rendered over it, in well under a millisecond.
   */
  private static final int LIGHT_CONTENT = 16 * 1024;

  private static final Duration LONGEST_TEST = Duration.ofSeconds(35);

  /** {@code $context.requestTime}: {@code 09/Apr/2015:12:34:56 +0000}. */
  public String requestTime() {
    return RequestTime.of(time);
  }

  /** The trace that this call belongs to: {@code Root=…;Parent=…;Sampled=…}. */
  public String traceId() {
    return traceContext.id();
  }

  /** What the trace is called that this call belongs to: {@code 1-…}. */
  public String traceRoot() {
    return TraceId.root(traceId());
  }

  /**
   * The same as W3C and OpenTelemetry have it: 32 hexadecimal digits.
   *
   * @throws IllegalArgumentException if it is not recorded, and its client has a form of his own
   */
  public String traceDigits() {
    return TraceId.asW3c(traceRoot());
  }

  /** Whether it is recorded in its trace: its stage has tracing, and it is sampled. */
  public boolean isRecorded() {
    return traceContext.isRecorded();
  }

  /** The segment that backends are given as their parent. */
  public @Nullable String segment() {
    return TraceId.parent(traceId());
  }

  /** The segment of the call itself. */
  public String ownSegment() {
    return SegmentIds.ofCall(requestId);
  }

  /** The segment that an authorizer's function is given as its parent where this is recorded. */
  public String authorizerSegment() {
    return SegmentIds.ofAuthorizer(requestId);
  }

  /** The trace as an authorizer's function is told of it. */
  public String authorizerTraceId() {
    return isRecorded() ? TraceId.withParent(traceId(), authorizerSegment()) : traceId();
  }

  /** The segment of its trace that whoever calls has given as the parent, or null. */
  public @Nullable String clientSegment() {
    return TraceId.clientParent(traceContext.received(), traceRoot());
  }

  /** The API keys and usage plans of its account and region. */
  public UsageSnapshot usage() {
    return snapshot.usage(stage.scope());
  }

  /**
   * The smaller of {@code limit} and what is left until the deadline; at least a millisecond.
   *
   * @param now a recent {@link System#nanoTime}
   */
  public Duration remaining(Duration limit, long now) {
    Duration left = Duration.ofNanos(Math.max(deadlineNanos - now, 1_000_000));
    return left.compareTo(limit) < 0 ? left : limit;
  }

  /**
   * How long an answer may take that is handed on as it comes: longer than all else that a call
   * does.
   *
   * <p>AWS: 35 seconds where a method is tested; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-streaming-troubleshoot.html
   */
  public Duration streaming(Duration limit) {
    return test == null || limit.compareTo(LONGEST_TEST) < 0 ? limit : LONGEST_TEST;
  }

  /** What a computation may take that is bounded by this call's deadline alone. */
  public ComputeTime computeTime() {
    return new ComputeTime(deadlineNanos, carrier);
  }

  /** Tells of a body that is taken though it is longer than AWS takes. */
  public void tellOf(long bodyBytes) {
    if (bodyBytes > stage.limits().payload().told()) {
      overruns.payload(stage, bodyBytes);
    }
  }

  /** The same of a body that goes on after so many bytes, nobody knows how far. */
  public void tellOfMoreThan(long bodyBytes) {
    if (bodyBytes >= stage.limits().payload().told()) {
      overruns.payloadBeyond(stage, bodyBytes);
    }
  }

  /** Leaves the event loop if the content is so long that taking it apart would hold up others. */
  public void takesApart(byte[] content) {
    if (content.length > LIGHT_CONTENT) {
      carrier.computingForLong();
    }
  }
}
