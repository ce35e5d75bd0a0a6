package io.portico.gateway.control.v2.rules;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.IntegrationUris;
import io.portico.gateway.control.rules.Mappings;
import io.portico.gateway.model.v2.IntegrationRecord;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an integration of a WebSocket API may be. */
final class WebSocketIntegrationRules {
  private static final Set<String> HTTP = Set.of("HTTP", IntegrationRules.HTTP_PROXY);
  private static final String AWS = "AWS";

  private WebSocketIntegrationRules() {}

  static IntegrationRecord accepted(IntegrationRecord sent) {
    Protocols.refuseForWebSocket("IntegrationSubtype", sent.integrationSubtype());
    Protocols.refuseForWebSocket("ResponseParameters", sent.responseParameters());
    // AWS: source: documented, CreateIntegration.tlsConfig, "Supported only for HTTP APIs".
    Protocols.refuseForWebSocket("TlsConfig", sent.tlsConfig());
    String version = IntegrationRules.version(sent);
    if (!version.equals("1.0")) {
      throw IntegrationRules.unsupportedVersion(version);
    }
    IntegrationRules.checkConnection(sent);
    String method = sent.integrationMethod();
    String type = sent.integrationType();
    if (HTTP.contains(type)) {
      IntegrationRules.requireMethod(sent);
      IntegrationUris.checkHttp(sent.integrationUri());
    } else if (!IntegrationRules.isMock(sent)) {
      checkInvocation(sent);
      // AWS: functions are invoked by POST; source: documented, the examples of CreateIntegration.
      method = method == null ? "POST" : method;
    }
    if (sent.requestParameters() != null) {
      ParameterMappings.checkWebSocketRequest(sent.requestParameters());
    }
    if (sent.requestTemplates() != null && sent.templateSelectionExpression() == null) {
      Mappings.checkContentTypes(sent.requestTemplates().keySet());
    }
    return settled(sent, IntegrationRules.isMock(sent) ? null : method);
  }

  private static void checkInvocation(IntegrationRecord sent) {
    boolean proxy = sent.integrationType().equals(IntegrationRules.AWS_PROXY);
    IntegrationUris.checkArn(sent.integrationUri(), proxy);
    if (sent.isPrivate()) {
      // AWS: the text is assumed.
      throw ServiceException.badRequest(
          "ConnectionType VPC_LINK is not supported for integration of type "
              + sent.integrationType());
    }
  }

  // AWS: source: documented, the examples of CreateIntegration; that answers of proxies are not
  // selected is reported by users of AWS's clients.
  private static @Nullable String selection(IntegrationRecord sent) {
    String type = sent.integrationType();
    return type.equals(AWS) || type.equals("HTTP") || IntegrationRules.isMock(sent)
        ? SelectionExpressions.OF_INTEGRATION_RESPONSES
        : null;
  }

  private static IntegrationRecord settled(IntegrationRecord sent, @Nullable String method) {
    String passthrough = sent.passthroughBehavior();
    return new IntegrationRecord(
        sent.integrationId(),
        sent.integrationType(),
        sent.description(),
        sent.isPrivate() ? sent.connectionId() : null,
        sent.connectionType(),
        sent.contentHandlingStrategy(),
        sent.credentialsArn(),
        method,
        selection(sent),
        null,
        IntegrationRules.isMock(sent) ? null : sent.integrationUri(),
        passthrough == null ? "WHEN_NO_MATCH" : passthrough,
        IntegrationRules.version(sent),
        sent.requestParameters(),
        sent.requestTemplates(),
        null,
        sent.templateSelectionExpression(),
        sent.timeoutInMillis(),
        null,
        sent.integrationResponses(),
        sent.apiGatewayManaged());
  }
}
