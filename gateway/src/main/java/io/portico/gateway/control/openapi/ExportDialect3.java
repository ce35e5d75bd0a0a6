package io.portico.gateway.control.openapi;

import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.MethodResponseRecord;
import io.portico.gateway.model.RestApiRecord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAPI 3.0. */
// AWS: names and orders; source: exports in public repositories, none is recorded.
record ExportDialect3() implements ExportDialect {

  @Override
  public String modelPrefix() {
    return "#/components/schemas/";
  }

  @Override
  public List<String> methods() {
    return List.of("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "ANY");
  }

  @Override
  public void head(ObjectNode document, RestApiRecord api, String stageName, String version) {
    document.put("openapi", "3.0.1");
    ObjectNode info = document.putObject("info");
    info.put("title", api.name());
    if (api.description() != null) {
      info.put("description", api.description());
    }
    info.put("version", version);
    ObjectNode server = document.putArray("servers").addObject();
    server.put("url", "https://" + DocumentExport.host(api) + "/{basePath}");
    server.putObject("variables").putObject("basePath").put("default", "/" + stageName);
  }

  @Override
  public void components(ObjectNode document, ObjectNode models, ObjectNode securitySchemes) {
    ObjectNode components = document.putObject("components");
    if (!models.isEmpty()) {
      components.set("schemas", models);
    }
    if (!securitySchemes.isEmpty()) {
      components.set("securitySchemes", securitySchemes);
    }
  }

  @Override
  public ObjectNode endpointHolder(ObjectNode document) {
    return document.withArray("servers").get(0) instanceof ObjectNode server ? server : document;
  }

  @Override
  public void request(ObjectNode operation, MethodRecord method, String name) {
    List<ExportParameter> parameters = ExportParameter.of(method);
    if (!parameters.isEmpty()) {
      ArrayNode array = operation.putArray("parameters");
      for (ExportParameter parameter : parameters) {
        ObjectNode node = array.addObject();
        node.put("name", parameter.name()).put("in", parameter.in());
        if (parameter.required()) {
          node.put("required", true);
        }
        node.putObject("schema").put("type", "string");
      }
    }
    if (method.requestModels() != null && !method.requestModels().isEmpty()) {
      ObjectNode body = operation.putObject("requestBody");
      content(body, method.requestModels());
      body.put("required", true);
    }
  }

  @Override
  public void response(ObjectNode response, MethodResponseRecord record) {
    if (record.responseParameters() != null && !record.responseParameters().isEmpty()) {
      ObjectNode headers = response.putObject("headers");
      for (String parameter : record.responseParameters().keySet()) {
        headers
            .putObject(ExportParameter.headerName(parameter))
            .putObject("schema")
            .put("type", "string");
      }
    }
    content(response, record.responseModels());
  }

  private void content(ObjectNode holder, @Nullable Map<String, String> models) {
    ObjectNode content = holder.putObject("content");
    if (models != null) {
      models.forEach(
          (type, model) ->
              content.putObject(type).putObject("schema").put("$ref", modelPrefix() + model));
    }
  }
}
