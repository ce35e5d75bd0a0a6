package io.portico.gateway.execute.cases;

import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.websocket.WebSocketApiCompiler;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.IntegrationResponseRecord;
import io.portico.gateway.model.v2.ModelRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sections of a WebSocket API, members in AWS's names: {@code websocket api}; {@code stage};
 * {@code authorizers} and {@code models} by id; {@code route join} with the integration that
 * follows it, a proxied function's where it has no other, and {@code integration response $default}
 * of that; {@code binary frames} where they are taken.
 */
public final class WebSocketCaseDefinition implements CaseDefinition {
  /** What a line of the access log is where the case has no format of its own. */
  static final String ACCESS_LOG_FORMAT = "$context.connectionId";

  private static final String DOMAIN_NAME = "domain name ";
  private static final String ROUTE = "route ";
  private static final String RESPONSE = "integration response ";
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

  private static final String FUNCTION =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:%s/invocations";

  /** A member with a name that no record has is a mistake in the case. */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final List<RouteRecord> routes = new ArrayList<>();
  private final List<ObjectNode> integrations = new ArrayList<>();
  private final List<AuthorizerRecord> authorizers = new ArrayList<>();
  private final List<ModelRecord> models = new ArrayList<>();

  /** What belongs to no API: keys, plans, domain names. */
  private final CaseApi others = new CaseApi();

  private final CaseLinks links = new CaseLinks();
  private WebSocketLimits limits = WebSocketLimits.standard();
  private ServiceEndpoints services =
      new ServiceEndpoints(Map.of(), URI.create("http://services.test:9000"), false);

  private ObjectNode api = Json.object();
  private ObjectNode stage = Json.object();

  @Override
  public boolean take(String name, String text) {
    switch (name) {
      case "websocket api" -> api = object(text);
      case "stage" -> stage = object(text);
      case "endpoints" -> services = CaseApi.configured(text);
      case "authorizers" -> authorizers(text);
      case "models" -> models(text);
      case "binary frames" -> limits = withBinaryFrames();
      case "api keys" -> others.apiKeys(text);
      case "usage plans" -> others.usagePlans(text);
      case "integration" -> integrations.getLast().setAll(object(text));
      default -> {
        return takeNamed(name, text);
      }
    }
    return true;
  }

  private boolean takeNamed(String name, String text) {
    if (name.startsWith(ROUTE)) {
      route(name.substring(ROUTE.length()), text);
    } else if (name.startsWith(DOMAIN_NAME)) {
      others.domainName(name.substring(DOMAIN_NAME.length()), text);
    } else if (name.startsWith(RESPONSE)) {
      response(name.substring(RESPONSE.length()), text);
    } else {
      return links.take(name, text);
    }
    return true;
  }

  private void authorizers(String yaml) {
    object(yaml)
        .properties()
        .forEach(
            authorizer -> {
              ObjectNode record =
                  object(
                      "{authorizerType: REQUEST, identitySource: ['route.request.header.Auth']}");
              record.put("authorizerId", authorizer.getKey());
              record.put("name", authorizer.getKey());
              record.put("authorizerUri", FUNCTION.formatted("guard"));
              record.setAll((ObjectNode) authorizer.getValue());
              authorizers.add(record(record, AuthorizerRecord.class));
            });
  }

  private void models(String yaml) {
    object(yaml)
        .properties()
        .forEach(
            model ->
                models.add(
                    new ModelRecord(
                        model.getKey(), model.getKey(), null, null, Json.text(model.getValue()))));
  }

