package io.portico.gateway.openapi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API as a document describes it, whichever version the document has. References to parameters,
 * responses and bodies are resolved; references in schemas stand as they were written.
 *
 * @param version2 whether the document is OpenAPI 2.0
 * @param basePath the path before all paths, as written, or null
 * @param servers how many servers the document names
 * @param paths in the document's order
 * @param schemas by name
 * @param security what an operation demands that says nothing itself, or null
 * @param descriptions what the document says in words
 * @param tags by name, their members {@code x-…}
 * @param extensions the members {@code x-…} of the root
 * @param serverExtensions the members {@code x-…} of the first server
 * @param componentExtensions the members {@code x-…} of what components hold; none in 2.0
 */
public record OpenApiDocument(
    boolean version2,
    String title,
    @Nullable String version,
    @Nullable String description,
    @Nullable String basePath,
    int servers,
    PathItems paths,
    Map<String, JsonNode> schemas,
    Map<String, SecurityScheme> securitySchemes,
    @Nullable List<SecurityRequirement> security,
    List<Description> descriptions,
    Map<String, ObjectNode> tags,
    ObjectNode extensions,
    ObjectNode serverExtensions,
    ObjectNode componentExtensions) {}
