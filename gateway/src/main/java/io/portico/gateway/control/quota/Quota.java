package io.portico.gateway.control.quota;

import java.util.Locale;

/**
 * The quotas of API Gateway's control plane, as AWS documents them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html">Quotas
 *     for configuring and running a REST API</a>
 */
public enum Quota {
  REGIONAL_APIS(600, "APIs", Scope.ACCOUNT, "Regional APIs of an account in a region"),
  EDGE_APIS(120, "APIs", Scope.ACCOUNT, "Edge-optimized APIs of an account in a region"),
  PRIVATE_APIS(600, "APIs", Scope.ACCOUNT, "Private APIs of an account in a region"),
  RESOURCES(300, "Resources", Scope.API, "Resources of an API"),
  STAGES(10, "Stages", Scope.API, "Stages of an API"),
  AUTHORIZERS(10, "Authorizers", Scope.API, "Authorizers of an API"),
  // AWS: source: issue 9291 of Serverless.
  REQUEST_VALIDATORS(20, "Request Validators", Scope.API, "Request validators of an API"),
  DOCUMENTATION_PARTS(2_000, "Documentation Parts", Scope.API, "Documentation parts of an API"),
  API_KEYS(10_000, "API Keys", Scope.ACCOUNT, "API keys of an account in a region"),
  CLIENT_CERTIFICATES(
      60, "Client Certificates", Scope.ACCOUNT, "Client certificates of an account in a region"),
  USAGE_PLANS(300, "Usage Plans", Scope.ACCOUNT, "Usage plans of an account in a region"),
  USAGE_PLANS_OF_KEY(10, "Usage Plans", Scope.API_KEY, "Usage plans of an API key"),
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
  STAGE_VARIABLES(100, "Stage Variables", Scope.STAGE, "Stage variables of a stage"),

  POLICY_LENGTH(8_192, "characters", Scope.VALUE, "Characters of an API's resource policy"),
  STAGE_VARIABLE_NAME_LENGTH(
      64, "characters", Scope.VALUE, "Characters of a stage variable's name"),
  STAGE_VARIABLE_VALUE_LENGTH(
      512, "characters", Scope.VALUE, "Characters of a stage variable's value"),
  INTEGRATION_TIMEOUT(29_000, "ms", Scope.VALUE, "Longest timeout of an integration, not streamed"),
  TEMPLATE_SIZE(307_200, "bytes", Scope.VALUE, "Bytes of a mapping template, in UTF-8"),
  MODEL_SIZE(409_600, "bytes", Scope.VALUE, "Bytes of a model's schema, in UTF-8");

  private final long standard;
  private final String noun;
  private final Scope scope;
  private final String words;

  /** What it is a quota of. */
  enum Scope {
    ACCOUNT(" has"),
    API(" for this API has"),
    STAGE(" for this stage has"),
    API_KEY(" for this API key has"),
    /** Of a single value: it counts nothing, and changes how the API behaves. */
    VALUE("");

    private final String words;

    Scope(String words) {
      this.words = words;
    }
  }

  Quota(long standard, String noun, Scope scope, String words) {
    this.standard = standard;
    this.noun = noun;
    this.scope = scope;
    this.words = words;
  }

  /** Its name in configurations. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** AWS's own, where nobody has asked for more. */
  public long standard() {
    return standard;
  }

  /** Whether it counts things; else it bounds a value. */
  public boolean counts() {
    return scope != Scope.VALUE;
  }

  /** What it is, in words. */
  public String words() {
    return words;
  }

  /** What its number counts. */
  public String unit() {
    return counts() ? "" : noun;
  }

  // AWS: two spaces; source: reported by users of AWS's clients, for resources
  // https://github.com/boto/boto3/issues/1296 and
  // https://github.com/hashicorp/terraform-provider-aws/issues/37605, for APIs
  // https://github.com/Miserlou/Zappa/issues/628; for the others it is assumed.
  String refusal() {
    return "Maximum number of %s%s been reached.  Please contact AWS if you need additional %s."
        .formatted(noun, scope.words, noun);
  }
}
