package io.portico.gateway.snapshot.websocket;

import io.portico.gateway.regex.BoundedPattern;
import io.portico.gateway.snapshot.ContentHandling;
import io.portico.gateway.snapshot.MappingTemplate;
import io.portico.gateway.snapshot.ParameterMapping;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The integration responses of a WebSocket integration: which one a backend's answer selects, and
 * what it makes of it.
 *
 * @param selectable those whose key is a pattern, in the order they are tried
 * @param fallback that of the key {@code $default}, or null
 */
public record MessageResponses(List<Selectable> selectable, @Nullable Mapping fallback) {

  public static final MessageResponses NONE = new MessageResponses(List.of(), null);

  /**
   * An integration response for some answers.
   *
   * @param pattern matches the whole of the status code or error message
   */
  public record Selectable(BoundedPattern pattern, Mapping mapping) {}

  /**
   * What becomes of an answer.
   *
   * @param templateSelection gives the key of the template, or null
   * @param templates by key
   * @param headers of the answer to a client that connects
   * @param contentHandling whether the content is converted
   */
  public record Mapping(
      @Nullable SelectionExpression templateSelection,
      Map<String, MappingTemplate> templates,
      List<ParameterMapping> headers,
      ContentHandling contentHandling) {}
}
