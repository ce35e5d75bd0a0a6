package io.portico.gateway.execute.cases;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.compile.DomainNameCompiler;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.SnapshotCompiler;
import io.portico.gateway.compile.UsageCompiler;
import io.portico.gateway.compile.UserPoolIssuers;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.BasePathMappingRecord;
import io.portico.gateway.model.DeploymentRecord;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.RoutingRuleRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CallLimits.Bound;
import io.portico.gateway.snapshot.DomainNameSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.PersistentTable;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.UsagePlanSnapshot;
import io.portico.gateway.snapshot.UsageSnapshot;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The records that a case's sections describe, members in AWS's names. */
public final class CaseApi {
  public static final String ID = "abc1234567";
  public static final String STAGE = "prod";

  /** The function that authorizers are where they name no other. */
  private static final String GUARD =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:guard/invocations";

  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");

  /** A member with a name that no record has is a mistake in the case. */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Map<String, Map<String, MethodRecord>> methods = new LinkedHashMap<>();
  private final List<AuthorizerRecord> authorizers = new ArrayList<>();
  private final List<ModelRecord> models = new ArrayList<>();
  private final List<GatewayResponseRecord> gatewayResponses = new ArrayList<>();
  private final Map<String, ApiKeySnapshot> keys = new LinkedHashMap<>();
  private final Map<String, UsagePlanSnapshot> plans = new LinkedHashMap<>();
  private final Map<String, DomainNameSnapshot> domains = new LinkedHashMap<>();
  private ObjectNode api = object("{}");
  private ObjectNode sinceDeployment = object("{}");
  private ObjectNode stage = object("{}");
  private @Nullable ApiDefinition deployed;
  private @Nullable ObjectNode canary;
  private ServiceEndpoints endpoints =
      new ServiceEndpoints(Map.of(), URI.create("http://aws.test:4566"), false);
  private FunctionEndpoints functions =
      new FunctionEndpoints(
          List.of(
              new FunctionEndpoints.Rule(
                  Objects.requireNonNull(ArnPattern.of("arn:aws:lambda:*:*:function:emulated")),
                  EndpointUrl.of(
                      URI.create(
                          "http://lambda.test:9001/2015-03-31/functions/function/invocations")))),
          EndpointUrl.of(URI.create("http://lambda.test:9001")));
  private final CaseLinks links = new CaseLinks();
  private @Nullable String path;
  private ObjectNode method = object("{}");
  private ObjectNode integration = object("{type: HTTP_PROXY, uri: 'http://backend.test/'}");

  public void api(String yaml) {
    api = object(yaml);
  }

  public void endpoints(String yaml) {
    endpoints = configured(yaml);
  }

  /** Where AWS's services are called; nowhere else. With STS among them, roles are assumed. */
  static ServiceEndpoints configured(String yaml) {
    Map<String, URI> urls = new LinkedHashMap<>();
    object(yaml)
        .properties()
        .forEach(entry -> urls.put(entry.getKey(), URI.create(entry.getValue().asString())));
    ServiceEndpoints configured = new ServiceEndpoints(urls, null, false);
    return urls.containsKey("STS") ? configured.assumingRoles() : configured;
  }

  /** A section of VPC links, if it is one. */
  public boolean link(String name, String text) {
    return links.take(name, text);
  }

  /** Functions are invoked nowhere. */
  public void noFunctions() {
    functions = new FunctionEndpoints(List.of(), null);
  }

  /** What was changed since the stage's deployment was made. */
  public void apiSinceDeployment(String yaml) {
    sinceDeployment = object(yaml);
  }

  public void stage(String yaml) {
    stage = object(yaml);
  }

  /** The stage's canary; what follows is deployed to it, where anything does. */
  public void canary(String yaml) {
    deployed = definition();
    canary = object("{deploymentId: can456}");
    canary.setAll(object(yaml));
    methods = new LinkedHashMap<>();
  }

  /** Begins another method; the integration that follows is its own. */
  public void method(String verb, String resourcePath, String yaml) {
    if (path != null) {
      finishMethod();
    }
    path = resourcePath;
    method = object(yaml);
    method.put("httpMethod", verb);
    integration = object("{type: HTTP_PROXY, uri: 'http://backend.test/'}");
  }

  public void integration(String yaml) {
    if (path == null) {
      method("GET", "/pets", "{}");
    }
    integration = object(yaml);
  }

  public void models(String yaml) {
    object(yaml)
        .properties()
        .forEach(
            model ->
                models.add(
                    new ModelRecord(
                        "m" + models.size(),
                        model.getKey(),
                        null,
                        "application/json",
                        Json.text(model.getValue()))));
  }

