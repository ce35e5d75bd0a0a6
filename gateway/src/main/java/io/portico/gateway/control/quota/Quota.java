package io.portico.gateway.control.quota;

import io.portico.gateway.snapshot.CallLimits;
import java.time.Duration;
import java.util.Locale;

/**
 * The quotas of API Gateway's control plane, and those of its calls that Portico keeps, as AWS
 * documents them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html">Quotas
 *     for configuring and running a REST API</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html">Quotas
 *     for HTTP APIs</a>
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html">Rates</a>
 */
public enum Quota {
  REGIONAL_APIS(600, "APIs", Scope.ACCOUNT, "Regional APIs of an account in a region"),
  EDGE_APIS(120, "APIs", Scope.ACCOUNT, "Edge-optimized APIs of an account in a region"),
  PRIVATE_APIS(600, "APIs", Scope.ACCOUNT, "Private APIs of an account in a region"),
  RESOURCES(300, "Resources", Scope.API, "Resources of an API"),
  STAGES(10, "Stages", Scope.API, "Stages of an API"),
  AUTHORIZERS(10, "Authorizers", Scope.API, "Authorizers of an API"),
  ROUTES(300, "Routes", Scope.API, "Routes of an HTTP or WebSocket API"),
  INTEGRATIONS(300, "Integrations", Scope.API, "Integrations of an HTTP or WebSocket API"),
  AUDIENCES(50, "Audiences", Scope.AUTHORIZER, "Audiences of a JWT authorizer"),
  AUTHORIZATION_SCOPES(10, "Authorization Scopes", Scope.ROUTE, "Authorization scopes of a route"),
  // AWS: source: issue 9291 of Serverless.
  REQUEST_VALIDATORS(20, "Request Validators", Scope.API, "Request validators of an API"),
  DOCUMENTATION_PARTS(2_000, "Documentation Parts", Scope.API, "Documentation parts of an API"),
  API_KEYS(10_000, "API Keys", Scope.ACCOUNT, "API keys of an account in a region"),
  CLIENT_CERTIFICATES(
      60, "Client Certificates", Scope.ACCOUNT, "Client certificates of an account in a region"),
  USAGE_PLANS(300, "Usage Plans", Scope.ACCOUNT, "Usage plans of an account in a region"),
  USAGE_PLANS_OF_KEY(10, "Usage Plans", Scope.API_KEY, "Usage plans of an API key"),
  METHOD_THROTTLES(
      20,
      "Method Throttle Settings",
      Scope.API_STAGE,
      "Throttle settings of methods of a stage in a usage plan"),
  VPC_LINKS(20, "VPC Links", Scope.ACCOUNT, "VPC links of an account in a region"),
  DOMAIN_NAMES(
      120, "Domain Names", Scope.ACCOUNT, "Public custom domain names of an account in a region"),
  PRIVATE_DOMAIN_NAMES(
      50, "Domain Names", Scope.ACCOUNT, "Private custom domain names of an account in a region"),
  ACCESS_ASSOCIATIONS(
      100,
      "Domain Name Access Associations",
      Scope.ACCOUNT,
      "Domain name access associations of an account in a region"),
  MULTI_LEVEL_API_MAPPINGS(
      200,
      "API Mappings",
      Scope.DOMAIN_NAME,
      "API mappings of several levels of a custom domain name"),
  ROUTING_RULES(50, "Routing Rules", Scope.DOMAIN_NAME, "Routing rules of a custom domain name"),
  // AWS: source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html.
  VPC_LINKS_V2(10, "VPC Links", Scope.ACCOUNT, "VPC links of v2 of an account in a region"),
  SUBNETS_OF_VPC_LINK(10, "Subnets", Scope.VPC_LINK, "Subnets of a VPC link of v2"),
  // AWS: source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-portal-quotas.html.
  PORTALS(15, "Portals", Scope.ACCOUNT, "Portals of an account in a region"),
  PORTAL_PRODUCTS(
      500, "Portal Products", Scope.ACCOUNT, "Portal products of an account in a region"),
  PRODUCTS_OF_PORTAL(200, "Portal Products", Scope.PORTAL, "Portal products of a portal"),
  PRODUCT_PAGES(40, "Product Pages", Scope.PRODUCT, "Product pages of a portal product"),
  PRODUCT_ENDPOINT_PAGES(
      40,
      "Product REST Endpoint Pages",
      Scope.PRODUCT,
      "Product REST endpoint pages of a portal product"),
  STAGE_VARIABLES(100, "Stage Variables", Scope.STAGE, "Stage variables of a stage"),
  TAGS(50, "Tags", Scope.RESOURCE, "Tags of whatever can be tagged"),

