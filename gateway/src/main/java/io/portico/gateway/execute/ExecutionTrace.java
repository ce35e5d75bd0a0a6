package io.portico.gateway.execute;

import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.util.List;

/**
 * Hears what becomes of an invocation while it is executed, from the stages themselves, on the
 * thread that answers. As a rule nobody listens ({@link #OFF}): so it is told with what a stage has
 * at hand, and nothing is made for it.
 */
public interface ExecutionTrace {

  /** Nobody listens. */
  ExecutionTrace OFF = new ExecutionTrace() {};

  /**
   * What hears for two that listen, the first of them first; nothing is made where one does not.
   */
  static ExecutionTrace both(ExecutionTrace first, ExecutionTrace second) {
    if (first.equals(OFF)) {
      return second;
    }
    return second.equals(OFF) ? first : new BothTraces(first, second);
  }

  /** Whether anybody listens: what only a listener needs is made then. */
  default boolean isOn() {
    return false;
  }

  /**
   * Whether whoever listens sees the bodies: they are read into memory for it then, where they are
   * handed on unread otherwise. It may change its mind once it knows the method ({@link #routed}).
   */
  default boolean takesBodies() {
    return false;
  }

  /** The method is found; nobody has been asked yet whether the caller may call it. */
  default void routed(MethodMatch match) {}

  /** The method's authorizer, if it has one, lets the caller pass; usage plans are asked next. */
  default void authorized(Caller caller, MethodMatch match) {}

  /**
   * The method begins: authorizers, usage plans and throttles have let the call pass.
   *
   * @param request its body is in memory if somebody takes bodies
   */
  default void methodRequest(MethodRequest request, MethodMatch match) {}

  /**
   * An authorizer is about to be asked.
   *
   * @param authorizerId of the authorizer
   * @param identity what tells the caller apart
   */
  default void authorizerStarts(
      String authorizerId, List<String> identity, Invocation invocation) {}

  /** What hears of the call of an authorizer's function. */
  default ExecutionTrace ofAuthorizer() {
    return this;
  }

  /** An authorizer's function may not be invoked. */
  default void authorizerForbidden() {}

  /** An authorizer's function has answered. */
  default void authorizerAnswered(byte[] answer) {}

  /**
   * A backend is about to be called.
   *
   * @param request its body is in memory if somebody takes bodies
   */
  default void endpointRequest(UpstreamRequest request) {}

  /**
   * The head of a backend's answer is there.
   *
   * @param nanos since the call
   */
  default void endpointResponse(UpstreamResponse response, long nanos) {}

  /** All of a backend's answer is there; told only where somebody takes bodies. */
  default void endpointBody(byte[] body) {}

  /**
   * A function was called and failed.
   *
   * @param status what Lambda answered for it
   * @param requestId of the function's invocation; empty where the endpoint does not say
   */
  default void functionFailed(int status, String message, String requestId) {}

  /**
   * Lambda did not invoke a function.
   *
   * @param status what it answered
   * @param requestId of the call; empty where the endpoint does not say
   */
  default void invocationRefused(int status, String requestId) {}

  /**
   * The method is done.
   *
   * @param response its body is in memory if somebody takes bodies
   */
  default void methodResponse(HttpResponse response) {}

  /**
   * The method failed.
   *
   * @param response what the client is told
   */
  default void failed(GatewayFault fault, HttpResponse response, Invocation invocation) {}

  /**
   * The rest of an answer has not arrived, behind {@link #methodResponse}. Told on an event loop:
   * it must not block.
   */
  default void brokeOff(GatewayFault fault) {}

  /** The gateway failed. */
  default void broken(HttpResponse response) {}

  // What happens on the connections of WebSocket APIs.

  /** The route of an event is known: one that connects has not been let in yet. */
  default void happened(WebSocketCall call) {}

  /**
   * The event is done.
   *
   * @param status what it came to
   */
  default void eventEnded(WebSocketCall call, int status) {}

  /** The event failed. */
  default void eventFailed(GatewayFault fault) {}

  /** The gateway failed with it. */
  default void eventBroken() {}
}
