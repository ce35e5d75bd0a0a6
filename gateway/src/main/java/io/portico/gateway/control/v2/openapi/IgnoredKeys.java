package io.portico.gateway.control.v2.openapi;

import io.portico.gateway.control.openapi.Extensions;
import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.openapi.Operation;
import io.portico.gateway.openapi.PathItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What of a document an HTTP API has no place for. */
// AWS: the texts: reported by users of AWS's clients who have imported the sample document of REST
// APIs; those of extensions are assumed. AWS tells of everything, here of so much.
final class IgnoredKeys {
  private static final int MOST = 1_000;
  private static final int LONGEST_PLACE = 500;

  private static final Set<String> USED =
      Set.of(
          Extensions.AUTH,
          Extensions.CORS,
          Extensions.ENDPOINT_CONFIGURATION,
          Extensions.IMPORTEXPORT_VERSION,
          Extensions.INTEGRATION,
          Extensions.INTEGRATIONS,
          Extensions.POLICY,
          Extensions.TAG_VALUE);

  private final List<String> texts = new ArrayList<>();

  private void ignored(String place, String key) {
    if (texts.size() < MOST) {
      texts.add(
          "%s: key [%s] will be ignored by API Gateway"
              .formatted(
                  place.length() > LONGEST_PLACE ? place.substring(0, LONGEST_PLACE) : place, key));
    }
  }

  void of(OpenApiDocument document) {
    for (String name : document.extensions().propertyNames()) {
      ofExtension("openapi", name);
    }
    if (!document.schemas().isEmpty()) {
      ignored("components", "schemas");
    }
  }

  private void ofExtension(String place, String name) {
    if (Extensions.isOfApiGateway(name) && !USED.contains(name)) {
      ignored(place, name);
    }
  }

  void of(PathItem item, Operation operation) {
    String place =
        "paths.%s.%s".formatted(item.path(), operation.method().toLowerCase(Locale.ROOT));
    if (!operation.body().isEmpty()) {
      ignored(place, "requestBody");
    }
    if (operation.responses() != null) {
      ignored(place, "responses");
    }
    if (!operation.parameters().isEmpty()) {
      ignored(place, "parameters");
    }
    for (String name : operation.extensions().propertyNames()) {
      ofExtension(place, name);
    }
  }

  List<String> texts() {
    return List.copyOf(texts);
  }
}
