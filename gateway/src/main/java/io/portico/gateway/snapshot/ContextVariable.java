package io.portico.gateway.snapshot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code $context} variable of an API that AWS has a value for in some invocation, found by its
 * name once where a stage is compiled.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference">$context
 *     variables</a>
 */
public enum ContextVariable {
  ACCOUNT_ID("accountId"),
  API_ID("apiId"),
  AUTHENTICATE_ERROR("authenticate.error", Reader.ACCESS_LOG),
  AUTHENTICATE_LATENCY("authenticate.latency", Reader.ACCESS_LOG),
  AUTHENTICATE_STATUS("authenticate.status", Reader.ACCESS_LOG),
  AUTHORIZE_ERROR("authorize.error", Reader.ACCESS_LOG),
  AUTHORIZE_LATENCY("authorize.latency", Reader.ACCESS_LOG),
  AUTHORIZE_STATUS("authorize.status", Reader.ACCESS_LOG),
  AUTHORIZER_ERROR("authorizer.error", Reader.ACCESS_LOG),
  AUTHORIZER_INTEGRATION_LATENCY("authorizer.integrationLatency", Reader.ACCESS_LOG),
  AUTHORIZER_INTEGRATION_STATUS("authorizer.integrationStatus", Reader.ACCESS_LOG),
  AUTHORIZER_LATENCY("authorizer.latency", Reader.ACCESS_LOG),
  AUTHORIZER_REQUEST_ID("authorizer.requestId", Reader.ACCESS_LOG),
  AUTHORIZER_STATUS("authorizer.status", Reader.ACCESS_LOG),
  AWS_ENDPOINT_REQUEST_ID("awsEndpointRequestId"),
  AWS_ENDPOINT_REQUEST_ID_2("awsEndpointRequestId2", Reader.HTTP_API),
  CIPHER_SUITE("cipherSuite", Reader.ACCESS_LOG),
  CONNECTED_AT("connectedAt", Reader.WEBSOCKET_API),
  CONNECTION_ID("connectionId", Reader.WEBSOCKET_API),
  CUSTOM_DOMAIN_BASE_PATH_MATCHED("customDomain.basePathMatched", Reader.ACCESS_LOG),
  CUSTOM_DOMAIN_ROUTING_RULE_ID_MATCHED("customDomain.routingRuleIdMatched", Reader.ACCESS_LOG),
  DATA_PROCESSED("dataProcessed", Reader.HTTP_API),
  DEPLOYMENT_ID("deploymentId"),
  DISCONNECT_REASON("disconnectReason", Reader.WEBSOCKET_API),
  DISCONNECT_STATUS_CODE("disconnectStatusCode", Reader.WEBSOCKET_API),
  DOMAIN_NAME("domainName"),
  DOMAIN_PREFIX("domainPrefix"),
  ERROR_MESSAGE("error.message"),
  ERROR_MESSAGE_STRING("error.messageString"),
  ERROR_RESPONSE_TYPE("error.responseType"),
  ERROR_VALIDATION_ERROR_STRING("error.validationErrorString"),
  EVENT_TYPE("eventType", Reader.WEBSOCKET_API),
  EXTENDED_REQUEST_ID("extendedRequestId"),
  HTTP_METHOD("httpMethod"),
  // AWS: the members of identity, in this order; source: recorded, facts VTL-15.
  IDENTITY_COGNITO_IDENTITY_POOL_ID("identity.cognitoIdentityPoolId"),
  IDENTITY_ACCOUNT_ID("identity.accountId"),
  IDENTITY_COGNITO_IDENTITY_ID("identity.cognitoIdentityId"),
  IDENTITY_CALLER("identity.caller"),
  IDENTITY_SOURCE_IP("identity.sourceIp"),
  IDENTITY_PRINCIPAL_ORG_ID("identity.principalOrgId"),
  IDENTITY_ACCESS_KEY("identity.accessKey"),
  IDENTITY_COGNITO_AUTHENTICATION_TYPE("identity.cognitoAuthenticationType"),
  IDENTITY_COGNITO_AUTHENTICATION_PROVIDER("identity.cognitoAuthenticationProvider"),
  IDENTITY_USER_ARN("identity.userArn"),
  IDENTITY_USER_AGENT("identity.userAgent"),
  IDENTITY_USER("identity.user"),
  IDENTITY_API_KEY("identity.apiKey"),
  IDENTITY_API_KEY_ID("identity.apiKeyId"),
  /** Of a proxied function its own, else {@link #INTEGRATION_STATUS}. */
  INTEGRATION_ANSWER_STATUS("integration.status", Reader.ACCESS_LOG),
  INTEGRATION_ERROR("integration.error", Reader.ACCESS_LOG),
  INTEGRATION_LATENCY("integrationLatency", Reader.ACCESS_LOG),
  /**
   * Of a function Lambda's. AWS: its documentation also has it for an equivalent of {@code
   * integration.status}, where it describes that.
   */
  INTEGRATION_STATUS("integrationStatus", Reader.ACCESS_LOG),
  // AWS: those of a transfer; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/response-streaming-troubleshoot.html.
  INTEGRATION_RESPONSE_TRANSFER_MODE("integration.responseTransferMode", Reader.ACCESS_LOG),
  INTEGRATION_TIME_TO_ALL_HEADERS("integration.timeToAllHeaders", Reader.ACCESS_LOG),
  INTEGRATION_TIME_TO_FIRST_CONTENT("integration.timeToFirstContent", Reader.ACCESS_LOG),
  IS_CANARY_REQUEST("isCanaryRequest"),
  MESSAGE_DIRECTION("messageDirection", Reader.WEBSOCKET_API),
  MESSAGE_ID("messageId", Reader.WEBSOCKET_API),
  PATH("path"),
  PROTOCOL("protocol"),
  REQUEST_ID("requestId"),
  REQUEST_TIME("requestTime"),
  REQUEST_TIME_EPOCH("requestTimeEpoch"),
  RESOURCE_ID("resourceId"),
  RESOURCE_PATH("resourcePath"),
  RESPONSE_LATENCY("responseLatency", Reader.ACCESS_LOG),
  RESPONSE_LENGTH("responseLength", Reader.ACCESS_LOG),
  ROUTE_KEY("routeKey", Reader.HTTP_API),
  STAGE("stage"),
  STATUS("status", Reader.ACCESS_LOG),
  TLS_VERSION("tlsVersion", Reader.ACCESS_LOG),
  XRAY_TRACE_ID("xrayTraceId");

