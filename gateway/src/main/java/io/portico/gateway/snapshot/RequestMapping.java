package io.portico.gateway.snapshot;

import java.util.List;
import java.util.Map;

/**
 * How a method request becomes an integration request.
 *
 * @param parameters in the order configured
 * @param templates by media type
 * @param passthrough what happens to a body no template is for
 * @param contentHandling whether the body is converted
 */
public record RequestMapping(
    List<ParameterMapping> parameters,
    Map<String, MappingTemplate> templates,
    PassthroughBehavior passthrough,
    ContentHandling contentHandling) {

  /** Whether some parameter comes out of the body. */
  public boolean readsBody() {
    return contentHandling != ContentHandling.PASSTHROUGH
        || parameters.stream()
            .anyMatch(mapping -> mapping.source() instanceof ParameterSource.RequestBody);
  }

  /** Whether a body passes that no template is for. AWS: second-hand, facts SEC-04. */
  public boolean passesUnmatched() {
    return switch (passthrough) {
      case WHEN_NO_MATCH -> true;
      case WHEN_NO_TEMPLATES -> templates.isEmpty();
      case NEVER -> false;
    };
  }

  /** {@code passthroughBehavior}. */
  public enum PassthroughBehavior {
    WHEN_NO_MATCH,
    WHEN_NO_TEMPLATES,
    NEVER
  }
}
