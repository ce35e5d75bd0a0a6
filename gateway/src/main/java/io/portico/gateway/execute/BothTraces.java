package io.portico.gateway.execute;

import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.util.List;

/**
 * Tells two that listen to one invocation. Bodies are in memory where either of them takes them.
 */
record BothTraces(ExecutionTrace first, ExecutionTrace second) implements ExecutionTrace {

  @Override
  public boolean isOn() {
    return first.isOn() || second.isOn();
  }

  @Override
  public boolean takesBodies() {
    return first.takesBodies() || second.takesBodies();
  }

  @Override
  public void routed(MethodMatch match) {
    first.routed(match);
    second.routed(match);
  }

  @Override
  public void authorized(Caller caller, MethodMatch match) {
    first.authorized(caller, match);
    second.authorized(caller, match);
  }

  @Override
  public void methodRequest(MethodRequest request, MethodMatch match) {
    first.methodRequest(request, match);
    second.methodRequest(request, match);
  }

  @Override
  public void authorizerStarts(String authorizerId, List<String> identity, Invocation invocation) {
    first.authorizerStarts(authorizerId, identity, invocation);
    second.authorizerStarts(authorizerId, identity, invocation);
  }

  @Override
  public ExecutionTrace ofAuthorizer() {
    return ExecutionTrace.both(first.ofAuthorizer(), second.ofAuthorizer());
  }

  @Override
  public void authorizerForbidden() {
    first.authorizerForbidden();
    second.authorizerForbidden();
  }

  @Override
  public void authorizerAnswered(byte[] answer) {
    first.authorizerAnswered(answer);
    second.authorizerAnswered(answer);
  }

  @Override
  public void endpointRequest(UpstreamRequest request) {
    first.endpointRequest(request);
    second.endpointRequest(request);
  }

  @Override
  public void endpointResponse(UpstreamResponse response, long nanos) {
    first.endpointResponse(response, nanos);
    second.endpointResponse(response, nanos);
  }

  @Override
  public void endpointBody(byte[] body) {
    first.endpointBody(body);
    second.endpointBody(body);
  }

  @Override
  public void functionFailed(int status, String message, String requestId) {
    first.functionFailed(status, message, requestId);
    second.functionFailed(status, message, requestId);
  }

  @Override
  public void invocationRefused(int status, String requestId) {
    first.invocationRefused(status, requestId);
    second.invocationRefused(status, requestId);
  }

  @Override
  public void methodResponse(HttpResponse response) {
    first.methodResponse(response);
    second.methodResponse(response);
  }

  @Override
  public void failed(GatewayFault fault, HttpResponse response, Invocation invocation) {
    first.failed(fault, response, invocation);
    second.failed(fault, response, invocation);
  }

  @Override
  public void brokeOff(GatewayFault fault) {
    first.brokeOff(fault);
    second.brokeOff(fault);
  }

  @Override
  public void broken(HttpResponse response) {
    first.broken(response);
    second.broken(response);
  }

  @Override
  public void happened(WebSocketCall call) {
    first.happened(call);
    second.happened(call);
  }

  @Override
  public void eventEnded(WebSocketCall call, int status) {
    first.eventEnded(call, status);
    second.eventEnded(call, status);
  }

  @Override
  public void eventFailed(GatewayFault fault) {
    first.eventFailed(fault);
    second.eventFailed(fault);
  }

  @Override
  public void eventBroken() {
    first.eventBroken();
    second.eventBroken();
  }
}
