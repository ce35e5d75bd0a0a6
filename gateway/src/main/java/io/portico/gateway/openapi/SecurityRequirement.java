package io.portico.gateway.openapi;

import java.util.List;
import java.util.Map;

/** One way to be let in: all these schemes together, each with its scopes. */
public record SecurityRequirement(Map<String, List<String>> schemes) {}
