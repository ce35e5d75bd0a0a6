package io.portico.gateway.control.openapi;

import io.portico.gateway.model.ApiDefinition;
import java.util.List;

/**
 * What an import makes: the API whole, to be stored in place of what was there, and what the
 * document holds that was ignored, in AWS's words.
 */
public record ImportResult(ApiDefinition definition, List<String> warnings) {}
