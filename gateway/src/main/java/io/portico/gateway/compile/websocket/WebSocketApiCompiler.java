package io.portico.gateway.compile.websocket;

import io.portico.gateway.compile.AccessLogFormats;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.IntegrationCompiler;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.StageKey;
import io.portico.gateway.compile.StageVariables;
import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.model.v2.StageRecord.AccessLogSettings;
import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import io.portico.gateway.snapshot.websocket.WebSocketStage.RouteSelection;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles the stages of WebSocket APIs. */
public final class WebSocketApiCompiler {
  private final CallLimits limits;
  private final WebSocketLimits connections;
  private final ServiceEndpoints services;
  private final FunctionEndpoints functions;

  /**
   * @param limits what bounds the calls of every stage
   * @param connections what bounds the connections of every stage
   * @param services where AWS's services are called
   * @param functions where Lambda functions are invoked
   */
  public WebSocketApiCompiler(
      CallLimits limits,
      WebSocketLimits connections,
      ServiceEndpoints services,
      FunctionEndpoints functions) {
    this.limits = limits;
    this.connections = connections;
    this.services = services;
    this.functions = functions;
  }

  /**
   * Compiles a stage.
   *
   * @param live the API as it is now, for what takes effect without a deployment
   * @param deployment what the stage points to, or null where nothing is deployed to it
   */
  public WebSocketStage compile(
      ApiRecord live, @Nullable DeploymentRecord deployment, StageRecord stage) {
    return new WebSocketStage(
        StageKey.of(live.apiId(), stage.stageName()),
        live.scope(),
        live.apiId(),
        live.name(),
        live.accountId(),
        live.region(),
        stage.stageName(),
        deployment == null ? null : deployment.deploymentId(),
        // AWS: whether with a deployment is not said; closing at once opens nothing.
        live.disableExecuteApiEndpoint()
            || (deployment != null && deployment.frozen().api().disableExecuteApiEndpoint()),
        Map.copyOf(stage.stageVariables()),
        selection(deployment == null ? live : deployment.frozen().api()),
        deployment == null ? Map.of() : routes(deployment.frozen(), stage),
        limits,
        connections,
        accessLog(stage.accessLogSettings()));
  }

  private static RouteSelection selection(ApiRecord api) {
    try {
      return new RouteSelection.ByKey(
          SelectionExpressions.ofMessage(api.routeSelectionExpression()));
    } catch (UnusableException e) {
      return new RouteSelection.Broken(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, WebSocketRoute> routes(ApiDefinition definition, StageRecord stage) {
    StageVariables variables = new StageVariables(stage.stageVariables());
    return new WebSocketRouteCompiler(
            definition,
            stage,
            new ConnectAuthorization(definition.authorizers(), variables, functions),
            new WebSocketIntegrationCompiler(
                // Nothing streams, and clients' certificates are for REST APIs.
                new IntegrationCompiler(variables, services, functions, Duration.ZERO, null)))
        .compile();
  }

  private static @Nullable AccessLog accessLog(@Nullable AccessLogSettings settings) {
    return settings == null || settings.format() == null || settings.destinationArn() == null
        ? null
        : AccessLogFormats.ofWebSocketApi(settings.format(), settings.destinationArn());
  }
}