  POLICY_LENGTH(8_192, "characters", "Characters of an API's resource policy"),
  STAGE_VARIABLE_NAME_LENGTH(64, "characters", "Characters of a stage variable's name"),
  STAGE_VARIABLE_VALUE_LENGTH(512, "characters", "Characters of a stage variable's value"),
  // AWS: source: documented, TagResource.
  TAG_KEY_LENGTH(128, "characters", "Characters of a tag's key"),
  TAG_VALUE_LENGTH(256, "characters", "Characters of a tag's value"),
  INTEGRATION_TIMEOUT(
      29_000, "ms", "Longest timeout of a REST or WebSocket API's integration, not streamed"),
  HTTP_INTEGRATION_TIMEOUT(30_000, "ms", "Longest timeout of an integration of an HTTP API"),
  // AWS: 15 minutes; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html.
  STREAMING_TIMEOUT(900_000, "ms", "Longest timeout of an integration whose answer is streamed"),
  CACHE_TTL(3_600, "seconds", "Longest time for which a method's answers are cached"),
  // AWS: source: documented, CreateAuthorizer.
  AUTHORIZER_TTL(3_600, "seconds", "Longest time for which an authorizer's results are cached"),
  TEMPLATE_SIZE(307_200, "bytes", "Bytes of a mapping template, in UTF-8"),
  MODEL_SIZE(409_600, "bytes", "Bytes of a model's schema, in UTF-8"),
  ACCESS_LOG_FORMAT_SIZE(3_072, "bytes", "Bytes of a stage's access log format, in UTF-8"),
  DEFINITION_SIZE(
      6_291_456, "bytes", "Bytes of a document that becomes an API (ImportRestApi, PutRestApi)"),
  PAYLOAD_SIZE(CallLimits.AWS.payload().most(), "bytes", "Bytes of a call's body or its answer's"),
  FOREACH_ITERATIONS(
      CallLimits.AWS.iterations().most(), "", "Iterations of a `#foreach` in a mapping template"),
  HEADER_SIZE(
      CallLimits.AWS.headers().most(),
      "bytes",
      "Bytes of the values of a call's header fields together"),
  URL_LENGTH(
      CallLimits.AWS.url().most(),
      "characters",
      "Characters of a call's URL, of a Regional or private API"),
  EDGE_URL_LENGTH(
      CallLimits.AWS.edgeUrl().most(),
      "characters",
      "Characters of a call's URL, of an edge-optimized API"),
  // AWS: source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html.
  WEBSOCKET_URL_LENGTH(
      CallLimits.AWS.webSocketUrl().most(),
      "characters",
      "Characters of the URL of a handshake or a call, of a WebSocket API"),
  AUTHORIZER_RESULT_SIZE(
      CallLimits.AWS.authorizerResult().most(),
      "bytes",
      "Bytes that a Lambda authorizer of a WebSocket API answers"),

