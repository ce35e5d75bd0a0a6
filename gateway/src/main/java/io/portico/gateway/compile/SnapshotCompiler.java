package io.portico.gateway.compile;

import io.portico.gateway.http.MediaType;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.ClientCertificateRecord;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.AccessLogSettings;
import io.portico.gateway.model.StageRecord.CanarySettings;
import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.Authorization;
import io.portico.gateway.snapshot.BinaryMediaTypes;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CanaryRelease;
import io.portico.gateway.snapshot.CloudFront;
import io.portico.gateway.snapshot.ExecutionLogging;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.GatewayResponses;
import io.portico.gateway.snapshot.GatewayResponses.Customised;
import io.portico.gateway.snapshot.Refusal;
import io.portico.gateway.snapshot.RoutingTree;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.TargetGroup;
import io.portico.gateway.snapshot.TestSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records to a snapshot: a deployment's frozen API with the settings of a stage. */
public final class SnapshotCompiler {
  /**
   * AWS: the stage of a test, to functions, templates and policies; source: events of tests that
   * users have published.
   */
  private static final String TEST_STAGE = "test-invoke-stage";

  /**
   * AWS: the same, where an authorizer is tested; source: documented, the policies in
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html.
   */
  private static final String AUTHORIZER_TEST_STAGE = "ESTestInvoke-stage";

  /**
   * AWS: how long a stream may stand still; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
   */
  private static final Duration STREAM_IDLE = Duration.ofMinutes(5);

  /** The same, where CloudFront stands before the API. */
  private static final Duration EDGE_STREAM_IDLE = Duration.ofSeconds(30);

