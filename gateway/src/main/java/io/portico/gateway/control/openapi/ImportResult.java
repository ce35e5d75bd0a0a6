package io.portico.gateway.control.openapi;

import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.DocumentationPartRecord;
import java.util.List;

/**
 * What an import makes: the API whole, to be stored in place of what was there.
 *
 * @param documentation all documentation parts of the API
 * @param warnings what the document holds that was ignored, in AWS's words
 */
public record ImportResult(
    ApiDefinition definition, List<DocumentationPartRecord> documentation, List<String> warnings) {}
