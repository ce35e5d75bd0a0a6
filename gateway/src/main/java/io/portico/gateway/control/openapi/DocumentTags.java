package io.portico.gateway.control.openapi;

import io.portico.gateway.openapi.OpenApiDocument;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The tags of an API that its document names.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-tag-value.html">x-amazon-apigateway-tag-value</a>
 */
public final class DocumentTags {
  private DocumentTags() {}

  /** Those of the document's tags that have a value. */
  public static Map<String, String> of(OpenApiDocument document) {
    Map<String, String> tags = new TreeMap<>();
    document
        .tags()
        .forEach(
            (name, extensions) -> {
              JsonNode value = extensions.get(Extensions.TAG_VALUE);
              if (value != null && !value.isNull() && !value.isContainer()) {
                tags.put(name, value.asString());
              }
            });
    return tags;
  }
}
