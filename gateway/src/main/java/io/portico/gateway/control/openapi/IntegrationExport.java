package io.portico.gateway.control.openapi;

import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.IntegrationResponseRecord;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An integration as {@code x-amazon-apigateway-integration}. */
// AWS: order and what is left out; source: EXP-08. What comes after passthroughBehavior stands in
// an order of our own.
final class IntegrationExport {
  private IntegrationExport() {}

  static void write(ObjectNode node, IntegrationRecord integration, String resourceId) {
    node.put("type", integration.type().toLowerCase(Locale.ROOT));
    put(node, "httpMethod", integration.httpMethod());
    put(node, "uri", integration.uri());
    responses(node, integration.integrationResponses());
    put(node, "requestParameters", integration.requestParameters());
    put(node, "requestTemplates", integration.requestTemplates());
    if (integration.passthroughBehavior() != null) {
      node.put("passthroughBehavior", integration.passthroughBehavior().toLowerCase(Locale.ROOT));
    }
    put(node, "credentials", integration.credentials());
    put(node, "contentHandling", integration.contentHandling());
    Integer timeout = integration.timeoutInMillis();
    if (timeout != null && timeout != IntegrationRecord.DEFAULT_TIMEOUT) {
      node.put("timeoutInMillis", timeout.intValue());
    }
    if (!resourceId.equals(integration.cacheNamespace())) {
      put(node, "cacheNamespace", integration.cacheNamespace());
    }
    if (integration.cacheKeyParameters() != null && !integration.cacheKeyParameters().isEmpty()) {
      ArrayNode parameters = node.putArray("cacheKeyParameters");
      integration.cacheKeyParameters().forEach(parameters::add);
    }
    if (!"INTERNET".equals(integration.connectionType())) {
      put(node, "connectionType", integration.connectionType());
    }
    put(node, "connectionId", integration.connectionId());
    if (integration.tlsConfig() != null
        && integration.tlsConfig().insecureSkipVerification() != null) {
      node.putObject("tlsConfig")
          .put(
              "insecureSkipVerification",
              integration.tlsConfig().insecureSkipVerification().booleanValue());
    }
    put(node, "responseTransferMode", integration.responseTransferMode());
    put(node, "integrationTarget", integration.integrationTarget());
  }

  private static void responses(
      ObjectNode node, @Nullable Map<String, IntegrationResponseRecord> responses) {
    if (responses == null || responses.isEmpty()) {
      return;
    }
    ObjectNode written = node.putObject("responses");
    for (IntegrationResponseRecord response : responses.values()) {
      String pattern = response.selectionPattern();
      String key =
          pattern == null || pattern.isEmpty() ? IntegrationImport.DEFAULT_RESPONSE : pattern;
      // A pattern names one response: where several have it, the first is the one selected.
      if (!written.has(key)) {
        ObjectNode entry = written.putObject(key);
        entry.put("statusCode", response.statusCode());
        put(entry, "responseParameters", response.responseParameters());
        put(entry, "responseTemplates", response.responseTemplates());
        put(entry, "contentHandling", response.contentHandling());
      }
    }
  }

  private static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  private static void put(
      ObjectNode node, String name, @Nullable Map<String, ? extends @Nullable String> map) {
    if (map != null && !map.isEmpty()) {
      ObjectNode written = node.putObject(name);
      map.forEach(written::put);
    }
  }
}