  private void route(String key, String yaml) {
    String number = Integer.toString(routes.size());
    ObjectNode record =
        object("{authorizationType: NONE, apiKeyRequired: false, apiGatewayManaged: false}");
    record.put("routeId", "route" + number);
    record.put("routeKey", key);
    record.put("target", "integrations/integration" + number);
    record.putArray("routeResponses");
    ObjectNode members = object(yaml);
    if (members.remove("twoWay") != null) {
      record
          .withArray("routeResponses")
          .add(object("{routeResponseId: abc, routeResponseKey: $default}"));
    }
    record.setAll(members);
    routes.add(record(record, RouteRecord.class));
    ObjectNode integration =
        object(
            """
            {integrationType: AWS_PROXY, connectionType: INTERNET, integrationMethod: POST,
             timeoutInMillis: 29000, integrationResponses: [], apiGatewayManaged: false}
            """);
    integration.put("integrationUri", FUNCTION.formatted("chat"));
    integration.put("integrationId", "integration" + number);
    integrations.add(integration);
  }

  private void response(String key, String yaml) {
    ArrayNode responses = integrations.getLast().withArray("integrationResponses");
    ObjectNode record = object(yaml);
    record.put("integrationResponseId", "response" + responses.size());
    record.put("integrationResponseKey", key);
    record(record, IntegrationResponseRecord.class);
    responses.add(record);
  }

  @Override
  public GatewaySnapshot served() {
    WebSocketApiCompiler compiler =
        new WebSocketApiCompiler(
            CallLimits.AWS,
            limits,
            services,
            new FunctionEndpoints(List.of(), EndpointUrl.of(URI.create("http://lambda.test:9001"))),
            links.configured());
    DeploymentRecord deployment =
        new DeploymentRecord(
            "dep123",
            null,
            false,
            "DEPLOYED",
            null,
            CREATED,
            new ApiDefinition(
                apiRecord(),
                routes,
                integrations.stream()
                    .map(integration -> record(integration, IntegrationRecord.class))
                    .toList(),
                authorizers,
                models));
    WebSocketStage compiled = compiler.compile(apiRecord(), deployment, stageRecord(), null, links);
    GatewaySnapshot served = others.served();
    return GatewaySnapshot.of(
            List.of(compiled), Map.of(compiled.scope(), served.usage(compiled.scope())))
        .withDomains(none -> served.domains());
  }

  private static WebSocketLimits withBinaryFrames() {
    WebSocketLimits standard = WebSocketLimits.standard();
    return new WebSocketLimits(
        standard.frame(),
        standard.message(),
        standard.waitingMessages(),
        standard.unsent(),
        standard.overflowCode(),
        standard.idleTimeout(),
        standard.duration(),
        standard.closeTimeout(),
        true,
        standard.compression());
  }

  private ApiRecord apiRecord() {
    ObjectNode record =
        object(
            """
            {accountId: '000000000000', region: us-east-1, name: Chat,
             protocolType: WEBSOCKET, routeSelectionExpression: '$request.body.action',
             apiKeySelectionExpression: '$request.header.x-api-key',
             disableExecuteApiEndpoint: false, ipAddressType: ipv4,
             createdDate: '2026-01-02T03:04:05Z'}
            """);
    record.put("apiId", CaseApi.ID);
    record.setAll(api);
    return record(record, ApiRecord.class);
  }

  private StageRecord stageRecord() {
    ObjectNode record =
        object(
            """
            {deploymentId: dep123, autoDeploy: false, defaultRouteSettings: {}, routeSettings: {},
             stageVariables: {}, apiGatewayManaged: false, createdDate: '2026-01-02T03:04:05Z',
             lastUpdatedDate: '2026-01-02T03:04:05Z'}
            """);
    record.put("stageName", CaseApi.STAGE);
    record
        .putObject("accessLogSettings")
        .put("destinationArn", "arn:aws:logs:us-east-1:000000000000:log-group:chat")
        .put("format", ACCESS_LOG_FORMAT);
    record.setAll(stage);
    return record(record, StageRecord.class);
  }

  @Override
  public String stagePath() {
    return "/" + CaseApi.STAGE;
  }

  private static <R> R record(ObjectNode tree, Class<R> type) {
    return STRICT.treeToValue(tree, type);
  }

  private static ObjectNode object(String yaml) {
    return yaml.isBlank() ? Json.object() : (ObjectNode) Yaml.parse(yaml);
  }
}
