package io.portico.gateway.snapshot;

import io.portico.gateway.regex.BoundedPattern;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The integration responses of a method: which one an answer selects, and what it makes of it.
 *
 * @param selectable those with a selection pattern, in the order they are tried
 * @param fallback the one without a pattern, or null
 */
public record ResponseMappings(List<Selectable> selectable, @Nullable ResponseMapping fallback) {

  public static final ResponseMappings NONE = new ResponseMappings(List.of(), null);

  /**
   * An integration response with a pattern.
   *
   * @param pattern must match the whole of the status code or error message
   */
  public record Selectable(BoundedPattern pattern, ResponseMapping mapping) {}

  /**
   * What becomes of an answer.
   *
   * @param statusCode what the client sees
   * @param declared whether the method has a response of this status; AWS takes one without, and
   *     fails when it is selected
   * @param headers response headers, in the order configured
   * @param templates by content type
   * @param contentHandling whether the body is converted
   */
  public record ResponseMapping(
      int statusCode,
      boolean declared,
      List<ParameterMapping> headers,
      Map<String, MappingTemplate> templates,
      ContentHandling contentHandling) {}
}