  private enum Reader {
    ANY,
    ACCESS_LOG,
    /** Access logs and mappings of HTTP APIs alone. */
    HTTP_API,
    /** Those of WebSocket APIs alone, and their templates. */
    WEBSOCKET_API
  }

  private static final String IDENTITY = "identity.";

  /** The members of {@code $context.identity} that are always there, in AWS's order. */
  public static final List<ContextVariable> OF_IDENTITY =
      identity().filter(variable -> !variable.isApiKey()).toList();

  /**
   * All of them. AWS: those of an API key are there with a key only; source: recorded, facts
   * PRX-03. That they come last is assumed.
   */
  public static final List<ContextVariable> OF_IDENTITY_WITH_API_KEY = identity().toList();

  private static final Map<String, ContextVariable> LOGGED = loggedNames();
  private static final Map<String, ContextVariable> OF_HTTP_APIS = namesOfHttpApis();
  private static final Map<String, ContextVariable> OF_WEBSOCKET_APIS = namesOfWebSocketApis();
  private static final Map<String, ContextVariable> MAPPED = mappedNames();
  private static final Map<String, ContextVariable> MEMBERS_OF_CONTEXT =
      byMember(MAPPED.values().stream().filter(each -> each.contextName.indexOf('.') < 0));
  private static final Map<String, ContextVariable> MEMBERS_OF_IDENTITY =
      byMember(OF_IDENTITY_WITH_API_KEY.stream());

  private final String contextName;
  private final Reader reader;

  ContextVariable(String contextName) {
    this(contextName, Reader.ANY);
  }

  ContextVariable(String contextName, Reader reader) {
    this.contextName = contextName;
    this.reader = reader;
  }

  /** The name without what stands before its last point, as {@code sourceIp}. */
  public String memberName() {
    return contextName.substring(contextName.lastIndexOf('.') + 1);
  }

  /**
   * The variable that an access log calls so, case-sensitive, or null.
   *
   * @param name without {@code $context.}
   */
  public static @Nullable ContextVariable logged(String name) {
    return LOGGED.get(name);
  }

  /**
   * The variable that access logs, mappings and identity sources of HTTP APIs call so, or null.
   *
   * <p>AWS: source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html.
   *
   * @param name without {@code $context.}
   */
  public static @Nullable ContextVariable ofHttpApi(String name) {
    return OF_HTTP_APIS.get(name);
  }

  /**
   * The variable that access logs, mappings and templates of WebSocket APIs call so, or null.
   *
   * <p>AWS: source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html.
   *
   * @param name without {@code $context.}
   */
  public static @Nullable ContextVariable ofWebSocketApi(String name) {
    return OF_WEBSOCKET_APIS.get(name);
  }

  /**
   * The variable that mappings and gateway responses call so, or null.
   *
   * <p>AWS: some are for access logs only; source: documented, see the class.
   *
   * @param name whole, without {@code $context.}, such as {@code identity.sourceIp}
   */
  public static @Nullable ContextVariable mapped(String name) {
    return MAPPED.get(name);
  }

  /**
   * The member of {@code $context} of that name in a template, or null; those of {@code identity}
   * are none.
   *
   * @param name such as {@code stage}
   */
  public static @Nullable ContextVariable ofContext(String name) {
    return MEMBERS_OF_CONTEXT.get(name);
  }

  /**
   * The member of {@code $context.identity} of that name in a template, or null.
   *
   * @param name such as {@code sourceIp}
   */
  public static @Nullable ContextVariable ofIdentity(String name) {
    return MEMBERS_OF_IDENTITY.get(name);
  }