  /**
   * Authorizers by id, of type TOKEN with the header Authorization and a function of theirs where
   * they say nothing else.
   */
  public void authorizers(String yaml) {
    object(yaml)
        .properties()
        .forEach(
            authorizer -> {
              ObjectNode record =
                  object(
                      """
                      {type: TOKEN, identitySource: method.request.header.Authorization}
                      """);
              record.put("id", authorizer.getKey());
              record.put("name", authorizer.getKey());
              record.put("authorizerUri", GUARD);
              record.setAll((ObjectNode) authorizer.getValue());
              authorizers.add(record(record, AuthorizerRecord.class));
            });
  }

  public void gatewayResponses(String yaml) {
    object(yaml)
        .properties()
        .forEach(
            response -> {
              ObjectNode record = (ObjectNode) response.getValue();
              record.put("responseType", response.getKey());
              gatewayResponses.add(record(record, GatewayResponseRecord.class));
            });
  }

  /** API keys by id, with a value made of their id and the plans they are in. */
  public void apiKeys(String yaml) {
    object(yaml)
        .properties()
        .forEach(
            key -> {
              ObjectNode record =
                  object(
                      """
                      {enabled: true, createdDate: '2026-01-02T03:04:05Z',
                       lastUpdatedDate: '2026-01-02T03:04:05Z', stageKeys: []}
                      """);
              record.put("id", key.getKey());
              record.put("value", "value-of-the-key-" + key.getKey());
              record.setAll((ObjectNode) key.getValue());
              List<String> plans = new ArrayList<>();
              record.remove("plans").forEach(plan -> plans.add(plan.asString()));
              ApiKeySnapshot compiled =
                  UsageCompiler.compile(record(record, ApiKeyRecord.class), plans);
              if (compiled != null) {
                keys.put(compiled.value(), compiled);
              }
            });
  }

  /** Usage plans by id, of the case's stage where they name no others. */
  public void usagePlans(String yaml) {
    object(yaml)
        .properties()
        .forEach(
            plan -> {
              ObjectNode record =
                  object("{name: plan, apiStages: [{apiId: %s, stage: %s}]}".formatted(ID, STAGE));
              record.put("id", plan.getKey());
              record.setAll((ObjectNode) plan.getValue());
              plans.put(
                  plan.getKey(), UsageCompiler.compile(record(record, UsagePlanRecord.class)));
            });
  }

