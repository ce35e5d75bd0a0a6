package io.portico.gateway.snapshot.websocket;

import io.portico.gateway.jsonschema.JsonSchema;
import java.util.Map;

/**
 * How a route's messages are validated.
 *
 * @param expression gives the key of the model
 * @param models schemas by key, {@value WebSocketRoute#DEFAULT} among them
 */
public record ModelSelection(SelectionExpression expression, Map<String, JsonSchema> models) {}
