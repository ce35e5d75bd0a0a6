package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.IntegrationResponseRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.MethodResponseRecord;
import io.portico.gateway.model.RestApiRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAPI 2.0. */
// AWS: names and orders; source: EXP-03, EXP-05, EXP-06, EXP-07, and exports in AWS's developer
// guide for the order of operations.
record ExportDialect2() implements ExportDialect {
  private static final String JSON = "application/json";

  @Override
  public String modelPrefix() {
    return "#/definitions/";
  }

  @Override
  public List<String> methods() {
    return List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "ANY");
  }

  @Override
  public void head(ObjectNode document, RestApiRecord api, String stageName, String version) {
    document.put("swagger", "2.0");
    ObjectNode info = document.putObject("info");
    if (api.description() != null) {
      info.put("description", api.description());
    }
    info.put("version", version);
    info.put("title", api.name());
    document.put("host", DocumentExport.host(api));
    document.put("basePath", "/" + stageName);
    document.putArray("schemes").add("https");
  }

  // AWS: no definitions where there are no models; source: EXP-09.
  @Override
  public void components(ObjectNode document, ObjectNode models, ObjectNode securitySchemes) {
    if (!securitySchemes.isEmpty()) {
      document.set("securityDefinitions", securitySchemes);
    }
    if (!models.isEmpty()) {
      document.set("definitions", models);
    }
  }

  @Override
  public ObjectNode endpointHolder(ObjectNode document) {
    return document;
  }

  @Override
  public void request(ObjectNode operation, MethodRecord method, String name) {
    putTypes(operation, "consumes", consumed(method));
    putTypes(operation, "produces", produced(method));
    List<ExportParameter> parameters = ExportParameter.of(method);
    Map<String, String> models = method.requestModels();
    if (parameters.isEmpty() && (models == null || models.isEmpty())) {
      return;
    }
    ArrayNode array = operation.putArray("parameters");
    for (ExportParameter parameter : parameters) {
      array
          .addObject()
          .put("name", parameter.name())
          .put("in", parameter.in())
          .put("required", parameter.required())
          .put("type", "string");
    }
    if (models != null && !models.isEmpty()) {
      String model = models.get(JSON);
      if (model == null) {
        // AWS: source: documented, "Export a REST API from API Gateway".
        throw ServiceException.badRequest("Only found non-JSON body models for " + name);
      }
      ObjectNode body = array.addObject();
      body.put("in", "body").put("name", model).put("required", true);
      body.putObject("schema").put("$ref", modelPrefix() + model);
    }
  }

  private static void putTypes(ObjectNode operation, String member, Set<String> types) {
    if (!types.isEmpty()) {
      ArrayNode array = operation.putArray(member);
      types.forEach(array::add);
    }
  }

  private static Set<String> consumed(MethodRecord method) {
    Set<String> types = new LinkedHashSet<>();
    addKeys(types, method.requestModels());
    IntegrationRecord integration = method.methodIntegration();
    addKeys(types, integration == null ? null : integration.requestTemplates());
    return types;
  }

  private static Set<String> produced(MethodRecord method) {
    Set<String> types = new LinkedHashSet<>();
    if (method.methodResponses() != null) {
      for (MethodResponseRecord response : method.methodResponses().values()) {
        addKeys(types, response.responseModels());
      }
    }
    IntegrationRecord integration = method.methodIntegration();
    if (integration != null && integration.integrationResponses() != null) {
      for (IntegrationResponseRecord response : integration.integrationResponses().values()) {
        addKeys(types, response.responseTemplates());
      }
    }
    return types;
  }

  private static void addKeys(
      Set<String> types, @Nullable Map<String, ? extends @Nullable String> map) {
    if (map != null) {
      types.addAll(map.keySet());
    }
  }

  @Override
  public void response(ObjectNode response, MethodResponseRecord record) {
    Map<String, String> models = record.responseModels();
    if (models != null && !models.isEmpty()) {
      String json = models.get(JSON);
      response
          .putObject("schema")
          .put("$ref", modelPrefix() + (json == null ? models.values().iterator().next() : json));
    }
    if (record.responseParameters() != null && !record.responseParameters().isEmpty()) {
      ObjectNode headers = response.putObject("headers");
      for (String parameter : record.responseParameters().keySet()) {
        headers.putObject(ExportParameter.headerName(parameter)).put("type", "string");
      }
    }
  }
}
