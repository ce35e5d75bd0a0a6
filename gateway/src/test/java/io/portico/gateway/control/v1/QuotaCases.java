package io.portico.gateway.control.v1;

import static io.portico.gateway.control.v1.QuotaScene.members;

import io.portico.gateway.control.quota.Quota;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** For each quota calls that keep within it, and each call that can go beyond. */
final class QuotaCases {
  static final String NO_PATHS = "'paths': {}";

  static final String AUTHORIZER =
      """
      'name': '%s', 'type': 'TOKEN', 'identitySource': 'method.request.header.a',
      'authorizerUri': 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations',
      'authorizerResultTtlInSeconds': %d""";

  static final String LINK =
      """
      'name': 'a', 'targetArns':
      ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/a/%d']""";

  static final String ASSOCIATION =
      """
      'domainNameArn': '%s', 'accessAssociationSource': 'vpce-%d',
      'accessAssociationSourceType': 'VPCE'""";

  private static final String REGIONAL =
      ", 'regionalCertificateArn': 'arn:aws:acm:eu-west-1:111122223333:certificate/c-1',"
          + " 'endpointConfiguration': {'types': ['REGIONAL']}";

  private static final String MAPPING =
      """
      'DomainName': 'a.example.com', 'apiId': '%s', 'stage': 'a', 'apiMappingKey': '%s'""";

  private QuotaCases() {}

  /** Calls. */
  interface Act {
    void in(QuotaScene scene);

    default Act then(Act next) {
      return scene -> {
        in(scene);
        next.in(scene);
      };
    }
  }

  /**
   * A quota and how it is exceeded.
   *
   * @param limit it is set to
   * @param refusal what the refusal says, at least
   * @param within what keeps within it
   * @param beyond what does not, each after {@code within}
   */
  record Case(long limit, String refusal, Act within, List<Act> beyond) {}

  static Case bounded(long limit, String refusal, Act within, Act... beyond) {
    return new Case(limit, refusal, within, Arrays.asList(beyond));
  }

  /** Two are allowed. */
  static Case counted(String noun, String of, Act within, Act... beyond) {
    String refusal =
        "Maximum number of %s%s has been reached.  Please contact AWS if you need additional %s."
            .formatted(noun, of, noun);
    return new Case(2, refusal, within, Arrays.asList(beyond));
  }

