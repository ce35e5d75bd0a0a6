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
   * <p>AWS: the one for the first type the client accepts, else JSON's, else the first; source:
   * second-hand, facts SEC-05 (of integration responses; inferred for gateway responses).
   */
  static <T> @Nullable T forResponse(Map<String, T> templates, @Nullable String accept) {
    if (templates.isEmpty()) {
      return null;
    }
    T exact = accept == null ? null : templates.get(MediaType.of(accept));
    if (exact != null) {
      return exact;
    }
    T json = templates.get(JSON);
    return json == null ? templates.values().iterator().next() : json;
  }
}
