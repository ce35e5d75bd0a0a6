package io.portico.gateway.snapshot;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code $context} variable of a REST API that an invocation has a value for, found by its name
 * once, when a stage is compiled.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html">Variables
 *     for access logging</a>
 */
public enum ContextVariable {
  ACCOUNT_ID("accountId"),
  API_ID("apiId"),
  DEPLOYMENT_ID("deploymentId"),
  DOMAIN_NAME("domainName"),
  DOMAIN_PREFIX("domainPrefix"),
  ERROR_MESSAGE("error.message"),
  ERROR_MESSAGE_STRING("error.messageString"),
  ERROR_RESPONSE_TYPE("error.responseType"),
  ERROR_VALIDATION_ERROR_STRING("error.validationErrorString"),
  EXTENDED_REQUEST_ID("extendedRequestId"),
  HTTP_METHOD("httpMethod"),
  IDENTITY_SOURCE_IP("identity.sourceIp"),
  IDENTITY_USER_AGENT("identity.userAgent"),
  INTEGRATION_LATENCY("integrationLatency"),
  INTEGRATION_STATUS("integrationStatus"),
  PATH("path"),
  PROTOCOL("protocol"),
  REQUEST_ID("requestId"),
  REQUEST_TIME("requestTime"),
  REQUEST_TIME_EPOCH("requestTimeEpoch"),
  RESOURCE_ID("resourceId"),
  RESOURCE_PATH("resourcePath"),
  RESPONSE_LATENCY("responseLatency"),
  RESPONSE_LENGTH("responseLength"),
  STAGE("stage"),
  STATUS("status"),
  XRAY_TRACE_ID("xrayTraceId");

  private static final Map<String, ContextVariable> BY_NAME = byName();

  private final String contextName;

  ContextVariable(String contextName) {
    this.contextName = contextName;
  }

  /**
   * The variable of a name, case-sensitive, or null where no invocation has one.
   *
   * @param name without {@code $context.}
   */
  public static @Nullable ContextVariable of(String name) {
    return BY_NAME.get(name);
  }

  private static Map<String, ContextVariable> byName() {
    Map<String, ContextVariable> byName = new HashMap<>();
    for (ContextVariable variable : values()) {
      byName.put(variable.contextName, variable);
    }
    byName.put("integration.latency", INTEGRATION_LATENCY);
    byName.put("integration.status", INTEGRATION_STATUS);
    byName.put("integration.integrationStatus", INTEGRATION_STATUS);
    return Map.copyOf(byName);
  }
}
