package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.gateway.json.Json;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The commands of <b>{@code @connections}</b>, by which backends reach clients: PostToConnection,
 * GetConnection and DeleteConnection.
 *
 * <p>Beyond AWS: {@code POST …/@connections/@broadcast} sends to all connections of the stage.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">Use
 *     {@code @connections} commands in your backend service</a>
 */
final class ConnectionCommands {
  private static final String ALL = "@broadcast";

  /** Base64 for URLs, which no rest of one character ends. */
  private static final Pattern ID = Pattern.compile("(?:[\\w-]{4})*+(?:[\\w-]{2,3})?={0,2}");

  private final OpenConnections connections;

  ConnectionCommands(OpenConnections connections) {
    this.connections = connections;
  }

  /** The command of a request, or null where it is none. */
  @Nullable Command find(String connectionId, Invocation invocation) {
    CommandCall call = CommandCall.ofConnection(invocation, connectionId);
    if (connectionId.equals(ALL)) {
      return invocation.httpMethod().equals("POST")
          ? new Command(call, () -> broadcast(invocation))
          : null;
    }
    @Nullable Supplier<HttpResponse> action =
        switch (invocation.httpMethod()) {
          case "POST" -> () -> post(connectionId, invocation);
          case "GET" -> () -> get(connectionId, invocation);
          case "DELETE" -> () -> delete(connectionId, invocation);
          default -> null;
        };
    return action == null
        ? null
        : new Command(
            call, () -> isId(connectionId) ? action.get() : noId(connectionId, invocation));
  }

  private static boolean isId(String connectionId) {
    return ID.matcher(connectionId).matches();
  }

  // AWS: what cannot be an id is told from one that is gone; source: reported by users,
  // https://github.com/localstack/localstack/issues/4694, and the text in
  // https://github.com/dherault/serverless-offline/issues/749. That it must be Base64 is assumed,
  // after those that are given.
  private static HttpResponse noId(String connectionId, Invocation invocation) {
    return CommandAnswers.badRequest("Invalid connectionId: " + connectionId, invocation);
  }

  private @Nullable OpenConnection connection(String connectionId, Invocation invocation) {
    return connections.find(connectionId, invocation.stage().key());
  }

  private HttpResponse post(String connectionId, Invocation invocation) {
    return PostedMessages.read(invocation, message -> post(connectionId, message, invocation));
  }

  private HttpResponse post(String connectionId, WebSocketMessage message, Invocation invocation) {
    OpenConnection connection = connection(connectionId, invocation);
    if (connection == null) {
      return ErrorReplies.gone(invocation);
    }
    if (connection.send(message)) {
      return CommandAnswers.done(200, invocation);
    }
    // It has ended meanwhile, or the client is too slow for what waits already.
    return connection(connectionId, invocation) == null
        ? ErrorReplies.gone(invocation)
        : CommandAnswers.limitExceeded(FaultCause.CLIENT_TOO_SLOW, invocation);
  }

  private HttpResponse broadcast(Invocation invocation) {
    return PostedMessages.read(
        invocation,
        message ->
            PostedMessages.toAll(
                connections.ofStage(invocation.stage().key()), message, invocation));
  }

  private HttpResponse get(String connectionId, Invocation invocation) {
    OpenConnection connection = connection(connectionId, invocation);
    if (connection == null) {
      return ErrorReplies.gone(invocation);
    }
    ObjectNode answer =
        Json.object()
            .put("connectedAt", connection.connectedAt().truncatedTo(ChronoUnit.MILLIS).toString());
    answer
        .putObject("identity")
        .put("sourceIp", connection.sourceIp())
        .put("userAgent", connection.userAgent());
    answer.put("lastActiveAt", connection.lastActiveAt().truncatedTo(ChronoUnit.MILLIS).toString());
    return CommandAnswers.ok(answer, invocation);
  }

  private HttpResponse delete(String connectionId, Invocation invocation) {
    OpenConnection connection = connection(connectionId, invocation);
    if (connection == null) {
      return ErrorReplies.gone(invocation);
    }
    // AWS: with which code is assumed.
    connection.close(new WebSocketClose(WebSocketClose.NORMAL, "Connection Closed Normally"));
    return CommandAnswers.done(204, invocation);
  }
}
