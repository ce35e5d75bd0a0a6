package io.portico.gateway.control.openapi;

import io.portico.gateway.model.DocumentationPartRecord;
import java.util.List;

/**
 * What an import of documentation makes.
 *
 * @param parts all documentation parts of the API
 * @param imported the ids of those that the document has, in the order of the parts
 * @param warnings what the document holds that was ignored
 */
public record ImportedDocumentation(
    List<DocumentationPartRecord> parts, List<String> imported, List<String> warnings) {}