  /**
   * A custom domain name, REGIONAL where it is nothing else, with its base path mappings: members
   * of each by its base path, to the case's API where they name no other; and with its routing
   * rules by their ids, to the API's stage {@code prod} where they have no other action.
   */
  public void domainName(String name, String yaml) {
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
              ObjectNode members = object("{restApiId: %s}".formatted(ID));
              members.put("domainName", name);
              members.put("basePath", mapping.getKey());
              members.setAll((ObjectNode) mapping.getValue());
              mappings.add(record(members, BasePathMappingRecord.class));
            });
    List<RoutingRuleRecord> rules = new ArrayList<>();
    if (record.remove("rules") instanceof ObjectNode sent) {
      sent.properties()
          .forEach(
              rule -> {
                ObjectNode members =
                    object(
                        """
                        {conditions: [],
                         actions: [{invokeApi: {apiId: %s, stage: prod, stripBasePath: false}}]}
                        """
                            .formatted(ID));
                members.put("routingRuleId", rule.getKey()).put("domainName", name);
                members.setAll((ObjectNode) rule.getValue());
                rules.add(record(members, RoutingRuleRecord.class));
              });
    }
    domains.put(
        name,
        DomainNameCompiler.compile(record(record, DomainNameRecord.class), rules, mappings, null));
  }

  /** The stage with the API keys and usage plans of its account. */
  public GatewaySnapshot served() {
    return served(CallLimits.AWS.payload().most());
  }

  /**
   * The same.
   *
   * @param payloadLimit most bytes of a body, request or answer
   */
  public GatewaySnapshot served(long payloadLimit) {
    StageSnapshot compiled = compile(limited(payloadLimit));
    return GatewaySnapshot.of(
            List.of(compiled),
            Map.of(
                compiled.scope(),
                new UsageSnapshot(PersistentTable.of(keys), PersistentTable.of(plans))))
        .withDomains(none -> PersistentTable.of(domains));
  }

  private static CallLimits limited(long payload) {
    CallLimits aws = CallLimits.AWS;
    return new CallLimits(
        Bound.refusing(payload),
        aws.iterations(),
        aws.headers(),
        aws.url(),
        aws.edgeUrl(),
        aws.webSocketUrl(),
        aws.authorizerResult());
  }

  public StageSnapshot compile() {
    return compile(CallLimits.AWS);
  }

  /** The stage, with other limits of its calls than AWS's. */
  public StageSnapshot compile(CallLimits limits) {
    DeploymentRecord own;
    DeploymentRecord ofCanary = null;
    String id = stage.path("deploymentId").asString("dep123");
    if (deployed == null) {
      own = new DeploymentRecord(id, null, CREATED, definition());
    } else {
      own = new DeploymentRecord(id, null, CREATED, deployed);
      ofCanary = path == null ? own : new DeploymentRecord("can456", null, CREATED, definition());
    }
    return new SnapshotCompiler(
            limits, endpoints, functions, new UserPoolIssuers(endpoints), links.configured())
        .compile(apiRecord(sinceDeployment), own, ofCanary, stageRecord(), null, links);
  }

  private ApiDefinition definition() {
    if (path == null) {
      method("GET", "/pets", "{}");
    }
    finishMethod();
    path = null;
    return new ApiDefinition(
        apiRecord(object("{}")),
        resources(),
        List.copyOf(authorizers),
        List.copyOf(models),
        List.of(
            new RequestValidatorRecord("params", "params", false, true),
            new RequestValidatorRecord("body", "body", true, false),
            new RequestValidatorRecord("all", "all", true, true)),
        List.copyOf(gatewayResponses));
  }

  private RestApiRecord apiRecord(ObjectNode changes) {
    ObjectNode record =
        object(
            """
            {id: abc1234567, accountId: '000000000000', region: us-east-1, name: Pets,
             createdDate: '2026-01-02T03:04:05Z', apiKeySource: HEADER,
             endpointConfiguration: {types: [REGIONAL]}, rootResourceId: 'id:/'}
            """);
    record.setAll(api);
    record.setAll(changes);
    return record(record, RestApiRecord.class);
  }

  private StageRecord stageRecord() {
    ObjectNode record =
        object(
            """
            {stageName: prod, deploymentId: dep123, cacheClusterStatus: NOT_AVAILABLE,
             methodSettings: {}, createdDate: '2026-01-02T03:04:05Z',
             lastUpdatedDate: '2026-01-02T03:04:05Z'}
            """);
    record.setAll(stage);
    if (canary != null) {
      record.set("canarySettings", canary);
    }
    return record(record, StageRecord.class);
  }

  /** {@code validator} and {@code responses} are short for what a method would refer to. */
  private void finishMethod() {
    ObjectNode record = object("{authorizationType: NONE}");
    record.setAll(method);
    JsonNode validator = record.remove("validator");
    if (validator != null) {
      record.set("requestValidatorId", validator);
    }
    JsonNode responses = record.remove("responses");
    withStatusCodes(integration.get("integrationResponses"));
    ObjectNode declared = record.putObject("methodResponses");
    if (responses != null) {
      responses.forEach(
          status -> declared.putObject(status.asString()).put("statusCode", status.asString()));
    } else if (integration.get("integrationResponses") instanceof ObjectNode all) {
      all.properties()
          .forEach(
              entry ->
                  declared
                      .putObject(entry.getKey())
                      .put("statusCode", entry.getValue().get("statusCode").asString()));
    }
    MethodRecord plain = record(record, MethodRecord.class);
    IntegrationRecord called = record(integration, IntegrationRecord.class);
    String resource = path == null ? "/" : path;
    methods
        .computeIfAbsent(resource, ignored -> new LinkedHashMap<>())
        .put(
            plain.httpMethod(),
            new MethodRecord(
                plain.httpMethod(),
                plain.authorizationType(),
                plain.authorizerId(),
                plain.authorizationScopes(),
                plain.apiKeyRequired(),
                plain.requestValidatorId(),
                plain.operationName(),
                plain.requestParameters(),
                plain.requestModels(),
                plain.methodResponses(),
                called));
  }

  private static void withStatusCodes(@Nullable JsonNode responses) {
    if (responses instanceof ObjectNode all) {
      all.properties()
          .forEach(entry -> ((ObjectNode) entry.getValue()).put("statusCode", entry.getKey()));
    }
  }

  /** Every resource on the way to one that has methods. */
  private List<ResourceRecord> resources() {
    Map<String, ResourceRecord> resources = new LinkedHashMap<>();
    add(resources, "/");
    methods.keySet().forEach(each -> add(resources, each));
    return List.copyOf(resources.values());
  }

  private void add(Map<String, ResourceRecord> resources, String resource) {
    if (resources.containsKey(resource)) {
      return;
    }
    Map<String, MethodRecord> own = methods.getOrDefault(resource, Map.of());
    if (resource.equals("/")) {
      resources.put("/", new ResourceRecord("id:/", null, null, "/", own));
      return;
    }
    int slash = resource.lastIndexOf('/');
    String parent = slash == 0 ? "/" : resource.substring(0, slash);
    add(resources, parent);
    resources.put(
        resource,
        new ResourceRecord(
            "id:" + resource, "id:" + parent, resource.substring(slash + 1), resource, own));
  }

  private static <R> R record(ObjectNode tree, Class<R> type) {
    return STRICT.treeToValue(tree, type);
  }

  private static ObjectNode object(String yaml) {
    return yaml.isBlank() ? Json.object() : (ObjectNode) Yaml.parse(yaml);
  }
}
