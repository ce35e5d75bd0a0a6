package io.portico.gateway.execute.mapping;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code $context} of a REST API: the one view of an invocation that templates and mapping
 * expressions share.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference">$context
 *     variables</a>
 */
final class ContextVariables {
  /** AWS: these, in this order; source: recorded, facts VTL-13. */
  static final List<String> NAMES =
      List.of(
          "resourceId",
          "resourcePath",
          "httpMethod",
          "extendedRequestId",
          "requestTime",
          "path",
          "accountId",
          "protocol",
          "requestOverride",
          "stage",
          "domainPrefix",
          "requestTimeEpoch",
          "requestId",
          "identity",
          "domainName",
          "deploymentId",
          "responseOverride",
          "apiId");

  /** AWS: these, in this order; source: recorded, facts VTL-15. */
  static final List<String> IDENTITY =
      List.of(
          "cognitoIdentityPoolId",
          "accountId",
          "cognitoIdentityId",
          "caller",
          "sourceIp",
          "principalOrgId",
          "accessKey",
          "cognitoAuthenticationType",
          "cognitoAuthenticationProvider",
          "userArn",
          "userAgent",
          "user");

  private static final String IDENTITY_PREFIX = "identity.";

  private final MethodMatch match;
  private final MethodRequest request;

  ContextVariables(MethodMatch match, MethodRequest request) {
    this.match = match;
    this.request = request;
  }

  /**
   * A variable's text, or null where it has none.
   *
   * @param name without {@code $context.}, such as {@code identity.sourceIp}
   */
  @Nullable String text(String name) {
    if (name.startsWith(IDENTITY_PREFIX)) {
      return identity(name.substring(IDENTITY_PREFIX.length()));
    }
    Object value = value(name);
    return value == null ? null : value.toString();
  }

  /** A variable of the first level that is no map, or null. */
  @Nullable Object value(String name) {
    Invocation invocation = match.invocation();
    return switch (name) {
      case "resourceId" -> match.method().resourceId();
      case "resourcePath" -> match.method().resourcePath();
      case "httpMethod" -> request.httpMethod();
      case "extendedRequestId" -> invocation.extendedRequestId();
      case "requestTime" -> invocation.requestTime();
      case "path" -> invocation.path().withStage();
      case "accountId" -> match.stage().accountId();
      case "protocol" -> invocation.request().protocol();
      case "stage" -> match.stage().stageName();
      case "domainPrefix", "apiId" -> match.stage().apiId();
      case "requestTimeEpoch" -> invocation.time().toEpochMilli();
      case "requestId" -> invocation.requestId();
      case "domainName" -> invocation.domainName();
      case "deploymentId" -> match.stage().deploymentId();
      case "xrayTraceId" -> root(invocation.traceId());
      default -> null;
    };
  }

  /** A member of {@code identity}, or null where it is not known. */
  @Nullable String identity(String name) {
    return switch (name) {
      case "sourceIp" -> match.invocation().request().connection().remoteIp();
      case "userAgent" -> request.parameters().headers().first("User-Agent");
      default -> null;
    };
  }

  /** {@code Root=1-…;Parent=…}: the trace's id is the root's. */
  private static String root(String traceId) {
    int end = traceId.indexOf(';');
    String root = end < 0 ? traceId : traceId.substring(0, end);
    return root.startsWith("Root=") ? root.substring("Root=".length()) : root;
  }
}
