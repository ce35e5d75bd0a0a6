package io.portico.gateway.compile;

import io.portico.gateway.http.ClientIdentity;
import io.portico.gateway.http.MediaType;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.ClientCertificateRecord;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.AccessLogSettings;
import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.BinaryMediaTypes;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CloudFront;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.GatewayResponses;
import io.portico.gateway.snapshot.GatewayResponses.Customised;
import io.portico.gateway.snapshot.Refusal;
import io.portico.gateway.snapshot.RoutingTree;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.TestSnapshot;
import io.portico.gateway.x509.CertifiedKey;
import io.portico.gateway.x509.Pem;
import io.portico.gateway.x509.PemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records to a snapshot: a deployment's frozen API with the settings of a stage.
 *
 * <p>A canary takes no traffic yet: all of it goes to the stage's own deployment, which restricts
 * and opens nothing.
 */
public final class SnapshotCompiler {
  /**
   * AWS: the stage of a test, to functions, templates and policies; source: events of tests that
   * users have published.
   */
  private static final String TEST_STAGE = "test-invoke-stage";

  /**
   * AWS: how long a stream may stand still; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
   */
  private static final Duration STREAM_IDLE = Duration.ofMinutes(5);

  /** The same, where CloudFront stands before the API. */
  private static final Duration EDGE_STREAM_IDLE = Duration.ofSeconds(30);

  private final CallLimits limits;
  private final ServiceEndpoints services;
  private final FunctionEndpoints functions;

  /**
   * @param limits what bounds the calls of every stage
   * @param services where AWS's services are called
   * @param functions where Lambda functions are invoked
   */
  public SnapshotCompiler(
      CallLimits limits, ServiceEndpoints services, FunctionEndpoints functions) {
    this.limits = limits;
    this.services = services;
    this.functions = functions;
  }

  /**
   * Compiles a stage.
   *
   * @param live the API as it is now, for what takes effect without a deployment
   * @param deployment what the stage points to
   * @param certificate what the stage shows to HTTP backends, or null where it names none
   */
  public StageSnapshot compile(
      RestApiRecord live,
      DeploymentRecord deployment,
      StageRecord stage,
      @Nullable ClientCertificateRecord certificate) {
    ApiDefinition definition = deployment.frozen();
    RestApiRecord api = definition.api();
    RoutingTree routes =
        new RoutingCompiler(definition.resources(), methods(live, definition, stage, certificate))
            .compile();
    return stage(
        live,
        definition,
        stage,
        deployment.id(),
        ClosedSettings.stage(live, api, stage),
        routes,
        accessLog(stage.accessLogSettings()));
  }

  /**
   * Compiles one method as it is now, to be tested. Whom it lets in is not asked.
   *
   * @param variables the stage variables of the test
   * @param certificate what is shown to HTTP backends, or null for none
   */
  public TestSnapshot compileTest(
      ApiDefinition definition,
      ResourceRecord resource,
      MethodRecord method,
      Map<String, String> variables,
      @Nullable ClientCertificateRecord certificate) {
    StageRecord stage = testStage(variables);
    RestApiRecord api = definition.api();
    return new TestSnapshot(
        stage(api, definition, stage, null, null, RoutingTree.NOWHERE, null),
        methods(api, definition, stage, certificate).compile(resource, method));
  }

  private MethodCompiler methods(
      RestApiRecord live,
      ApiDefinition definition,
      StageRecord stage,
      @Nullable ClientCertificateRecord certificate) {
    return new MethodCompiler(
        definition,
        stage,
        List.of(live.apiKeySource(), definition.api().apiKeySource()),
        new IntegrationCompiler(
            new StageVariables(variables(stage)),
            services,
            functions,
            streamIdle(live),
            certificate == null ? null : identity(certificate)));
  }

  private StageSnapshot stage(
      RestApiRecord live,
      ApiDefinition definition,
      StageRecord stage,
      @Nullable String deploymentId,
      @Nullable Refusal refusal,
      RoutingTree routes,
      @Nullable AccessLog accessLog) {
    RestApiRecord api = definition.api();
    return new StageSnapshot(
        StageKey.of(live.id(), stage.stageName()),
        live.accountId() + "/" + live.region(),
        live.id(),
        live.name(),
        live.accountId(),
        live.region(),
        stage.stageName(),
        deploymentId,
        // AWS: takes effect with a deployment; closing at once opens nothing. Source: inferred.
        live.disableExecuteApiEndpoint() || api.disableExecuteApiEndpoint(),
        refusal,
        inTemplateOrder(variables(stage)),
        routes,
        gatewayResponses(definition.gatewayResponses()),
        binaryMediaTypes(api.binaryMediaTypes()),
        limits,
        // AWS: an endpoint's type changes with the API itself, not with its deployments.
        isEdge(live) ? CloudFront.of(live.id()) : null,
        accessLog);
  }

  private static Map<String, String> variables(StageRecord stage) {
    return stage.variables() == null ? Map.of() : stage.variables();
  }

  private static StageRecord testStage(Map<String, String> variables) {
    return new StageRecord(
        TEST_STAGE,
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

  private static ClientIdentity identity(ClientCertificateRecord record) {
    try {
      CertifiedKey own = Pem.certifiedKey(record.pemEncodedCertificate(), record.privateKey());
      return new ClientIdentity(own.certificate(), own.privateKey());
    } catch (PemException e) {
      throw new IllegalStateException(
          "the client certificate " + record.clientCertificateId() + " cannot be read", e);
    }
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
