package io.portico.gateway.control.openapi;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.model.RestApiRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The extensions at the root of a document. */
// AWS: binary media types come last; source: EXP-03. Gateway responses come before request
// validators; source: exports in public repositories. The rest of the order is our own.
final class ApiExtensionsExport {
  private final ApiDefinition definition;

  ApiExtensionsExport(ApiDefinition definition) {
    this.definition = definition;
  }

  /**
   * @param endpointHolder where the endpoint configuration stands
   */
  void write(ObjectNode document, ObjectNode endpointHolder) {
    RestApiRecord api = definition.api();
    endpoint(endpointHolder, api);
    if (!api.apiKeySource().equals("HEADER")) {
      document.put(Extensions.API_KEY_SOURCE, api.apiKeySource());
    }
    if (api.minimumCompressionSize() != null) {
      document.put(Extensions.MINIMUM_COMPRESSION_SIZE, api.minimumCompressionSize());
    }
    if (api.securityPolicy() != null) {
      document.put(Extensions.SECURITY_POLICY, api.securityPolicy());
    }
    if (api.endpointAccessMode() != null) {
      document.put(Extensions.ENDPOINT_ACCESS_MODE, api.endpointAccessMode());
    }
    if (api.policy() != null) {
      document.set(Extensions.POLICY, Json.parse(api.policy()));
    }
    gatewayResponses(document);
    validators(document);
    putTexts(document, Extensions.BINARY_MEDIA_TYPES, api.binaryMediaTypes());
  }

  private static void endpoint(ObjectNode holder, RestApiRecord api) {
    List<String> vpcEndpointIds = api.endpointConfiguration().vpcEndpointIds();
    boolean disabled = api.disableExecuteApiEndpoint();
    if (disabled || (vpcEndpointIds != null && !vpcEndpointIds.isEmpty())) {
      ObjectNode endpoint = holder.putObject(Extensions.ENDPOINT_CONFIGURATION);
      if (disabled) {
        endpoint.put("disableExecuteApiEndpoint", true);
      }
      putTexts(endpoint, "vpcEndpointIds", vpcEndpointIds);
    }
  }

  private static void putTexts(ObjectNode node, String name, @Nullable List<String> texts) {
    if (texts != null && !texts.isEmpty()) {
      ArrayNode array = node.putArray(name);
      texts.forEach(array::add);
    }
  }

  // AWS: the status code is a number; source: exports in public repositories.
  private void gatewayResponses(ObjectNode document) {
    if (definition.gatewayResponses().isEmpty()) {
      return;
    }
    ObjectNode responses = document.putObject(Extensions.GATEWAY_RESPONSES);
    for (GatewayResponseRecord response : definition.gatewayResponses()) {
      ObjectNode node = responses.putObject(response.responseType());
      if (response.statusCode() != null) {
        node.put("statusCode", Integer.parseInt(response.statusCode()));
      }
      putMap(node, "responseParameters", response.responseParameters());
      putMap(node, "responseTemplates", response.responseTemplates());
    }
  }

  private static void putMap(ObjectNode node, String name, @Nullable Map<String, String> map) {
    if (map != null && !map.isEmpty()) {
      ObjectNode written = node.putObject(name);
      map.forEach(written::put);
    }
  }

  private void validators(ObjectNode document) {
    ObjectNode validators = Json.object();
    // By name, as authorizers are.
    List<RequestValidatorRecord> ordered = new ArrayList<>(definition.requestValidators());
    ordered.sort(Comparator.comparing(ApiExtensionsExport::nameOf));
    for (RequestValidatorRecord validator : ordered) {
      validators
          .putObject(nameOf(validator))
          .put("validateRequestParameters", validator.validateRequestParameters())
          .put("validateRequestBody", validator.validateRequestBody());
    }
    if (!validators.isEmpty()) {
      document.set(Extensions.REQUEST_VALIDATORS, validators);
    }
  }

  /** By what methods refer to the validator: a document knows no ids. */
  static String nameOf(RequestValidatorRecord validator) {
    return validator.name() == null ? validator.id() : validator.name();
  }
}
