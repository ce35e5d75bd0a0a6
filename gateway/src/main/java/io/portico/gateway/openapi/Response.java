package io.portico.gateway.openapi;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An answer of an operation.
 *
 * @param status a status code or {@code default}
 * @param headers names
 * @param content schema by content type
 */
public record Response(String status, List<String> headers, Map<String, JsonNode> content) {}
