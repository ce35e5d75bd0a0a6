package io.portico.gateway.execute;

import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.util.List;

/**
 * Hears what becomes of an invocation while it is executed, from the stages themselves. As a rule
 * nobody listens ({@link #OFF}): so it is told with what a stage has at hand, and nothing is made
 * for it. Who listens sees all bodies, and therefore has them in memory.
 */
public interface ExecutionTrace {

  /** Nobody listens. */
  ExecutionTrace OFF = new ExecutionTrace() {};

  /** Whether anybody listens: bodies are read for it then that are handed on unread otherwise. */
  default boolean isOn() {
    return false;
  }

  /**
   * The method begins.
   *
   * @param request its body is in memory
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
   * @param request its body is in memory
   */
  default void endpointRequest(UpstreamRequest request) {}

  /**
   * The head of a backend's answer is there.
   *
   * @param nanos since the call
   */
  default void endpointResponse(UpstreamResponse response, long nanos) {}

  /** All of a backend's answer is there. */
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
   * @param response its body is in memory
   */
  default void methodResponse(HttpResponse response) {}

  /**
   * The method failed.
   *
   * @param response what the client is told
   */
  default void failed(GatewayFault fault, HttpResponse response, Invocation invocation) {}

  /** The gateway failed. */
  default void broken(HttpResponse response) {}
}