  private static Stream<ContextVariable> identity() {
    return Stream.of(values()).filter(variable -> variable.contextName.startsWith(IDENTITY));
  }

  private boolean isApiKey() {
    return this == IDENTITY_API_KEY || this == IDENTITY_API_KEY_ID;
  }

  private static Map<String, ContextVariable> loggedNames() {
    Map<String, ContextVariable> logged = new HashMap<>();
    for (ContextVariable variable : values()) {
      if (variable.reader != Reader.HTTP_API && variable.reader != Reader.WEBSOCKET_API) {
        logged.put(variable.contextName, variable);
      }
    }
    putSynonyms(logged);
    return Map.copyOf(logged);
  }

  private static void putSynonyms(Map<String, ContextVariable> names) {
    names.put("integration.latency", INTEGRATION_LATENCY);
    names.put("integration.integrationStatus", INTEGRATION_STATUS);
    names.put("integration.requestId", AWS_ENDPOINT_REQUEST_ID);
    names.put("integrationErrorMessage", INTEGRATION_ERROR);
  }

  private static Map<String, ContextVariable> namesOfHttpApis() {
    Map<String, ContextVariable> names = new HashMap<>();
    for (ContextVariable variable : values()) {
      if (variable.reader == Reader.HTTP_API || variable.isOfHttpApis()) {
        names.put(variable.contextName, variable);
      }
    }
    putSynonyms(names);
    return Map.copyOf(names);
  }

  private boolean isOfHttpApis() {
    return switch (this) {
      case ACCOUNT_ID,
          API_ID,
          AUTHORIZER_ERROR,
          AWS_ENDPOINT_REQUEST_ID,
          CUSTOM_DOMAIN_BASE_PATH_MATCHED,
          CUSTOM_DOMAIN_ROUTING_RULE_ID_MATCHED,
          DOMAIN_NAME,
          DOMAIN_PREFIX,
          ERROR_MESSAGE,
          ERROR_MESSAGE_STRING,
          ERROR_RESPONSE_TYPE,
          EXTENDED_REQUEST_ID,
          HTTP_METHOD,
          INTEGRATION_ANSWER_STATUS,
          INTEGRATION_ERROR,
          INTEGRATION_LATENCY,
          INTEGRATION_STATUS,
          PATH,
          PROTOCOL,
          REQUEST_ID,
          REQUEST_TIME,
          REQUEST_TIME_EPOCH,
          RESPONSE_LATENCY,
          RESPONSE_LENGTH,
          STAGE,
          STATUS ->
          true;
      default -> contextName.startsWith(IDENTITY) && !isApiKey();
    };
  }

  private static Map<String, ContextVariable> namesOfWebSocketApis() {
    Map<String, ContextVariable> names = new HashMap<>();
    for (ContextVariable variable : values()) {
      if (variable.reader == Reader.WEBSOCKET_API || variable.isOfWebSocketApis()) {
        names.put(variable.contextName, variable);
      }
    }
    putSynonyms(names);
    return Map.copyOf(names);
  }

  private boolean isOfWebSocketApis() {
    return switch (this) {
      case ACCOUNT_ID,
          API_ID,
          AUTHENTICATE_ERROR,
          AUTHENTICATE_LATENCY,
          AUTHENTICATE_STATUS,
          AUTHORIZE_ERROR,
          AUTHORIZE_LATENCY,
          AUTHORIZE_STATUS,
          AUTHORIZER_ERROR,
          AUTHORIZER_INTEGRATION_LATENCY,
          AUTHORIZER_INTEGRATION_STATUS,
          AUTHORIZER_LATENCY,
          AUTHORIZER_REQUEST_ID,
          AUTHORIZER_STATUS,
          AWS_ENDPOINT_REQUEST_ID,
          CUSTOM_DOMAIN_BASE_PATH_MATCHED,
          DEPLOYMENT_ID,
          DOMAIN_NAME,
          DOMAIN_PREFIX,
          ERROR_MESSAGE,
          ERROR_MESSAGE_STRING,
          ERROR_RESPONSE_TYPE,
          ERROR_VALIDATION_ERROR_STRING,
          EXTENDED_REQUEST_ID,
          INTEGRATION_ANSWER_STATUS,
          INTEGRATION_ERROR,
          INTEGRATION_LATENCY,
          INTEGRATION_STATUS,
          REQUEST_ID,
          REQUEST_TIME,
          REQUEST_TIME_EPOCH,
          ROUTE_KEY,
          STAGE,
          STATUS ->
          true;
      default -> contextName.startsWith(IDENTITY);
    };
  }

  private static Map<String, ContextVariable> mappedNames() {
    Map<String, ContextVariable> mapped = new HashMap<>();
    for (ContextVariable variable : values()) {
      if (variable.reader == Reader.ANY) {
        mapped.put(variable.contextName, variable);
      }
    }
    return Map.copyOf(mapped);
  }

  private static Map<String, ContextVariable> byMember(Stream<ContextVariable> variables) {
    return variables.collect(
        Collectors.toUnmodifiableMap(ContextVariable::memberName, each -> each));
  }
}
