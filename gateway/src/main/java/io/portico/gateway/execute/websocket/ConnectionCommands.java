package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.authorizer.SignedCallers;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The commands of <b>{@code @connections}</b>, by which backends reach clients: PostToConnection,
 * GetConnection and DeleteConnection, signed by whoever policies allow {@code
 * execute-api:ManageConnections}. They are calls of a stage, by whatever address it has.
 *
 * <p>Beyond AWS: {@code POST …/@connections/@broadcast} sends to all connections of the stage.
 *
 * <p>Faults: those of {@link SignedCallers}; {@code MISSING_AUTHENTICATION_TOKEN} for what is no
 * command.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">Use
 *     {@code @connections} commands in your backend service</a>
 */
final class ConnectionCommands {
  private static final String MANAGE = "execute-api:ManageConnections";
  private static final String NAME = "@connections";
  private static final String ALL = "@broadcast";

  private final OpenConnections connections;
  private final SignedCallers signed;
  private final RouteThrottling throttles;

  ConnectionCommands(OpenConnections connections, SignedCallers signed, RouteThrottling throttles) {
    this.connections = connections;
    this.signed = signed;
    this.throttles = throttles;
  }

  /** Whether a call of a stage is a command, known or not. */
  static boolean isOne(ApiAddress address) {
    String[] segments = segments(address.afterStage());
    return segments.length > 1 && NAME.equals(decoded(segments[1]));
  }

  /**
   * The connection that a path names, or null where it is none of a command.
   *
   * @param path begins with a slash
   */
  static @Nullable String connectionId(String path) {
    if (path.indexOf("connections/") < 0) {
      return null;
    }
    String[] segments = segments(path);
    return segments.length == 3 && NAME.equals(decoded(segments[1])) ? decoded(segments[2]) : null;
  }

  private static String[] segments(String path) {
    return path.split("/", 4);
  }

  /** Decoded, or null where an escape is none. AWS's clients encode the at sign. */
  private static @Nullable String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  HttpResponse execute(Invocation invocation, ApiAddress address) {
    String connectionId = connectionId(address.afterStage());
    String method = invocation.httpMethod();
    boolean known =
        switch (method) {
          case "POST" -> true;
          case "GET", "DELETE" -> !ALL.equals(connectionId);
          default -> false;
        };
    if (connectionId == null || connectionId.isEmpty() || !known) {
      throw new GatewayFault(GatewayResponseType.MISSING_AUTHENTICATION_TOKEN)
          .because("no command of @connections");
    }
    signed.authorize(new ConnectionCall(invocation, connectionId), MANAGE);
    if (!throttles.admitsOfAccount(invocation.stage())) {
      return limitExceeded(invocation);
    }
    return switch (method) {
      case "POST" -> post(connectionId, invocation);
      case "DELETE" -> delete(connectionId, invocation);
      default -> get(connectionId, invocation);
    };
  }

  private HttpResponse post(String connectionId, Invocation invocation) {
    byte[] data =
        invocation.content().read(invocation.stage().payloadLimit(), invocation.deadlineNanos());
    if (data.length > limit(invocation)) {
      return new HttpResponse(
          413,
          ErrorReplies.headers("PayloadTooLargeException", invocation),
          Body.of("{\"message\":\"Payload Too Large\"}"));
    }
    WebSocketMessage message = WebSocketMessages.of(data);
    if (connectionId.equals(ALL)) {
      return broadcast(message, invocation);
    }
    OpenConnection connection = connections.find(connectionId, invocation.stage().key());
    if (connection == null) {
      return ErrorReplies.gone(invocation);
    }
    if (connection.send(message)) {
      return new HttpResponse(200, ErrorReplies.headers(null, invocation), Body.EMPTY);
    }
    // It has ended meanwhile, or the client is too slow for what waits already.
    return connections.find(connectionId, invocation.stage().key()) == null
        ? ErrorReplies.gone(invocation)
        : limitExceeded(invocation);
  }

  private static int limit(Invocation invocation) {
    return invocation.stage() instanceof WebSocketStage stage ? stage.connections().message() : 0;
  }

  private HttpResponse broadcast(WebSocketMessage message, Invocation invocation) {
    AtomicInteger sent = new AtomicInteger();
    connections.forEach(
        invocation.stage().key(),
        connection -> {
          if (connection.send(message)) {
            sent.incrementAndGet();
          }
        });
    return ok(Json.object().put("sent", sent.get()), invocation);
  }

  private HttpResponse get(String connectionId, Invocation invocation) {
    OpenConnection connection = connections.find(connectionId, invocation.stage().key());
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
    return ok(answer, invocation);
  }

  private HttpResponse delete(String connectionId, Invocation invocation) {
    OpenConnection connection = connections.find(connectionId, invocation.stage().key());
    if (connection == null) {
      return ErrorReplies.gone(invocation);
    }
    // AWS: with which code is assumed.
    connection.close(new WebSocketClose(WebSocketClose.NORMAL, "Connection Closed Normally"));
    return new HttpResponse(204, ErrorReplies.headers(null, invocation), Body.EMPTY);
  }

  private static HttpResponse ok(ObjectNode answer, Invocation invocation) {
    return new HttpResponse(
        200, ErrorReplies.headers(null, invocation), Body.of(Json.text(answer)));
  }

  private static HttpResponse limitExceeded(Invocation invocation) {
    return new HttpResponse(
        429, ErrorReplies.headers("LimitExceededException", invocation), Body.EMPTY);
  }
}
