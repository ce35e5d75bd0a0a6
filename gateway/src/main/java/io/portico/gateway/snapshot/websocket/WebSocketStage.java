package io.portico.gateway.snapshot.websocket;

import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CloudFront;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.TargetGroup;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a WebSocket API, ready to serve: a deployment's frozen API compiled with the stage's
 * own settings.
 *
 * @param key names what is kept for the stage while it serves, whatever its snapshot
 * @param scope account and region: whose API keys, usage plans and limits hold
 * @param accountId twelve digits
 * @param deploymentId null where nothing is deployed
 * @param defaultEndpointDisabled whether nothing is found by the {@code execute-api} address
 * @param variables the stage variables
 * @param routeSelection gives the key of a message's route
 * @param routes by key; none where nothing is deployed
 * @param limits what bounds its calls
 * @param connections what bounds its connections
 * @param accessLog where and how each event is logged, or null
 * @param logsExecutions whether any of its routes has an execution log
 * @param targetGroups what its private integrations lead to
 */
public record WebSocketStage(
    String key,
    String scope,
    String apiId,
    String apiName,
    String accountId,
    String region,
    String stageName,
    @Nullable String deploymentId,
    boolean defaultEndpointDisabled,
    Map<String, String> variables,
    RouteSelection routeSelection,
    Map<String, WebSocketRoute> routes,
    CallLimits limits,
    WebSocketLimits connections,
    @Nullable AccessLog accessLog,
    boolean logsExecutions,
    Set<TargetGroup> targetGroups)
    implements ServedStage {

  /** How a message's route is found. */
  public sealed interface RouteSelection {

    /** By the key that an expression gives. */
    record ByKey(SelectionExpression expression) implements RouteSelection {}

    /**
     * By nothing: AWS accepts the expression and fails when a message comes.
     *
     * @param reason what is wrong, for the log
     */
    record Broken(String reason) implements RouteSelection {}
  }

  /** The route of a key, or null. */
  public @Nullable WebSocketRoute route(String routeKey) {
    return routes.get(routeKey);
  }

  /** AWS: traces are for REST APIs; source: documented, apigateway-xray.html. */
  @Override
  public boolean traced() {
    return false;
  }

  @Override
  public @Nullable CloudFront cloudFront() {
    return null;
  }
}
