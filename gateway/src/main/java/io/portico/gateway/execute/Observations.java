package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happened in an invocation, for {@code $context}, access log and metrics. Written as it
 * happens by the thread that answers; decides nothing.
 */
public final class Observations {
  /** Why nobody was called, though somebody was to be. */
  private static final Set<FaultCause> UNCALLED =
      EnumSet.of(
          FaultCause.ROLE_NOT_ASSUMED,
          FaultCause.MISCONFIGURED,
          FaultCause.MAPPED_PARAMETER,
          FaultCause.BACKEND_PATH,
          FaultCause.FUNCTION_EVENT);

  private @Nullable MethodMatch match;
  private @Nullable RouteMatch route;
  private @Nullable WebSocketCall ofWebSocket;
  private Caller caller = Caller.ANONYMOUS;
  private @Nullable AuthorizerCall authorizerCall;
  private @Nullable AccessPhase authentication;
  private @Nullable AccessPhase authorization;
  private @Nullable GatewayFault fault;
  private @Nullable GatewayFault brokeOff;
  private int integrationStatus;
  private boolean handedOn;
  private long integrationStartNanos;
  private long headNanos;
  private long integrationNanos;
  private Headers endpointHeaders = Headers.empty();
  private int invocationStatus;
  private String invocationId = "";
  private @Nullable String functionError;
  private int functionStatus;

  /** Told by whatever loop the content arrives on. */
  private volatile long contentNanos = -1;

  private final CallTrail trail;
  private boolean cacheHit;
  private boolean cacheMissed;

  /** Of a call that nobody explains. */
  public Observations() {
    this(CallTrail.NONE);
  }

  /**
   * @param trail takes what only an explanation shows
   */
  public Observations(CallTrail trail) {
    this.trail = trail;
  }

  /** What only an explanation of the call shows. */
  public CallTrail trail() {
    return trail;
  }

  public void matched(MethodMatch method) {
    this.match = method;
  }

  public void routed(RouteMatch matched) {
    this.route = matched;
  }

  public void happened(WebSocketCall call) {
    this.ofWebSocket = call;
  }

  public void identified(Caller known) {
    this.caller = known;
  }

  public void authorizerAsked(AuthorizerCall call) {
    this.authorizerCall = call;
  }

  /** It was asked who has signed. */
  public void authenticated(AccessPhase phase) {
    this.authentication = phase;
  }

  /** A route's integration is to be called, a MOCK one included. */
  public void handedOn() {
    this.handedOn = true;
  }

  /** Whether a route's integration was to be called. */
  public boolean wasHandedOn() {
    return handedOn;
  }

  /** It was asked what the caller may. */
  public void authorized(AccessPhase phase) {
    this.authorization = phase;
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

  /** The backend answered with these. */
  public void endpointSaid(Headers headers) {
    this.endpointHeaders = headers;
  }

  /**
   * The first content of the backend's answer is there.
   *
   * @param nanoTime {@link System#nanoTime}
   */
  public void contentBegan(long nanoTime) {
    contentNanos = nanoTime - integrationStartNanos;
  }

  /**
   * Lambda answered the invocation of a function.
   *
   * @param status its own
   * @param requestId of the invocation; empty where the endpoint does not say
   */
  public void invoked(int status, String requestId) {
    this.invocationStatus = status;
    this.invocationId = requestId;
  }

  /** The function failed. */
  public void functionFailed(String message) {
    this.functionError = message;
  }

  /** The function behind a proxy integration gave a status of its own. */
  public void functionAnswered(int status) {
    this.functionStatus = status;
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

  /** The rest of an answer that had begun to leave has not arrived. */
  public void brokeOff(GatewayFault cause) {
    this.brokeOff = cause;
  }

  /** Whether the integration hands its answer on as it comes. */
  public boolean isStreamed() {
    return match == null
        ? route != null && route.route().integration().isStreamed()
        : match.method().integration().isStreamed();
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

  /** The route that was called, or null where none was found. */
  public @Nullable RouteMatch route() {
    return route;
  }

  /** What happened on a connection, or null where it is no WebSocket API that is called. */
  public @Nullable WebSocketCall ofWebSocket() {
    return ofWebSocket;
  }

  /** Who calls, as far as that is known yet. */
  public Caller caller() {
    return caller;
  }

  /** How an authorizer was asked, or null where none was. */
  public @Nullable AuthorizerCall authorizerCall() {
    return authorizerCall;
  }

  /** What came of asking who has signed, or null where nobody was to sign. */
  public @Nullable AccessPhase authentication() {
    return authentication;
  }

  /** What came of asking what the caller may, or null where that was not asked. */
  public @Nullable AccessPhase authorization() {
    return authorization;
  }

  /** Why the gateway answered itself, or null where it did not. */
  public @Nullable GatewayFault fault() {
    return fault;
  }

  /** Why the rest of an answer that had begun to leave has not arrived, or null. */
  public @Nullable GatewayFault brokenOff() {
    return brokeOff;
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

  /** {@link System#nanoTime} when the backend was called; 0 where none was. */
  public long integrationStartNanos() {
    return integrationStartNanos;
  }

  public boolean integrationCalled() {
    return integrationStartNanos != 0;
  }

  /**
   * Whether somebody was called: there may be a reason why not after all that is done for a call
   * has begun.
   */
  public boolean integrationReached() {
    return integrationCalled()
        && (fault == null
            || integrationStatus != 0
            || invocationStatus != 0
            || !UNCALLED.contains(fault.why()));
  }

  /** What the backend answered with; none where it is a function. */
  public Headers endpointHeaders() {
    return endpointHeaders;
  }

  /** What Lambda answered for a function; 0 where it did not. */
  public int invocationStatus() {
    return invocationStatus;
  }

  /** The request id of the function's invocation; empty where there is none. */
  public String invocationId() {
    return invocationId;
  }

  /** How the function failed, or null where it did not. */
  public @Nullable String functionError() {
    return functionError;
  }

  /** The function's own status; 0 where it gave none. */
  public int functionStatus() {
    return functionStatus;
  }

  /** From the call of the backend to its first content; -1 where that is not known. */
  public long contentNanos() {
    return contentNanos;
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
