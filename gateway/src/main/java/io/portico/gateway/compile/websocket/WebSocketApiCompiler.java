package io.portico.gateway.compile.websocket;

import io.portico.gateway.compile.AccessLogFormats;
import io.portico.gateway.compile.ClientIdentities;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.IntegrationCompiler;
import io.portico.gateway.compile.LinkTargets;
import io.portico.gateway.compile.PrivateTargets;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.SigningIdentities;
import io.portico.gateway.compile.StageKey;
import io.portico.gateway.compile.StageVariables;
import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.model.ClientCertificateRecord;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.model.v2.StageRecord.AccessLogSettings;
import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.ExecutionLogging;
import io.portico.gateway.snapshot.TargetGroup;
import io.portico.gateway.snapshot.websocket.WebSocketIntegration;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import io.portico.gateway.snapshot.websocket.WebSocketStage.RouteSelection;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the stages of WebSocket APIs. */
public final class WebSocketApiCompiler {
  private final CallLimits limits;
  private final WebSocketLimits connections;
  private final ServiceEndpoints services;
  private final FunctionEndpoints functions;
  private final LinkTargets targets;

  /**
   * @param limits what bounds the calls of every stage
   * @param connections what bounds the connections of every stage
   * @param services where AWS's services are called
   * @param functions where Lambda functions are invoked
   * @param targets which servers stand for load balancers
   */
  public WebSocketApiCompiler(
      CallLimits limits,
      WebSocketLimits connections,
      ServiceEndpoints services,
      FunctionEndpoints functions,
      LinkTargets targets) {
    this.limits = limits;
    this.connections = connections;
    this.services = services;
    this.functions = functions;
    this.targets = targets;
  }

  /**
   * Compiles a stage.
   *
   * @param live the API as it is now, for what takes effect without a deployment
   * @param deployment what the stage points to, or null where nothing is deployed to it
   * @param certificate what HTTP backends are shown, or null for none
   * @param links those of the API's account and region
   */
  public WebSocketStage compile(
      ApiRecord live,
      @Nullable DeploymentRecord deployment,
      StageRecord stage,
      @Nullable ClientCertificateRecord certificate,
      VpcLinks links) {
    Map<String, WebSocketRoute> routes =
        deployment == null ? Map.of() : routes(deployment.frozen(), stage, certificate, links);
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
        routes,
        limits,
        connections,
        accessLog(stage.accessLogSettings()),
        routes.values().stream().anyMatch(route -> route.logging() != ExecutionLogging.OFF),
        targetGroups(routes));
  }

  private static Set<TargetGroup> targetGroups(Map<String, WebSocketRoute> routes) {
    Set<TargetGroup> groups = new HashSet<>();
    for (WebSocketRoute route : routes.values()) {
      WebSocketIntegration integration = route.integration();
      TargetGroup group = integration == null ? null : integration.backend().targets();
      if (group != null) {
        groups.add(group);
      }
    }
    return Set.copyOf(groups);
  }

  private static RouteSelection selection(ApiRecord api) {
    try {
      return new RouteSelection.ByKey(
          SelectionExpressions.ofMessage(api.routeSelectionExpression()));
    } catch (UnusableException e) {
      return new RouteSelection.Broken(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, WebSocketRoute> routes(
      ApiDefinition definition,
      StageRecord stage,
      @Nullable ClientCertificateRecord certificate,
      VpcLinks links) {
    StageVariables variables = new StageVariables(stage.stageVariables());
    return new WebSocketRouteCompiler(
            definition,
            stage,
            new ConnectAuthorization(
                definition.authorizers(),
                variables,
                functions,
                new SigningIdentities(definition.api().accountId(), variables, services)),
            new WebSocketIntegrationCompiler(
                // Nothing streams.
                new IntegrationCompiler(
                    definition.api().accountId(),
                    variables,
                    services,
                    functions,
                    new PrivateTargets(
                        definition.api().accountId(),
                        definition.api().region(),
                        links,
                        targets,
                        variables),
                    Duration.ZERO,
                    ClientIdentities.of(certificate))))
        .compile();
  }

  private static @Nullable AccessLog accessLog(@Nullable AccessLogSettings settings) {
    return settings == null || settings.format() == null || settings.destinationArn() == null
        ? null
        : AccessLogFormats.ofWebSocketApi(settings.format(), settings.destinationArn());
  }
}
