package io.portico.gateway.execute;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a connection of a WebSocket API, as a call: to connect, a message, or that it has
 * ended. For the thread that answers the call.
 */
public final class WebSocketCall extends MatchedCall {
  private final WebSocketStage stage;
  private final ConnectionEvent event;
  private final String routeKey;
  private final @Nullable WebSocketRoute route;

  /**
   * @param stage that of the invocation
   * @param routeKey of the route that is called, whether there is one or not
   * @param route null where the API has none of that key
   */
  public WebSocketCall(
      Invocation invocation,
      WebSocketStage stage,
      ConnectionEvent event,
      String routeKey,
      @Nullable WebSocketRoute route) {
    super(invocation);
    this.stage = stage;
    this.event = event;
    this.routeKey = routeKey;
    this.route = route;
  }

  @Override
  public WebSocketStage stage() {
    return stage;
  }

  public ConnectionEvent event() {
    return event;
  }

  /** {@code $context.routeKey}. */
  public String routeKey() {
    return routeKey;
  }

  /** Null where the API has no such route. */
  public @Nullable WebSocketRoute route() {
    return route;
  }

  /**
   * AWS: it ends with the route's key; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html.
   */
  @Override
  public String arn(String account) {
    return SourceArn.ofRoute(stage.region(), account, stage.apiId(), stage.stageName(), routeKey);
  }

  @Override
  public List<String> readings() {
    return List.of();
  }
}
