package io.portico.gateway.compile.httpapi;

import io.portico.gateway.compile.AccessLogFormats;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.LinkTargets;
import io.portico.gateway.compile.PrivateTargets;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.SigningIdentities;
import io.portico.gateway.compile.StageKey;
import io.portico.gateway.compile.StageVariables;
import io.portico.gateway.compile.UserPoolIssuers;
import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.model.v2.StageRecord.AccessLogSettings;
import io.portico.gateway.proxy.CorsPolicy;
import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import io.portico.gateway.snapshot.httpapi.RouteTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles the stages of HTTP APIs. */
public final class HttpApiCompiler {
  private final CallLimits limits;
  private final ServiceEndpoints services;
  private final FunctionEndpoints functions;
  private final UserPoolIssuers userPools;
  private final LinkTargets targets;

  /**
   * @param limits what bounds the calls of every stage
   * @param services where AWS's services are called
   * @param functions where Lambda functions are invoked
   * @param userPools who issues the tokens of Cognito user pools
   * @param targets which servers stand for load balancers and services of Cloud Map
   */
  public HttpApiCompiler(
      CallLimits limits,
      ServiceEndpoints services,
      FunctionEndpoints functions,
      UserPoolIssuers userPools,
      LinkTargets targets) {
    this.limits = limits;
    this.services = services;
    this.functions = functions;
    this.userPools = userPools;
    this.targets = targets;
  }

  /**
   * Compiles a stage.
   *
   * @param live the API as it is now, for what takes effect without a deployment
   * @param deployment what the stage points to, or null where nothing is deployed to it
   * @param links those of the API's account and region
   */
  public HttpStage compile(
      ApiRecord live, @Nullable DeploymentRecord deployment, StageRecord stage, VpcLinks links) {
    RouteTable routes =
        deployment == null ? RouteTable.EMPTY : routes(deployment.frozen(), stage, links);
    return new HttpStage(
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
        Collections.unmodifiableMap(new LinkedHashMap<>(stage.stageVariables())),
        routes,
        deployment == null ? null : cors(deployment.frozen().api().corsConfiguration()),
        limits,
        accessLog(stage.accessLogSettings()),
        routes.targetGroups());
  }

  private RouteTable routes(ApiDefinition definition, StageRecord stage, VpcLinks links) {
    StageVariables variables = new StageVariables(stage.stageVariables());
    SigningIdentities signers =
        new SigningIdentities(definition.api().accountId(), variables, services);
    return new RouteCompiler(
            definition,
            stage,
            new RouteAuthorizerCompiler(
                definition.authorizers(), variables, functions, signers, userPools),
            new RouteIntegrationCompiler(
                variables,
                functions,
                new ServiceActions(services, signers, definition.api().region(), variables),
                new PrivateTargets(
                    definition.api().accountId(),
                    definition.api().region(),
                    links,
                    targets,
                    variables)))
        .compile();
  }

  private static @Nullable CorsPolicy cors(ApiRecord.@Nullable Cors cors) {
    return cors == null
        ? null
        : new CorsPolicy(
            Boolean.TRUE.equals(cors.allowCredentials()),
            all(cors.allowHeaders()),
            all(cors.allowMethods()),
            all(cors.allowOrigins()),
            all(cors.exposeHeaders()),
            cors.maxAge());
  }

  private static List<String> all(@Nullable List<String> values) {
    return values == null ? List.of() : List.copyOf(values);
  }

  private static @Nullable AccessLog accessLog(@Nullable AccessLogSettings settings) {
    return settings == null || settings.format() == null || settings.destinationArn() == null
        ? null
        : AccessLogFormats.ofHttpApi(settings.format(), settings.destinationArn());
  }
}
