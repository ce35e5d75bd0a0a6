package io.portico.gateway.openapi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where one version of OpenAPI keeps what the versions keep in different places. */
sealed interface Dialect permits Dialect2, Dialect3 {
  References references();

  /** What may still be made of the document. */
  Budget budget();

  /** The same with as much as in the beginning: for whoever reads the document again. */
  Dialect afresh();

  boolean version2();

  @Nullable String basePath();

  int servers();

  ObjectNode serverExtensions();

  ObjectNode componentExtensions();

  ObjectNode schemas();

  ObjectNode securitySchemes();

  /** Schema by content type of what the operation takes. */
  Map<String, JsonNode> body(ObjectNode operation, List<ObjectNode> parameters, String where);

  /** Schema by content type of what the response brings. */
  Map<String, JsonNode> content(ObjectNode operation, ObjectNode response, String where);
}
