package io.portico.gateway.openapi;

import java.util.Set;

/**
 * What a document may have beyond OpenAPI.
 *
 * @param methods members {@code x-…} of a path that are operations
 * @param paths those that begin with no slash
 */
record Extras(Set<String> methods, Set<String> paths) {
  Extras {
    methods = Set.copyOf(methods);
    paths = Set.copyOf(paths);
  }
}
