package io.portico.gateway.compile;

import io.portico.gateway.jsonschema.JsonSchema;
import io.portico.gateway.jsonschema.JsonSchemaException;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ModelRecord;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The schemas of an API's models. Each is compiled once, and only where a method validates by it.
 */
final class BodyModels {
  private final String apiId;
  private final Map<String, String> schemas = new HashMap<>();
  private final Map<String, JsonSchema> compiled = new HashMap<>();

  BodyModels(String apiId, List<ModelRecord> models) {
    this.apiId = apiId;
    for (ModelRecord model : models) {
      String schema = model.schema();
      schemas.put(address(model.name()), schema == null ? "{}" : schema);
    }
  }

  /**
   * The schemas of a method's request models by content type.
   *
   * @throws JsonSchemaException if one is missing or no draft-04 schema
   */
  Map<String, JsonSchema> of(MethodRecord method) {
    Map<String, String> configured = method.requestModels();
    if (configured == null) {
      return Map.of();
    }
    Map<String, JsonSchema> models = new LinkedHashMap<>();
    configured.forEach(
        (type, name) -> models.put(type.strip().toLowerCase(Locale.ROOT), schema(name)));
    return models;
  }

  private JsonSchema schema(String name) {
    String address = address(name);
    String text = schemas.get(address);
    if (text == null) {
      throw new JsonSchemaException("there is no model " + name);
    }
    return compiled.computeIfAbsent(address, ignored -> JsonSchema.compile(address, text, schemas));
  }

  /** AWS: how models refer to each other; source: recorded, facts MOD-07. */
  private String address(String name) {
    return "https://apigateway.amazonaws.com/restapis/%s/models/%s".formatted(apiId, name);
  }
}
