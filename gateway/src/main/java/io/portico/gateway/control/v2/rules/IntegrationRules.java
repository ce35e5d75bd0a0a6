package io.portico.gateway.control.v2.rules;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.rules.Mappings;
import io.portico.gateway.control.rules.MethodRules;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.IntegrationResponseRecord;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an integration may be, by its type and its API's protocol. */
public final class IntegrationRules {
  public static final String AWS_PROXY = "AWS_PROXY";
  public static final String HTTP_PROXY = "HTTP_PROXY";
  public static final String INTERNET = "INTERNET";

  private static final String MOCK = "MOCK";
  private static final String VERSION_1 = "1.0";
  private static final String VERSION_2 = "2.0";
  private static final int SHORTEST_TIMEOUT = 50;

  // AWS: a function's own ARN, with an alias or version, or that by which it is invoked; parts may
  // be stage variables; source: documented, CreateApi.target and the examples of imports.
  private static final Pattern FUNCTION =
      Pattern.compile(
          "arn:aws[a-z-]*:lambda:[^:\\s]+:[^:\\s]+:function:\\S+"
              + "|arn:aws[a-z-]*:apigateway:[^:\\s]+:lambda:path/{1,2}2015-03-31/functions/\\S+"
              + "/invocations");
  private static final Pattern STREAMING_FUNCTION =
      Pattern.compile(
          "arn:aws[a-z-]*:apigateway:[^:\\s]+:lambda:path/{1,2}2021-11-15/functions/\\S+"
              + "/response-streaming-invocations");
  private static final Pattern PRIVATE_TARGET =
      Pattern.compile(
          "arn:aws[a-z-]*:elasticloadbalancing:[^:\\s]+:[^:\\s]+:listener/\\S+"
              + "|arn:aws[a-z-]*:servicediscovery:[^:\\s]+:[^:\\s]+:service/\\S+");
  private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:iam::(?:\\d{12}|\\*):\\S+");

  private IntegrationRules() {}

  /** Whether a text is the ARN by which a function is named or invoked. */
  public static boolean isFunction(String uri) {
    return FUNCTION.matcher(uri).matches();
  }

  /** Whether a text is the ARN by which a function is invoked whose answer streams. */
  static boolean isStreamingFunction(String uri) {
    return STREAMING_FUNCTION.matcher(uri).matches();
  }

  /**
   * The integration with what is so by default, and without what its type has no use for.
   * Credentials that are as they were hold up no change of something else.
   *
   * @param before what it replaces, or null
   * @throws ServiceException if it is not one that AWS takes
   */
  // AWS: the texts: reported, https://github.com/badmintoncryer/cdk-preflight, where nothing else
  // is said.
  public static IntegrationRecord accepted(
      IntegrationRecord integration,
      ApiRecord api,
      Quotas quotas,
      @Nullable IntegrationRecord before) {
    checkTimeout(integration, api, quotas);
    if (before == null || !Objects.equals(integration.credentialsArn(), before.credentialsArn())) {
      checkCredentials(integration.credentialsArn());
    }
    IntegrationRecord settled =
        api.isHttp()
            ? HttpIntegrationRules.accepted(integration)
            : WebSocketIntegrationRules.accepted(integration);
    String method = settled.integrationMethod();
    if (method != null) {
      MethodRules.checkHttpMethod(method);
    }
    return settled;
  }

  private static void checkTimeout(IntegrationRecord integration, ApiRecord api, Quotas quotas) {
    Quota longest = api.isHttp() ? Quota.HTTP_INTEGRATION_TIMEOUT : Quota.INTEGRATION_TIMEOUT;
    int timeout = integration.timeoutInMillis();
    if (timeout < SHORTEST_TIMEOUT) {
      throw ServiceException.badRequest(invalidTimeout(quotas.setting(longest).limit()));
    }
    Optional<String> _ =
        quotas.value(
            longest,
            "The timeout of an integration of API " + api.apiId(),
            timeout,
            IntegrationRules::invalidTimeout);
  }

  private static String invalidTimeout(long longest) {
    return "Timeout should be between %d ms and %d ms".formatted(SHORTEST_TIMEOUT, longest);
  }

  // AWS: the text is v1's: INT-05.
  private static void checkCredentials(@Nullable String credentialsArn) {
    if (credentialsArn != null && !ARN.matcher(credentialsArn).matches()) {
      throw ServiceException.badRequest("Invalid ARN specified in the request");
    }
  }

  /** The timeout where nobody has said anything. */
  public static int defaultTimeout(ApiRecord api) {
    return (int)
        (api.isHttp() ? Quota.HTTP_INTEGRATION_TIMEOUT : Quota.INTEGRATION_TIMEOUT).standard();
  }

  static ServiceException invalidUri() {
    return ServiceException.badRequest("Invalid integration URI specified");
  }

  static void requireMethod(IntegrationRecord integration) {
    if (integration.integrationMethod() == null) {
      throw ServiceException.badRequest(
          "HttpMethod parameter method must be specified for integrationType "
              + integration.integrationType().replace("_", ""));
    }
  }

  static void checkVersion(String version) {
    if (!version.equals(VERSION_1) && !version.equals(VERSION_2)) {
      throw unsupportedVersion(version);
    }
  }

  static ServiceException unsupportedVersion(String version) {
    return ServiceException.badRequest("Unsupported PayloadFormatVersion: " + version);
  }

  static boolean isPrivateTarget(@Nullable String uri) {
    return uri != null && PRIVATE_TARGET.matcher(uri).matches();
  }

  static boolean isMock(IntegrationRecord integration) {
    return integration.integrationType().equals(MOCK);
  }

  static void checkConnection(IntegrationRecord integration) {
    if (integration.isPrivate() && integration.connectionId() == null) {
      throw ServiceException.badRequest(
          "ConnectionId must be set to vpcLinkId for ConnectionType VPC_LINK");
    }
  }

  static String version(IntegrationRecord integration) {
    String version = integration.payloadFormatVersion();
    return version == null ? VERSION_1 : version;
  }

  /**
   * Whether a response of an integration may be so.
   *
   * @throws ServiceException if it is not one that AWS takes
   */
  // AWS: the text for keys is assumed.
  public static void check(ApiRecord api, IntegrationResponseRecord response) {
    if (api.isHttp()) {
      throw ServiceException.badRequest(
          "IntegrationResponses are currently not supported for this API protocol type.");
    }
    ResponseKeys.check(response.integrationResponseKey());
    if (response.responseParameters() != null) {
      ParameterMappings.checkWebSocketResponse(response.responseParameters());
    }
    Map<String, String> templates = response.responseTemplates();
    if (templates != null && response.templateSelectionExpression() == null) {
      Mappings.checkContentTypes(templates.keySet());
    }
  }
}
