package io.portico.gateway.execute.rest;

import io.portico.gateway.http.MediaType;
import io.portico.gateway.snapshot.MappingTemplate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which of the templates of an integration is for a payload. */
final class TemplateSelection {
  private static final String JSON = "application/json";
  private static final String ANY = "$default";

  private TemplateSelection() {}

  /**
   * The template for a request, or null.
   *
   * <p>AWS: by {@code Content-Type}; without one, as JSON (recorded, facts VTL-22, VTL-23). {@code
   * $default} is for any type (second-hand, facts SEC-04).
   */
  static @Nullable MappingTemplate forRequest(
      Map<String, MappingTemplate> templates, @Nullable String contentType) {
    if (templates.isEmpty()) {
      return null;
    }
    MappingTemplate exact = templates.get(contentType == null ? JSON : MediaType.of(contentType));
    return exact == null ? templates.get(ANY) : exact;
  }

  /**
   * The template for an integration response or gateway response, or null where there is none at
   * all.
   *
   * <p>AWS: the one for the first type the client accepts, or JSON's where it does not say; else
   * the first; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html#selecting-mapping-templates
   * (of integration responses; inferred for gateway responses). Which is the first is not said:
   * here it is the one that was configured first.
   */
  static <T> @Nullable T forResponse(Map<String, T> templates, @Nullable String accept) {
    if (templates.isEmpty()) {
      return null;
    }
    T exact = templates.get(accept == null ? JSON : MediaType.of(accept));
    return exact == null ? templates.values().iterator().next() : exact;
  }
}
