package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** What commands of the management API are answered, beside {@link ErrorReplies}. */
final class CommandAnswers {
  private CommandAnswers() {}

  static HttpResponse ok(ObjectNode answer, Invocation invocation) {
    return new HttpResponse(
        200, ErrorReplies.headers(null, invocation), Body.of(Json.text(answer)));
  }

  /** Without content. */
  static HttpResponse done(int status, Invocation invocation) {
    return new HttpResponse(status, ErrorReplies.headers(null, invocation), Body.EMPTY);
  }

  /** AWS: the type is in the header alone; source: inferred from what its clients say of it. */
  static HttpResponse limitExceeded(FaultCause cause, Invocation invocation) {
    invocation.observations().trail().refused(cause, "LimitExceededException");
    return new HttpResponse(
        429, ErrorReplies.headers("LimitExceededException", invocation), Body.EMPTY);
  }

  /** The same, of a limit that is not AWS's. */
  static HttpResponse limitExceeded(String message, Invocation invocation) {
    return refused(FaultCause.GROUPS_FULL, 429, "LimitExceededException", message, invocation);
  }

  static HttpResponse badRequest(String message, Invocation invocation) {
    return refused(FaultCause.COMMAND_INVALID, 400, "BadRequestException", message, invocation);
  }

  static HttpResponse payloadTooLarge(Invocation invocation) {
    return refused(
        FaultCause.BODY_TOO_LONG, 413, "PayloadTooLargeException", "Payload Too Large", invocation);
  }

  private static HttpResponse refused(
      FaultCause cause, int status, String errorType, String message, Invocation invocation) {
    invocation.observations().trail().refused(cause, message);
    return new HttpResponse(
        status,
        ErrorReplies.headers(errorType, invocation),
        Body.of(Json.text(Json.object().put("message", message))));
  }
}
