package io.portico.gateway.aws;

import java.util.regex.Pattern;

/**
 * On whose behalf API Gateway invokes a function: the ARN of a method of an API, or that of the
 * role which the method's integration names, or {@link #CALLER}. AWS's own services tell each
 * other; Portico's gateway tells Portico's Lambda host in a header. Whoever else sends it only
 * gives up what callers without it may do.
 */
public final class SourceArn {
  /** The header's name. */
  public static final String HEADER = "X-Portico-Source-Arn";

  /**
   * Whoever calls the method: the request is signed with his credentials, and his are the rights
   * that count. AWS: source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html, credentials.
   */
  public static final String CALLER = "arn:aws:iam::*:user/*";

  private static final Pattern ROLE =
      Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");

  private SourceArn() {}

  /** Whether it is a role's. */
  public static boolean isRole(String arn) {
    return ROLE.matcher(arn).matches();
  }

  /**
   * Of a method that is called. AWS: the path is the request's own; source: documented, the
   * statements that
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
   * has of resources.
   *
   * @param path begins with a slash
   */
  public static String ofMethod(
      String region, String accountId, String apiId, String stage, String verb, String path) {
    return "arn:aws:execute-api:"
        + region
        + ":"
        + accountId
        + ":"
        + apiId
        + "/"
        + stage
        + "/"
        + verb
        + path;
  }

  /**
   * Of a route of a WebSocket API. AWS: source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html.
   */
  public static String ofRoute(
      String region, String accountId, String apiId, String stage, String routeKey) {
    return "arn:aws:execute-api:"
        + region
        + ":"
        + accountId
        + ":"
        + apiId
        + "/"
        + stage
        + "/"
        + routeKey;
  }

  /**
   * Of an authorizer that is asked. AWS: source: documented, the permission in
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-lambda-authorizer-cross-account-lambda-authorizer.html.
   */
  public static String ofAuthorizer(
      String region, String accountId, String apiId, String authorizerId) {
    return "arn:aws:execute-api:"
        + region
        + ":"
        + accountId
        + ":"
        + apiId
        + "/authorizers/"
        + authorizerId;
  }

  /** The account in an ARN; empty where it has none. */
  public static String account(String arn) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6 ? parts[4] : "";
  }
}
