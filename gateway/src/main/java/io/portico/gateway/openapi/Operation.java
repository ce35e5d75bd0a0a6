package io.portico.gateway.openapi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one method of a path does.
 *
 * @param method the member's name: {@code get}, or an extension that stands for a method
 * @param parameters those of the path included, bodies left out
 * @param body schema by content type
 * @param responses null where the operation has no such member
 * @param security null where the operation says nothing and the document's applies
 * @param extensions the members {@code x-…}
 */
public record Operation(
    String method,
    @Nullable String operationId,
    List<Parameter> parameters,
    Map<String, JsonNode> body,
    @Nullable List<Response> responses,
    @Nullable List<SecurityRequirement> security,
    ObjectNode extensions) {}