  private static final double WHOLE_PERCENT = 100;

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
   * @param targets which servers stand for load balancers
   */
  public SnapshotCompiler(
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

  /** With user pools that are where the services are, and without load balancers. */
  public SnapshotCompiler(
      CallLimits limits, ServiceEndpoints services, FunctionEndpoints functions) {
    this(limits, services, functions, new UserPoolIssuers(services), LinkTargets.NONE);
  }

  /**
   * Compiles a stage with its canary.
   *
   * @param live the API as it is now, for what takes effect without a deployment
   * @param deployment what the stage points to
   * @param canaryDeployment what its canary points to, or null where it has none
   * @param certificate what the stage shows to HTTP backends, or null where it names none
   * @param links those of the API's account and region
   */
  public StageSnapshot compile(
      RestApiRecord live,
      DeploymentRecord deployment,
      @Nullable DeploymentRecord canaryDeployment,
      StageRecord stage,
      @Nullable ClientCertificateRecord certificate,
      VpcLinks links) {
    StageRelease own = StageRelease.own(deployment, stage);
    RoutingTree routes = routes(live, own, stage, certificate, links);
    CanarySettings settings = stage.canarySettings();
    if (settings == null) {
      return release(live, own, stage, routes, null);
    }
    if (canaryDeployment == null) {
      throw new IllegalArgumentException("the canary's deployment is not given");
    }
    StageRelease canary = StageRelease.canary(canaryDeployment, stage, settings);
    RoutingTree canaryRoutes =
        canary.routesAs(own) ? routes : routes(live, canary, stage, certificate, links);
    return release(
        live,
        own,
        stage,
        routes,
        new CanaryRelease(
            release(live, canary, stage, canaryRoutes, null),
            settings.percentTraffic() / WHOLE_PERCENT));
  }

  /**
   * Compiles one method as it is now, to be tested. Whom it lets in is not asked.
   *
   * @param variables the stage variables of the test
   * @param certificate what is shown to HTTP backends, or null for none
   * @param links those of the API's account and region
   */
  public TestSnapshot compileTest(
      ApiDefinition definition,
      ResourceRecord resource,
      MethodRecord method,
      Map<String, String> variables,
      @Nullable ClientCertificateRecord certificate,
      VpcLinks links) {
    StageRecord stage = testStage(TEST_STAGE, variables);
    RestApiRecord api = definition.api();
    StageRelease tested = StageRelease.tested(definition, variables);
    return new TestSnapshot(
        stage(api, tested, stage, null, RoutingTree.NOWHERE, null, null),
        methods(api, tested, stage, certificate, links).compile(resource, method));
  }

  /**
   * Compiles an authorizer as it is now, to be tested: as that of a method that calls nothing.
   *
   * @param variables the stage variables of the test
   */
  public TestSnapshot compileAuthorizerTest(
      ApiDefinition definition, AuthorizerRecord authorizer, Map<String, String> variables) {
    StageRecord stage = testStage(AUTHORIZER_TEST_STAGE, variables);
    RestApiRecord api = definition.api();
    StageRelease tested = StageRelease.tested(definition, variables);
    Authorization compiled =
        AuthorizerCompiler.of(api.accountId(), tested, services, functions, userPools)
            .compile(authorizer);
    return new TestSnapshot(
        stage(api, tested, stage, null, RoutingTree.NOWHERE, null, null),
        MethodCompiler.ofAuthorizer(api, compiled));
  }

  private RoutingTree routes(
      RestApiRecord live,
      StageRelease release,
      StageRecord stage,
      @Nullable ClientCertificateRecord certificate,
      VpcLinks links) {
    return new RoutingCompiler(
            release.definition().resources(), methods(live, release, stage, certificate, links))
        .compile();
  }

  private MethodCompiler methods(
      RestApiRecord live,
      StageRelease release,
      StageRecord stage,
      @Nullable ClientCertificateRecord certificate,
      VpcLinks links) {
    StageVariables variables = new StageVariables(release.variables());
    return new MethodCompiler(
        release.definition(),
        stage,
        AuthorizerCompiler.of(live.accountId(), release, services, functions, userPools),
        new IntegrationCompiler(
            live.accountId(),
            variables,
            services,
            functions,
            new PrivateTargets(live.accountId(), live.region(), links, targets, variables),
            streamIdle(live),
            ClientIdentities.of(certificate)));
  }

  private StageSnapshot release(
      RestApiRecord live,
      StageRelease release,
      StageRecord stage,
      RoutingTree routes,
      @Nullable CanaryRelease canary) {
    return stage(
        live,
        release,
        stage,
        ClosedSettings.stage(live, release.definition().api(), stage),
        routes,
        accessLog(stage.accessLogSettings()),
        canary);
  }

  private StageSnapshot stage(
      RestApiRecord live,
      StageRelease release,
      StageRecord stage,
      @Nullable Refusal refusal,
      RoutingTree routes,
      @Nullable AccessLog accessLog,
      @Nullable CanaryRelease canary) {
    ApiDefinition definition = release.definition();
    RestApiRecord api = definition.api();
    return new StageSnapshot(
        StageKey.of(live.id(), stage.stageName()),
        live.accountId() + "/" + live.region(),
        live.id(),
        live.name(),
        live.accountId(),
        live.region(),
        stage.stageName(),
        release.deploymentId(),
        // AWS: takes effect with a deployment; closing at once opens nothing. Source: inferred.
        live.disableExecuteApiEndpoint() || api.disableExecuteApiEndpoint(),
        refusal,
        // AWS: takes effect with a deployment; source: documented,
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html.
        ResourcePolicyCompiler.compile(api.policy(), live),
        inTemplateOrder(release.variables()),
        routes,
        gatewayResponses(definition.gatewayResponses()),
        // AWS: bodies of tests are text, whatever the API's types: a template that no call with a
        // binary body gets through, a test does. Source: reported by users,
        // https://repost.aws/questions/QUcGyz1u8GSqqXNbjdCqx5Eg.
        release.isTested() ? BinaryMediaTypes.NONE : binaryMediaTypes(api.binaryMediaTypes()),
        // AWS: with a deployment; source: documented,
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-enable-compression.html.
        api.minimumCompressionSize(),
        limits,
        CacheCompiler.cluster(stage, release),
        // AWS: an endpoint's type changes with the API itself, not with its deployments.
        isEdge(live) ? CloudFront.of(live.id()) : null,
        stage.tracingEnabled(),
        accessLog,
        logsExecutions(stage),
        release.kind(),
        targetGroups(routes, canary),
        canary);
  }

  private static Set<TargetGroup> targetGroups(RoutingTree routes, @Nullable CanaryRelease canary) {
    Set<TargetGroup> own = routes.targetGroups();
    return canary == null || own.containsAll(canary.stage().targetGroups())
        ? own
        : Stream.concat(own.stream(), canary.stage().targetGroups().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean logsExecutions(StageRecord stage) {
    return stage.methodSettings().values().stream()
        .anyMatch(
            setting ->
                ExecutionLoggings.of(setting.loggingLevel(), setting.dataTraceEnabled())
                    != ExecutionLogging.OFF);
  }

  private static StageRecord testStage(String name, Map<String, String> variables) {
    return new StageRecord(
        name,
        "",
        null,
        null,
        false,
        null,
        "NOT_AVAILABLE",
        Map.of(),
        variables,
        null,
        null,
        null,
        false,
        null,
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static Duration streamIdle(RestApiRecord api) {
    return isEdge(api) ? EDGE_STREAM_IDLE : STREAM_IDLE;
  }

  private static boolean isEdge(RestApiRecord api) {
    return api.endpointConfiguration().types().contains("EDGE");
  }

  /**
   * AWS: a template goes through them as a Java HashMap does; source: inferred from the recorded
   * orders of {@code $context} (facts VTL-13, VTL-15), which are a HashMap's.
   */
  private static Map<String, String> inTemplateOrder(Map<String, String> variables) {
    Map<String, String> ordered = new HashMap<>();
    // One by one: a map made whole may get another number of buckets, and so another order.
    variables.forEach(ordered::put);
    return Collections.unmodifiableMap(ordered);
  }

  private static GatewayResponses gatewayResponses(List<GatewayResponseRecord> records) {
    if (records.isEmpty()) {
      return GatewayResponses.DEFAULTS;
    }
    Map<GatewayResponseType, Customised> customised = new EnumMap<>(GatewayResponseType.class);
    for (GatewayResponseRecord response : records) {
      customised.put(
          GatewayResponseType.valueOf(response.responseType()),
          GatewayResponseCompiler.compile(response));
    }
    return new GatewayResponses(Map.copyOf(customised));
  }

  private static BinaryMediaTypes binaryMediaTypes(@Nullable List<String> configured) {
    return configured == null || configured.isEmpty()
        ? BinaryMediaTypes.NONE
        : new BinaryMediaTypes(configured.stream().map(MediaType::of).toList());
  }

  private static @Nullable AccessLog accessLog(@Nullable AccessLogSettings settings) {
    return settings == null || settings.format() == null || settings.destinationArn() == null
        ? null
        : AccessLogFormats.compile(settings.format(), settings.destinationArn());
  }
}
