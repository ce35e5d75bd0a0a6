package io.portico.gateway.control.v2.rules;

import io.portico.gateway.compile.httpapi.ServiceSubtype;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.IntegrationUris;
import io.portico.gateway.model.v2.IntegrationRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an integration of an HTTP API may be. */
final class HttpIntegrationRules {
  private HttpIntegrationRules() {}

  // AWS: the text for types: reported by users of AWS's clients,
  // https://github.com/aws/aws-cli/issues/6363.
  static IntegrationRecord accepted(IntegrationRecord sent) {
    Protocols.refuseForHttp("ContentHandlingStrategy", sent.contentHandlingStrategy());
    Protocols.refuseForHttp("RequestTemplates", sent.requestTemplates());
    Protocols.refuseForHttp("TemplateSelectionExpression", sent.templateSelectionExpression());
    IntegrationRules.checkConnection(sent);
    IntegrationRecord settled =
        switch (sent.integrationType()) {
          case IntegrationRules.AWS_PROXY ->
              sent.integrationSubtype() == null ? function(sent) : action(sent);
          case IntegrationRules.HTTP_PROXY -> http(sent);
          default ->
              throw ServiceException.badRequest(
                  "Currently, an API with a protocol type of HTTP may only be associated with proxy"
                      + " integrations (AWS_PROXY, HTTP_PROXY)");
        };
    if (settled.responseParameters() != null) {
      ParameterMappings.checkResponses(settled.responseParameters());
    }
    return settled;
  }

  private static IntegrationRecord function(IntegrationRecord sent) {
    refusePrivate(sent);
    String uri = sent.integrationUri();
    // Beyond AWS, which has streams for REST APIs alone.
    if (uri == null
        || !(IntegrationRules.isFunction(uri) || IntegrationRules.isStreamingFunction(uri))) {
      throw IntegrationRules.invalidUri();
    }
    String version = sent.payloadFormatVersion();
    if (version == null) {
      throw ServiceException.badRequest(
          "PayloadFormatVersion is a required parameter for integration");
    }
    IntegrationRules.checkVersion(version);
    checkRequestParameters(sent.requestParameters());
    String method = sent.integrationMethod();
    return settled(sent, method == null ? "POST" : method, uri, version);
  }

  // AWS: that a URI of an action is refused, and in which words, is assumed.
  private static IntegrationRecord action(IntegrationRecord sent) {
    String subtype = sent.integrationSubtype();
    if (subtype == null) {
      throw new IllegalStateException("an action has a subtype");
    }
    refusePrivate(sent);
    if (sent.integrationUri() != null) {
      throw IntegrationRules.invalidUri();
    }
    String version = IntegrationRules.version(sent);
    ServiceSubtype action = ServiceActionRules.subtype(subtype, version);
    if (sent.credentialsArn() == null) {
      throw ServiceException.badRequest(
          "Role ARN must be specified for AWS integration configuration with Subtype: " + subtype);
    }
    ServiceActionRules.check(
        action, sent.requestParameters() == null ? Map.of() : sent.requestParameters());
    return settled(sent, null, null, version);
  }

  // AWS: the text is assumed.
  private static void refusePrivate(IntegrationRecord sent) {
    if (sent.isPrivate()) {
      throw ServiceException.badRequest(
          "ConnectionType VPC_LINK is not supported for integration of type AWS_PROXY");
    }
  }

  private static IntegrationRecord http(IntegrationRecord sent) {
    if (sent.integrationSubtype() != null) {
      // AWS: the text is assumed.
      throw ServiceException.badRequest(
          "IntegrationSubtype is not supported for integration of type HTTP_PROXY");
    }
    IntegrationRules.requireMethod(sent);
    String uri = sent.integrationUri();
    if (!sent.isPrivate()) {
      IntegrationUris.checkHttp(uri);
    } else if (!IntegrationRules.isPrivateTarget(uri)) {
      throw ServiceException.badRequest(
          "For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud"
              + " Map service ARN.");
    }
    String version = IntegrationRules.version(sent);
    IntegrationRules.checkVersion(version);
    if (!version.equals("1.0")) {
      throw ServiceException.badRequest(
          "PayloadFormatVersion %s is not supported for integration of type HTTP_PROXY"
              .formatted(version));
    }
    checkRequestParameters(sent.requestParameters());
    return settled(sent, sent.integrationMethod(), uri, version);
  }

  private static void checkRequestParameters(@Nullable Map<String, String> mappings) {
    if (mappings != null) {
      ParameterMappings.checkRequest(mappings);
    }
  }

  // AWS: what passes through is accepted and dropped; source: Terraform's provider, which sends it
  // and does not expect it back. So is the TLS configuration of what is public; source: reported,
  // measured by https://github.com/go-to-k/cdkd.
  private static IntegrationRecord settled(
      IntegrationRecord sent, @Nullable String method, @Nullable String uri, String version) {
    boolean isPrivate = sent.isPrivate();
    return new IntegrationRecord(
        sent.integrationId(),
        sent.integrationType(),
        sent.description(),
        isPrivate ? sent.connectionId() : null,
        sent.connectionType(),
        null,
        sent.credentialsArn(),
        method,
        null,
        sent.integrationSubtype(),
        uri,
        null,
        version,
        sent.requestParameters(),
        null,
        sent.responseParameters(),
        null,
        sent.timeoutInMillis(),
        isPrivate ? sent.tlsConfig() : null,
        sent.integrationResponses(),
        sent.apiGatewayManaged());
  }
}