  /** The case of a quota of what is configured; null for those of calls and rates. */
  static @Nullable Case of(Quota quota) {
    return switch (quota) {
      case REGIONAL_APIS -> apis("REGIONAL", "EDGE");
      case EDGE_APIS -> apis("EDGE", "REGIONAL");
      case PRIVATE_APIS -> apis("PRIVATE", "REGIONAL");
      case RESOURCES ->
          counted(
              "Resources",
              " for this API",
              scene -> scene.resource("one"),
              scene -> scene.resource("two"),
              scene -> scene.merge("'paths': {'/two': {}}"));
      case STAGES ->
          counted(
              "Stages",
              " for this API",
              scene -> {
                scene.stage("a", "");
                scene.stage("b", "");
              },
              scene -> scene.stage("c", ""),
              scene -> scene.inApi("CreateDeployment", "'stageName': 'c'"));
      case AUTHORIZERS ->
          counted(
              "Authorizers",
              " for this API",
              twice(i -> scene -> scene.inApi("CreateAuthorizer", AUTHORIZER.formatted(i, 0))),
              scene -> scene.inApi("CreateAuthorizer", AUTHORIZER.formatted("c", 0)),
              scene -> scene.merge(scheme(0)));
      case REQUEST_VALIDATORS ->
          counted(
              "Request Validators",
              " for this API",
              twice(
                  i -> scene -> scene.inApi("CreateRequestValidator", "'name': '%s'".formatted(i))),
              scene -> scene.inApi("CreateRequestValidator", "'name': 'c'"),
              scene ->
                  scene.merge(
                      NO_PATHS
                          + ", 'x-amazon-apigateway-request-validators':"
                          + " {'c': {'validateRequestBody': true}}"));
      case DOCUMENTATION_PARTS ->
          counted(
              "Documentation Parts",
              " for this API",
              twice(i -> scene -> scene.inApi("CreateDocumentationPart", part(i))),
              scene -> scene.inApi("CreateDocumentationPart", part("c")),
              scene -> scene.importDocumentation(NO_PATHS + ", 'tags': [{'name': 'c'}]"),
              scene -> scene.merge(NO_PATHS + ", 'tags': [{'name': 'c'}]"));
      case API_KEYS ->
          counted(
              "API Keys",
              "",
              twice(i -> scene -> scene.call("CreateApiKey", "'name': '%s'".formatted(i))),
              scene -> scene.call("CreateApiKey", "'name': 'c'"),
              scene -> scene.importKeys("Name,Key\nc,01234567890123456789c"));
      case CLIENT_CERTIFICATES ->
          counted(
              "Client Certificates",
              "",
              twice(i -> scene -> scene.call("GenerateClientCertificate", "")),
              scene -> scene.call("GenerateClientCertificate", ""));
      case USAGE_PLANS ->
          counted(
              "Usage Plans",
              "",
              twice(i -> scene -> scene.call("CreateUsagePlan", "'name': '%s'".formatted(i))),
              scene -> scene.call("CreateUsagePlan", "'name': 'c'"));
      case USAGE_PLANS_OF_KEY ->
          counted(
              "Usage Plans",
              " for this API key",
              scene -> {
                scene.call("CreateApiKey", "'name': 'a', 'value': '01234567890123456789a'");
                for (String name : List.of("a", "b", "c")) {
                  scene.call("CreateUsagePlan", "'name': '%s'".formatted(name));
                }
                addToPlan(scene, 0);
                addToPlan(scene, 1);
              },
              scene -> addToPlan(scene, 2),
              scene ->
                  scene.importKeys(
                      "Name,Key,UsagePlanIds\nb,01234567890123456789b,\"%s\""
                          .formatted(String.join(",", plans(scene)))));
      case METHOD_THROTTLES ->
          counted(
              "Method Throttle Settings",
              " for this API stage",
              scene -> {
                scene.stage("a", "");
                scene.call("CreateUsagePlan", planWithThrottles(scene, 2));
              },
              scene -> scene.call("CreateUsagePlan", planWithThrottles(scene, 3)),
              scene ->
                  scene.patched(
                      "UpdateUsagePlan",
                      "'usagePlanId': '%s'".formatted(first(scene, "GetUsagePlans")),
                      "/apiStages/%s:a/throttle/~1c/GET/rateLimit".formatted(scene.api()),
                      "1"));
      case VPC_LINKS ->
          counted(
              "VPC Links",
              "",
              scene -> {
                scene.call("CreateVpcLink", LINK.formatted(1));
                scene.call("CreateVpcLink", LINK.formatted(2));
              },
              scene -> scene.call("CreateVpcLink", LINK.formatted(3)));
      case DOMAIN_NAMES ->
          counted(
              "Domain Names",
              "",
              twice(i -> scene -> scene.call("CreateDomainName", domain(i))),
              scene -> scene.call("CreateDomainName", domain("c")),
              scene -> scene.callV2("CreateDomainName", QuotaV2Cases.domain("c")));
      case PRIVATE_DOMAIN_NAMES ->
          counted(
              "Domain Names", "", twice(i -> QuotaCases::privateDomain), QuotaCases::privateDomain);
      case ACCESS_ASSOCIATIONS ->
          counted(
              "Domain Name Access Associations",
              "",
              scene -> {
                String arn = privateDomain(scene);
                associate(scene, arn, 1);
                associate(scene, arn, 2);
              },
              scene -> associate(scene, domainArn(scene), 3));
      case MULTI_LEVEL_API_MAPPINGS ->
          counted(
              "API Mappings",
              " for this domain name",
              scene -> {
                scene.call("CreateDomainName", "'domainName': 'a.example.com'" + REGIONAL);
                mapping(scene, "a/one");
                mapping(scene, "single");
                mapping(scene, "a/two");
              },
              scene -> mapping(scene, "a/three"),
              scene -> {
                String id =
                    scene
                        .callV2("GetApiMappings", "'DomainName': 'a.example.com'")
                        .at("/items/2/apiMappingId")
                        .asString();
                scene.callV2(
                    "UpdateApiMapping",
                    MAPPING.formatted(scene.mappedApi(), "a/three")
                        + ", 'ApiMappingId': '%s'".formatted(id));
              });
      case ROUTING_RULES,
          VPC_LINKS_V2,
          SUBNETS_OF_VPC_LINK,
          PORTALS,
          PORTAL_PRODUCTS,
          PRODUCTS_OF_PORTAL,
          PRODUCT_PAGES,
          PRODUCT_ENDPOINT_PAGES ->
          QuotaV2Cases.of(quota);
      case ROUTES, INTEGRATIONS, AUDIENCES, AUTHORIZATION_SCOPES, HTTP_INTEGRATION_TIMEOUT ->
          V2QuotaCases.of(quota);
      case STAGE_VARIABLES ->
          QuotaValueCases.variables(
              counted(
                  "Stage Variables",
                  " for this stage",
                  scene -> scene.stage("a", QuotaValueCases.variables(members(2, "a", "'b'")))),
              members(3, "a", "'b'"),
              "a2",
              "b");
      case TAGS ->
          QuotaValueCases.tags(
              counted(
                  "Tags",
                  " for this resource",
                  scene -> scene.stage("a", "'tags': " + members(2, "a", "'b'"))),
              members(3, "a", "'b'"));
      case POLICY_LENGTH,
          STAGE_VARIABLE_NAME_LENGTH,
          STAGE_VARIABLE_VALUE_LENGTH,
          TAG_KEY_LENGTH,
          TAG_VALUE_LENGTH,
          INTEGRATION_TIMEOUT,
          STREAMING_TIMEOUT,
          CACHE_TTL,
          AUTHORIZER_TTL,
          TEMPLATE_SIZE,
          MODEL_SIZE,
          ACCESS_LOG_FORMAT_SIZE,
          DEFINITION_SIZE ->
          QuotaValueCases.of(quota);
      case PAYLOAD_SIZE,
          FOREACH_ITERATIONS,
          HEADER_SIZE,
          URL_LENGTH,
          EDGE_URL_LENGTH,
          WEBSOCKET_URL_LENGTH,
          AUTHORIZER_RESULT_SIZE ->
          null;
      case TOTAL_RATE,
          CREATE_API_KEY_RATE,
          CREATE_DEPLOYMENT_RATE,
          CREATE_DOCUMENTATION_VERSION_RATE,
          CREATE_DOMAIN_NAME_RATE,
          CREATE_RESOURCE_RATE,
          CREATE_API_RATE,
          CREATE_EDGE_API_RATE,
          DELETE_API_KEY_RATE,
          DELETE_DOMAIN_NAME_RATE,
          DELETE_RESOURCE_RATE,
          DELETE_API_RATE,
          GET_RESOURCES_RATE,
          IMPORT_DOCUMENTATION_PARTS_RATE,
          IMPORT_API_RATE,
          IMPORT_EDGE_API_RATE,
          PUT_API_RATE,
          UPDATE_ACCOUNT_RATE,
          UPDATE_DOMAIN_NAME_RATE,
          UPDATE_USAGE_PLAN_RATE,
          CREATE_VPC_LINK_V2_RATE,
          DELETE_VPC_LINK_V2_RATE ->
          null;
    };
  }

