package io.portico.gateway.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The variables that AWS documents for HTTP APIs, but for those of client certificates, which
 * nobody is asked for, and those that an authorizer makes up.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html">
 *     Customize HTTP API access logs</a>
 */
final class HttpApiVariablesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "accountId",
        "apiId",
        "authorizer.error",
        "awsEndpointRequestId",
        "awsEndpointRequestId2",
        "customDomain.basePathMatched",
        "dataProcessed",
        "domainName",
        "domainPrefix",
        "error.message",
        "error.messageString",
        "error.responseType",
        "extendedRequestId",
        "httpMethod",
        "identity.accountId",
        "identity.caller",
        "identity.cognitoAuthenticationProvider",
        "identity.cognitoAuthenticationType",
        "identity.cognitoIdentityId",
        "identity.cognitoIdentityPoolId",
        "identity.principalOrgId",
        "identity.sourceIp",
        "identity.user",
        "identity.userAgent",
        "identity.userArn",
        "integration.error",
        "integration.integrationStatus",
        "integration.latency",
        "integration.requestId",
        "integration.status",
        "integrationErrorMessage",
        "integrationLatency",
        "integrationStatus",
        "path",
        "protocol",
        "requestId",
        "requestTime",
        "requestTimeEpoch",
        "responseLatency",
        "responseLength",
        "routeKey",
        "stage",
        "status"
      })
  void isKnown(String name) {
    assertThat(ContextVariable.ofHttpApi(name)).isNotNull();
  }

  @Test
  void thoseOfRestApisAloneAreNone() {
    assertThat(ContextVariable.ofHttpApi("resourcePath")).isNull();
    assertThat(ContextVariable.ofHttpApi("identity.apiKey")).isNull();
    assertThat(ContextVariable.logged("routeKey")).isNull();
    assertThat(ContextVariable.mapped("dataProcessed")).isNull();
  }
}
