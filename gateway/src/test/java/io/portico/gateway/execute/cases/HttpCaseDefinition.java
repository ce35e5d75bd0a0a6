package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.compile.DomainNameCompiler;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.UserPoolIssuers;
import io.portico.gateway.compile.httpapi.HttpApiCompiler;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.model.BasePathMappingRecord;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.model.v2.DeploymentRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.DomainNameSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.PersistentTable;
import io.portico.gateway.snapshot.ServedStage;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sections of an HTTP API, members in AWS's names: {@code http api}; {@code stage}, which is
 * {@code $default} where it has no other name; {@code authorizers} by id; {@code route GET /pets}
 * with the integration that follows it. What the control plane would not take makes a case fail,
 * unless it says so: {@code not accepted}.
 */
public final class HttpCaseDefinition implements CaseDefinition {
  private static final String DOMAIN_NAME = "domain name ";
  private static final String OTHER_STAGE = "stage ";
  private static final String ROUTE = "route ";
  private static final String NOT_ACCEPTED = "not accepted";
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

  /** The function that authorizers are where they name no other. */
  private static final String GUARD =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:guard/invocations";

  /** A member with a name that no record has is a mistake in the case. */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final List<RouteRecord> routes = new ArrayList<>();
  private final List<IntegrationRecord> integrations = new ArrayList<>();
  private final List<AuthorizerRecord> authorizers = new ArrayList<>();
  private final Map<String, ObjectNode> stages = new LinkedHashMap<>();
  private final Map<String, DomainNameSnapshot> domains = new LinkedHashMap<>();
  private final CaseLinks links = new CaseLinks();
  private ServiceEndpoints services =
      new ServiceEndpoints(Map.of(), URI.create("http://aws.test:4566"), false);
  private ObjectNode api = Json.object();
  private String stageName = StageRecord.DEFAULT;
  private boolean accepted = true;

  @Override
  public boolean take(String name, String text) {
    switch (name) {
      case "http api" -> api = object(text);
      case "stage" -> stages.put(stageName, object(text));
      case "authorizers" -> authorizers(text);
      case "endpoints" -> services = CaseApi.configured(text);
      case "integration" -> integration(text);
      case NOT_ACCEPTED -> {
        assertThat(text).as("why not").isNotBlank();
        accepted = false;
      }
      default -> {
        return takeNamed(name, text);
      }
    }
    return true;
  }

