package io.portico.gateway.execute.websocket;

import io.portico.gateway.aws.RequestId;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewayResponseType;
import org.jspecify.annotations.Nullable;

/**
 * Renders failures, which nobody customises in WebSocket APIs.
 *
 * <p>AWS: a message that fails is answered with these members, in this form; source: reported by
 * users, such as https://github.com/aws-samples/simple-websockets-chat-app/issues/24. That a client
 * that is not connected is told the same is assumed.
 */
final class ErrorReplies {
  private static final String GONE = "GoneException";
  private static final String INTERNAL = "Internal server error";

  private ErrorReplies() {}

  /** What a client is sent on its connection. */
  static String message(GatewayFault fault, WebSocketCall call) {
    return message(fault.text(), call);
  }

  /** The same of a bug of ours: nothing of it is told. */
  static String bare(WebSocketCall call) {
    return message(INTERNAL, call);
  }

  private static String message(@Nullable String text, WebSocketCall call) {
    return "{\"message\": "
        + quoted(text)
        + ", \"connectionId\":"
        + quoted(call.event().connectionId())
        + ", \"requestId\":"
        + quoted(call.invocation().requestId())
        + "}";
  }

  /** What a client is told that is not connected. */
  static HttpResponse refusal(GatewayFault fault, WebSocketCall call) {
    return response(fault.status(), fault.errorType(), message(fault, call), call.invocation());
  }

  static HttpResponse bareRefusal(WebSocketCall call) {
    return response(
        500, GatewayResponseType.DEFAULT_5XX.errorType(), bare(call), call.invocation());
  }

  /** What a command is told. */
  static HttpResponse ofCommand(GatewayFault fault, Invocation invocation) {
    return response(
        fault.status(),
        fault.errorType(),
        "{\"message\":" + quoted(fault.text()) + "}",
        invocation);
  }

  static HttpResponse bareOfCommand(Invocation invocation) {
    return response(
        500,
        GatewayResponseType.DEFAULT_5XX.errorType(),
        "{\"message\":\"" + INTERNAL + "\"}",
        invocation);
  }

  private static HttpResponse response(
      int status, @Nullable String errorType, String body, Invocation invocation) {
    return new HttpResponse(status, headers(errorType, invocation), Body.of(body));
  }

  /**
   * There is no such connection. AWS: the type is in the header alone; source: inferred from what
   * its clients say of it.
   */
  static HttpResponse gone(Invocation invocation) {
    invocation
        .observations()
        .trail()
        .refused(FaultCause.CONNECTION_GONE, invocation.path().text() + " is not there");
    return new HttpResponse(410, headers(GONE, invocation), Body.EMPTY);
  }

  /** The same, where there is no stage either. */
  static HttpResponse gone() {
    return new HttpResponse(
        410, headers(GONE, RequestId.random(), RequestId.extended()), Body.EMPTY);
  }

  /** What is told of an API whose default endpoint is disabled, as of every API. */
  static HttpResponse forbidden() {
    return new HttpResponse(
        403,
        headers("ForbiddenException", RequestId.random(), RequestId.extended()),
        Body.of("{\"message\":\"Forbidden\"}"));
  }

  /** Those of every answer by HTTP. */
  static Headers headers(@Nullable String errorType, Invocation invocation) {
    return headers(errorType, invocation.requestId(), invocation.extendedRequestId());
  }

  private static Headers headers(
      @Nullable String errorType, String requestId, String extendedRequestId) {
    Headers.Builder headers =
        Headers.builder()
            .add("Content-Type", "application/json")
            .add("x-amzn-RequestId", requestId);
    if (errorType != null) {
      headers.add("x-amzn-ErrorType", errorType);
    }
    return headers.add("x-amz-apigw-id", extendedRequestId).build();
  }

  private static String quoted(@Nullable String text) {
    return text == null ? "null" : Json.text(Json.tree(text));
  }
}
