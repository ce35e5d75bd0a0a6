package io.portico.gateway.execute;

import org.jspecify.annotations.Nullable;

/**
 * What happened in an invocation, for {@code $context}, access log and metrics. Written as it
 * happens by the thread that answers; decides nothing.
 */
public final class Observations {
  private @Nullable MethodMatch match;
  private Caller caller = Caller.ANONYMOUS;
  private @Nullable AuthorizerCall authorizerCall;
  private @Nullable GatewayFault fault;
  private int integrationStatus;
  private long integrationStartNanos;
  private long headNanos;
  private long integrationNanos;
  private boolean cacheHit;
  private boolean cacheMissed;

  public void matched(MethodMatch method) {
    this.match = method;
  }

  public void identified(Caller known) {
    this.caller = known;
  }

  public void authorizerAsked(AuthorizerCall call) {
    this.authorizerCall = call;
  }

  public void failed(GatewayFault cause) {
    this.fault = cause;
  }

  public void integrationStarted(long nanoTime) {
    this.integrationStartNanos = nanoTime;
  }

  /**
   * The backend answered, or failed to.
   *
   * @param status the backend's, or 0 where there is none
   * @param nanoTime {@link System#nanoTime} when its head was there
   */
  public void integrationEnded(int status, long nanoTime) {
    this.integrationStatus = status;
    this.headNanos = nanoTime - integrationStartNanos;
    this.integrationNanos = headNanos;
  }

  /**
   * The client's answer has ended. AWS: where it is streamed, the backend's has until then; source:
   * documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-streaming-troubleshoot.html.
   *
   * @param nanoTime {@link System#nanoTime}
   */
  public void answered(long nanoTime) {
    if (integrationStatus != 0 && isStreamed()) {
      integrationNanos = nanoTime - integrationStartNanos;
    }
  }

  /** Whether the method's integration hands its answer on as it comes. */
  public boolean isStreamed() {
    return match != null && match.method().integration().isStreamed();
  }

  /** The answer came out of the cache. */
  public void cacheHit() {
    this.cacheHit = true;
  }

  /** The answer is one that is cached, and the backend is asked for it. */
  public void cacheMissed() {
    this.cacheMissed = true;
  }

  /** The method that was called, or null where none was found. */
  public @Nullable MethodMatch match() {
    return match;
  }

  /** Who calls, as far as that is known yet. */
  public Caller caller() {
    return caller;
  }

  /** How an authorizer was asked, or null where none was. */
  public @Nullable AuthorizerCall authorizerCall() {
    return authorizerCall;
  }

  /** Why the gateway answered itself, or null where it did not. */
  public @Nullable GatewayFault fault() {
    return fault;
  }

  public boolean isCacheHit() {
    return cacheHit;
  }

  public boolean isCacheMiss() {
    return cacheMissed;
  }

  /** The backend's status; 0 where none was called or none answered. */
  public int integrationStatus() {
    return integrationStatus;
  }

  public boolean integrationCalled() {
    return integrationStartNanos != 0;
  }

  /** From the call of the backend to its head. */
  public long headNanos() {
    return headNanos;
  }

  /** The same, or to the end of an answer that is streamed. */
  public long integrationNanos() {
    return integrationNanos;
  }
}