  private boolean takeNamed(String name, String text) {
    if (name.startsWith(OTHER_STAGE)) {
      stageName = name.substring(OTHER_STAGE.length());
      stages.put(stageName, object(text));
    } else if (name.startsWith(ROUTE)) {
      route(name.substring(ROUTE.length()), text);
    } else if (name.startsWith(DOMAIN_NAME)) {
      domainName(name.substring(DOMAIN_NAME.length()), text);
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
                      """
                      {authorizerType: REQUEST, identitySource: ['$request.header.Authorization']}
                      """);
              record.put("authorizerId", authorizer.getKey());
              record.put("name", authorizer.getKey());
              if (!"JWT".equals(authorizer.getValue().path("authorizerType").asString(""))) {
                record.put("authorizerPayloadFormatVersion", "2.0");
                record.put("authorizerResultTtlInSeconds", 0);
                record.put("authorizerUri", GUARD);
              }
              record.setAll((ObjectNode) authorizer.getValue());
              authorizers.add(record(record, AuthorizerRecord.class));
            });
  }

  private void route(String key, String yaml) {
    String number = Integer.toString(routes.size());
    ObjectNode record = object("{authorizationType: NONE, apiKeyRequired: false}");
    record.put("routeId", "route" + number);
    record.put("routeKey", key);
    record.put("target", "integrations/integration" + number);
    record.putArray("routeResponses");
    record.setAll(object(yaml));
    routes.add(record(record, RouteRecord.class));
    add(number, object("{}"));
  }

  /** That of the route before it. */
  private void integration(String yaml) {
    integrations.removeLast();
    add(Integer.toString(routes.size() - 1), object(yaml));
  }

  private void add(String number, ObjectNode members) {
    ObjectNode record =
        object(
            """
            {integrationType: HTTP_PROXY, connectionType: INTERNET, timeoutInMillis: 30000,
             integrationResponses: []}
            """);
    record.put("integrationId", "integration" + number);
    if (members.path("integrationType").asString("HTTP_PROXY").equals("HTTP_PROXY")) {
      record.put("integrationMethod", "ANY");
      record.put("integrationUri", "http://backend.test/");
    }
    record.setAll(members);
    integrations.add(record(record, IntegrationRecord.class));
  }

  /** REGIONAL, with its mappings: members of each by its base path. */
  private void domainName(String name, String yaml) {
    ObjectNode record =
        object(
            """
            {accountId: '000000000000', region: us-east-1,
             certificateUploadDate: '2026-01-02T03:04:05Z',
             endpointConfiguration: {types: [REGIONAL]}, domainNameStatus: AVAILABLE,
             securityPolicy: TLS_1_2, routingMode: BASE_PATH_MAPPING_ONLY}
            """);
    record.put("domainName", name);
    record.setAll(object(yaml));
    List<BasePathMappingRecord> mappings = new ArrayList<>();
    record
        .remove("mappings")
        .properties()
        .forEach(
            mapping -> {
              ObjectNode members = object("{restApiId: %s}".formatted(CaseApi.ID));
              members.put("domainName", name);
              members.put("basePath", mapping.getKey());
              members.setAll((ObjectNode) mapping.getValue());
              mappings.add(record(members, BasePathMappingRecord.class));
            });
    domains.put(
        name,
        DomainNameCompiler.compile(
            record(record, DomainNameRecord.class), List.of(), mappings, null));
  }

  @Override
  public GatewaySnapshot served() {
    if (routes.isEmpty()) {
      route("GET /pets", "{}");
    }
    stages.computeIfAbsent(stageName, name -> Json.object());
    HttpApiCompiler compiler =
        new HttpApiCompiler(
            CallLimits.AWS,
            services,
            new FunctionEndpoints(List.of(), EndpointUrl.of(URI.create("http://lambda.test:9001"))),
            new UserPoolIssuers(new ServiceEndpoints(Map.of(), null, false)),
            links.configured());
    DeploymentRecord deployment =
        new DeploymentRecord("dep123", null, false, "DEPLOYED", null, CREATED, definition());
    List<ServedStage> compiled = new ArrayList<>();
    stages.forEach(
        (name, members) ->
            compiled.add(
                compiler.compile(apiRecord(), deployment, stageRecord(name, members), links)));
    return GatewaySnapshot.of(compiled, Map.of()).withDomains(none -> PersistentTable.of(domains));
  }

  private ApiDefinition definition() {
    ApiDefinition written =
        new ApiDefinition(apiRecord(), routes, integrations, authorizers, List.of());
    if (accepted) {
      return AcceptedDefinition.of(written);
    }
    assertThatThrownBy(() -> AcceptedDefinition.of(written))
        .as("what is not accepted")
        .isInstanceOf(ServiceException.class);
    return written;
  }

  private ApiRecord apiRecord() {
    ObjectNode record =
        object(
            """
            {apiId: abc1234567, accountId: '000000000000', region: us-east-1, name: Pets,
             protocolType: HTTP, routeSelectionExpression: '$request.method $request.path',
             apiKeySelectionExpression: '$request.header.x-api-key',
             disableExecuteApiEndpoint: false, ipAddressType: ipv4,
             createdDate: '2026-01-02T03:04:05Z'}
            """);
    record.setAll(api);
    return record(record, ApiRecord.class);
  }

  private static StageRecord stageRecord(String name, ObjectNode members) {
    ObjectNode record =
        object(
            """
            {deploymentId: dep123, autoDeploy: false, defaultRouteSettings: {}, routeSettings: {},
             stageVariables: {}, apiGatewayManaged: false, createdDate: '2026-01-02T03:04:05Z',
             lastUpdatedDate: '2026-01-02T03:04:05Z'}
            """);
    record.put("stageName", name);
    record.setAll(members);
    return record(record, StageRecord.class);
  }

  @Override
  public String stagePath() {
    return stageName.equals(StageRecord.DEFAULT) ? "" : "/" + stageName;
  }

  private static <R> R record(ObjectNode tree, Class<R> type) {
    return STRICT.treeToValue(tree, type);
  }

  private static ObjectNode object(String yaml) {
    return yaml.isBlank() ? Json.object() : (ObjectNode) Yaml.parse(yaml);
  }
}
