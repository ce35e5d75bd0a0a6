package io.portico.gateway.jsonschema;

/** A text that is no draft-04 schema, or one with a reference that leads nowhere. */
public final class JsonSchemaException extends RuntimeException {
  public JsonSchemaException(String message) {
    super(message);
  }
}
