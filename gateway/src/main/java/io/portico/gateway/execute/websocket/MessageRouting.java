package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.ConnectionEvent;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import io.portico.gateway.snapshot.websocket.WebSocketStage.RouteSelection;
import org.jspecify.annotations.Nullable;

/**
 * <b>Route selection</b>: a message to its route. The first stage of a message.
 *
 * <p>AWS: the route whose key is exactly what the expression gives, else {@code $default}, which
 * also takes what is no JSON; source: documented, see below. That no message reaches {@code
 * $connect} and {@code $disconnect} is assumed: whoever may connect would call them at will.
 *
 * <p>Faults: {@code DEFAULT_4XX} where there is no route, in AWS's words {@code Forbidden}; {@code
 * API_CONFIGURATION_ERROR} for an expression that cannot be evaluated.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html">Create
 *     routes for WebSocket APIs</a>
 */
final class MessageRouting {
  private static final int FORBIDDEN = 403;

  /** The call of the message's route. */
  WebSocketCall route(
      Invocation invocation, WebSocketStage stage, ConnectionEvent event, Payload message) {
    WebSocketRoute route = find(invocation, stage, message);
    if (route == null) {
      throw new GatewayFault(
              GatewayResponseType.DEFAULT_4XX, FaultCause.NO_ROUTE_OF_MESSAGE, "Forbidden")
          .withStatus(FORBIDDEN)
          .because("no route for the message");
    }
    return new WebSocketCall(invocation, stage, event, route.routeKey(), route);
  }

  private static @Nullable WebSocketRoute find(
      Invocation invocation, WebSocketStage stage, Payload message) {
    String key =
        switch (stage.routeSelection()) {
          case RouteSelection.ByKey byKey ->
              SelectionKeys.ofMessage(byKey.expression(), message, invocation);
          case RouteSelection.Broken broken -> throw GatewayFault.misconfigured(broken.reason());
        };
    WebSocketRoute route = key == null || isOfConnections(key) ? null : stage.route(key);
    return route == null ? stage.route(WebSocketRoute.DEFAULT) : route;
  }

  private static boolean isOfConnections(String key) {
    return key.equals(WebSocketRoute.CONNECT) || key.equals(WebSocketRoute.DISCONNECT);
  }
}