  TOTAL_RATE(10, Duration.ofSeconds(1), 40, "All operations"),
  CREATE_API_KEY_RATE(5, Duration.ofSeconds(1), "CreateApiKey"),
  CREATE_DEPLOYMENT_RATE(1, Duration.ofSeconds(5), "CreateDeployment"),
  CREATE_DOCUMENTATION_VERSION_RATE(1, Duration.ofSeconds(20), "CreateDocumentationVersion"),
  CREATE_DOMAIN_NAME_RATE(1, Duration.ofSeconds(30), "CreateDomainName"),
  CREATE_RESOURCE_RATE(5, Duration.ofSeconds(1), "CreateResource"),
  CREATE_API_RATE(1, Duration.ofSeconds(3), "CreateRestApi of a Regional or private API"),
  CREATE_EDGE_API_RATE(1, Duration.ofSeconds(30), "CreateRestApi of an edge-optimized API"),
  DELETE_API_KEY_RATE(5, Duration.ofSeconds(1), "DeleteApiKey"),
  DELETE_DOMAIN_NAME_RATE(1, Duration.ofSeconds(30), "DeleteDomainName"),
  DELETE_RESOURCE_RATE(5, Duration.ofSeconds(1), "DeleteResource"),
  DELETE_API_RATE(1, Duration.ofSeconds(30), "DeleteRestApi"),
  GET_RESOURCES_RATE(5, Duration.ofSeconds(2), "GetResources"),
  IMPORT_DOCUMENTATION_PARTS_RATE(1, Duration.ofSeconds(30), "ImportDocumentationParts"),
  IMPORT_API_RATE(1, Duration.ofSeconds(3), "ImportRestApi of a Regional or private API"),
  IMPORT_EDGE_API_RATE(1, Duration.ofSeconds(30), "ImportRestApi of an edge-optimized API"),
  PUT_API_RATE(1, Duration.ofSeconds(1), "PutRestApi"),
  UPDATE_ACCOUNT_RATE(1, Duration.ofSeconds(20), "UpdateAccount"),
  UPDATE_DOMAIN_NAME_RATE(1, Duration.ofSeconds(30), "UpdateDomainName"),
  UPDATE_USAGE_PLAN_RATE(1, Duration.ofSeconds(20), "UpdateUsagePlan"),
  CREATE_VPC_LINK_V2_RATE(1, Duration.ofSeconds(15), "CreateVpcLink of v2"),
  DELETE_VPC_LINK_V2_RATE(1, Duration.ofSeconds(30), "DeleteVpcLink of v2");

  private final Kind kind;
  private final long standard;
  private final String unit;
  private final Scope scope;
  private final Duration period;
  private final long burst;
  private final String words;

  /** What quotas bound. */
  public enum Kind {
    /** How many things there are. */
    COUNT,
    /** A single value: it changes how an API behaves. */
    VALUE,
    /** How often an account may ask for something in a region. */
    RATE
  }

  /** What it is that has so many. */
  private enum Scope {
    ACCOUNT(""),
    API(" for this API"),
    STAGE(" for this stage"),
    API_STAGE(" for this API stage"),
    AUTHORIZER(" for this authorizer"),
    ROUTE(" for this route"),
    API_KEY(" for this API key"),
    DOMAIN_NAME(" for this domain name"),
    VPC_LINK(" for this VPC link"),
    PORTAL(" for this portal"),
    PRODUCT(" for this portal product"),
    RESOURCE(" for this resource"),
    NONE("");

    private final String words;

    Scope(String words) {
      this.words = words;
    }
  }

  Quota(long standard, String noun, Scope scope, String words) {
    this(Kind.COUNT, standard, noun, scope, Duration.ZERO, 0, words);
  }

  Quota(long standard, String unit, String words) {
    this(Kind.VALUE, standard, unit, Scope.NONE, Duration.ZERO, 0, words);
  }

  Quota(long requests, Duration period, String words) {
    this(requests, period, 0, words);
  }

  Quota(long requests, Duration period, long burst, String words) {
    this(Kind.RATE, requests, "in " + period.toSeconds() + " s", Scope.NONE, period, burst, words);
  }

  Quota(
      Kind kind,
      long standard,
      String unit,
      Scope scope,
      Duration period,
      long burst,
      String words) {
    this.kind = kind;
    this.standard = standard;
    this.unit = unit;
    this.scope = scope;
    this.period = period;
    this.burst = burst;
    this.words = words;
  }

  /** Its name in configurations. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Kind kind() {
    return kind;
  }

  /** AWS's own, where nobody has asked for more. */
  public long standard() {
    return standard;
  }

  /** What it is, in words. */
  public String words() {
    return words;
  }

  /** What its number counts; empty where its words say so. */
  public String unit() {
    return kind == Kind.COUNT ? "" : unit;
  }

  /** In which a rate's requests may be made; zero for other quotas. */
  Duration period() {
    return period;
  }

  /** How many requests a rate allows at once, where these are more than those of a period. */
  long burst() {
    return burst;
  }

  // AWS: two spaces; source: reported by users of AWS's clients, for resources
  // https://github.com/boto/boto3/issues/1296 and
  // https://github.com/hashicorp/terraform-provider-aws/issues/37605, for APIs
  // https://github.com/Miserlou/Zappa/issues/628; for authorizers by who has made too many
  // with a script; for the others it is assumed.
  String refusal() {
    return "Maximum number of %s%s has been reached.  Please contact AWS if you need additional %s."
        .formatted(unit, scope.words, unit);
  }
}
