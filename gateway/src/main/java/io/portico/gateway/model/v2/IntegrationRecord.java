package io.portico.gateway.model.v2;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The backend of routes.
 *
 * @param requestParameters of an HTTP API what is changed in the request ({@code append:header.x}),
 *     or with {@code integrationSubtype} what the service's action is given; of a WebSocket API
 *     mapped parameters
 * @param responseParameters of an HTTP API by status code, what is changed in the answer
 * @param integrationResponses of a WebSocket API, in the order they were made
 * @param apiGatewayManaged whether quick create made it
 */
public record IntegrationRecord(
    String integrationId,
    String integrationType,
    @Nullable String description,
    @Nullable String connectionId,
    String connectionType,
    @Nullable String contentHandlingStrategy,
    @Nullable String credentialsArn,
    @Nullable String integrationMethod,
    @Nullable String integrationResponseSelectionExpression,
    @Nullable String integrationSubtype,
    @Nullable String integrationUri,
    @Nullable String passthroughBehavior,
    @Nullable String payloadFormatVersion,
    @Nullable Map<String, String> requestParameters,
    @Nullable Map<String, String> requestTemplates,
    @Nullable Map<String, Map<String, String>> responseParameters,
    @Nullable String templateSelectionExpression,
    int timeoutInMillis,
    @Nullable TlsConfig tlsConfig,
    List<IntegrationResponseRecord> integrationResponses,
    boolean apiGatewayManaged) {
  /** Whether it leads through a VPC link. */
  public boolean isPrivate() {
    return connectionType.equals("VPC_LINK");
  }

  /** How a backend is reached by HTTPS: whose certificate it is to show. */
  public record TlsConfig(@Nullable String serverNameToVerify) {}

  public IntegrationRecord withCredentials(@Nullable String arn) {
    return new IntegrationRecord(
        integrationId,
        integrationType,
        description,
        connectionId,
        connectionType,
        contentHandlingStrategy,
        arn,
        integrationMethod,
        integrationResponseSelectionExpression,
        integrationSubtype,
        integrationUri,
        passthroughBehavior,
        payloadFormatVersion,
        requestParameters,
        requestTemplates,
        responseParameters,
        templateSelectionExpression,
        timeoutInMillis,
        tlsConfig,
        integrationResponses,
        apiGatewayManaged);
  }

  public IntegrationRecord withResponses(List<IntegrationResponseRecord> responses) {
    return new IntegrationRecord(
        integrationId,
        integrationType,
        description,
        connectionId,
        connectionType,
        contentHandlingStrategy,
        credentialsArn,
        integrationMethod,
        integrationResponseSelectionExpression,
        integrationSubtype,
        integrationUri,
        passthroughBehavior,
        payloadFormatVersion,
        requestParameters,
        requestTemplates,
        responseParameters,
        templateSelectionExpression,
        timeoutInMillis,
        tlsConfig,
        responses,
        apiGatewayManaged);
  }
}