  static Act twice(Function<String, Act> call) {
    return call.apply("a").then(call.apply("b"));
  }

  private static Case apis(String type, String other) {
    return counted(
        "APIs",
        "",
        scene -> {
          scene.createApi(type);
          scene.createApi(type);
          scene.createApi(other);
        },
        scene -> scene.createApi(type),
        scene ->
            scene.importApi(
                QuotaScene.openApi(NO_PATHS), Map.of("endpointConfigurationTypes", type)),
        scene ->
            scene.patched(
                "UpdateRestApi",
                "'restApiId': '%s'".formatted(apiOfType(scene, other)),
                "/endpointConfiguration/types/" + other,
                type));
  }

  private static String apiOfType(QuotaScene scene, String type) {
    return scene
        .call("GetRestApis", "")
        .get("item")
        .valueStream()
        .filter(api -> api.at("/endpointConfiguration/types/0").asString().equals(type))
        .findAny()
        .orElseThrow()
        .get("id")
        .asString();
  }

  static String scheme(int ttl) {
    return NO_PATHS
        + """
        , 'components': {'securitySchemes': {'c': {'type': 'apiKey', 'name': 'a', 'in': 'header',
          'x-amazon-apigateway-authtype': 'custom', 'x-amazon-apigateway-authorizer': {
           'type': 'token', 'authorizerUri':
           'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations',
           'authorizerResultTtlInSeconds': %d}}}}"""
            .formatted(ttl);
  }

  private static String part(String name) {
    return "'location': {'type': 'MODEL', 'name': '%s'}, 'properties': '{}'".formatted(name);
  }

  private static String first(QuotaScene scene, String list) {
    return scene.call(list, "").at("/item/0/id").asString();
  }

  private static List<String> plans(QuotaScene scene) {
    return scene
        .call("GetUsagePlans", "")
        .get("item")
        .valueStream()
        .map(plan -> plan.get("id").asString())
        .toList();
  }

  private static ObjectNode mapping(QuotaScene scene, String key) {
    return scene.callV2("CreateApiMapping", MAPPING.formatted(scene.mappedApi(), key));
  }

  private static void addToPlan(QuotaScene scene, int plan) {
    scene.call(
        "CreateUsagePlanKey",
        "'usagePlanId': '%s', 'keyId': '%s', 'keyType': 'API_KEY'"
            .formatted(plans(scene).get(plan), first(scene, "GetApiKeys")));
  }

  private static String planWithThrottles(QuotaScene scene, int count) {
    return "'name': 'a', 'throttle': {'rateLimit': 9},"
        + " 'apiStages': [{'apiId': '%s', 'stage': 'a', 'throttle': %s}]"
            .formatted(scene.api(), members(count, "/a/GET", "{'burstLimit': 1, 'rateLimit': 1}"));
  }

  static String domain(String name) {
    return "'domainName': '%s.example.com', 'certificateName': 'mine'".formatted(name);
  }

  static String privateDomain(QuotaScene scene) {
    return scene
        .call(
            "CreateDomainName",
            "'domainName': 'private.example.com', 'certificateName': 'mine',"
                + " 'endpointConfiguration': {'types': ['PRIVATE']}")
        .get("domainNameArn")
        .asString();
  }

  static String domainArn(QuotaScene scene) {
    return scene.call("GetDomainNames", "").at("/item/0/domainNameArn").asString();
  }

  private static void associate(QuotaScene scene, String arn, int source) {
    scene.call("CreateDomainNameAccessAssociation", ASSOCIATION.formatted(arn, source));
  }
}
