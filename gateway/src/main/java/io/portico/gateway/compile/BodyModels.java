package io.portico.gateway.compile;

import io.portico.gateway.http.MediaType;
import io.portico.gateway.jsonschema.JsonSchema;
import io.portico.gateway.jsonschema.JsonSchemaException;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.ModelUrl;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The schemas of an API's models. Each is compiled once, and only where a method validates by it.
 */
public final class BodyModels {
  private final String apiId;
  private final Map<String, String> schemas = new HashMap<>();
  private final Map<String, JsonSchema> compiled = new HashMap<>();

  public BodyModels(String apiId, List<ModelRecord> models) {
    this.apiId = apiId;
    for (ModelRecord model : models) {
      String schema = model.schema();
      schemas.put(ModelUrl.of(apiId, model.name()), schema == null ? "{}" : schema);
    }
  }

  /**
   * The schemas of a method's request models by media type.
   *
   * @throws UnusableException if one is missing
   * @throws JsonSchemaException if one is no draft-04 schema
   */
  Map<String, JsonSchema> of(MethodRecord method) throws UnusableException {
    Map<String, String> configured = method.requestModels();
    if (configured == null) {
      return Map.of();
    }
    Map<String, JsonSchema> models = new LinkedHashMap<>();
    for (Map.Entry<String, String> key : MediaType.keys(configured.keySet()).entrySet()) {
      models.put(key.getKey(), schema(Objects.requireNonNull(configured.get(key.getValue()))));
    }
    return models;
  }

  /**
   * The schema of a model.
   *
   * @throws UnusableException if there is no such model
   * @throws JsonSchemaException if it is no draft-04 schema
   */
  public JsonSchema schema(String name) throws UnusableException {
    String address = ModelUrl.of(apiId, name);
    String text = schemas.get(address);
    if (text == null) {
      throw new UnusableException("there is no model " + name);
    }
    return compiled.computeIfAbsent(address, ignored -> JsonSchema.compile(address, text, schemas));
  }
}
