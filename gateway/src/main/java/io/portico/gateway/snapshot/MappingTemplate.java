package io.portico.gateway.snapshot;

import io.portico.gateway.jsonpath.CompiledPaths;
import io.portico.gateway.vtl.VtlTemplate;

/** A mapping template, parsed once. */
public sealed interface MappingTemplate {

  /** An empty template: the body stays as it is. */
  record Unchanged() implements MappingTemplate {}

  /**
   * A template that cannot be parsed. AWS accepts it and fails when it is evaluated.
   *
   * @param reason what is wrong and where, for the log
   */
  record Broken(String reason) implements MappingTemplate {}

  /**
   * A template that can be rendered.
   *
   * @param paths the JSONPaths that stand in it as texts
   */
  record Parsed(VtlTemplate template, CompiledPaths paths) implements MappingTemplate {}
}
