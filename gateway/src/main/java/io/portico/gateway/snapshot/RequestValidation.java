package io.portico.gateway.snapshot;

import io.portico.gateway.jsonschema.JsonSchema;
import java.util.List;
import java.util.Map;

/**
 * What a method demands of a request.
 *
 * @param required parameters that must be there, in the order AWS names them: header, path, query
 * @param models the body's schema by media type; empty where bodies are not validated
 */
public record RequestValidation(List<RequiredParameter> required, Map<String, JsonSchema> models) {

  /** A method that demands nothing. */
  public static final RequestValidation NONE = new RequestValidation(List.of(), Map.of());

  /** A parameter that must be there. */
  public record RequiredParameter(ParameterPlace place, String name) {}
}
