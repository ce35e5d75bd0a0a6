package io.portico.gateway.openapi;

import io.portico.gateway.json.Json;
import io.portico.gateway.json.SmallMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAPI 2.0: a schema holds for every content type the operation consumes or produces. */
record Dialect2(ObjectNode root, References references, Budget budget) implements Dialect {
  private static final List<String> DEFAULT_TYPES = List.of("application/json");

  Dialect2(ObjectNode root, Paths paths) {
    this(root, new References(root, paths), Budget.ofDocument());
  }

  @Override
  public Dialect afresh() {
    return new Dialect2(root, references, Budget.ofDocument());
  }

  @Override
  public boolean version2() {
    return true;
  }

  @Override
  public @Nullable String basePath() {
    return Members.textOrNull(root, "basePath", "");
  }

  @Override
  public int servers() {
    return 1;
  }

  @Override
  public ObjectNode serverExtensions() {
    return Json.object();
  }

  @Override
  public ObjectNode componentExtensions() {
    return root.objectNode();
  }

  @Override
  public ObjectNode schemas() {
    return Members.objectOrEmpty(root, "definitions", "");
  }

  @Override
  public ObjectNode securitySchemes() {
    return Members.objectOrEmpty(root, "securityDefinitions", "");
  }

  @Override
  public Map<String, JsonNode> body(
      ObjectNode operation, List<ObjectNode> parameters, String where) {
    for (ObjectNode parameter : parameters) {
      if ("body".equals(Members.textOrNull(parameter, "in", where))) {
        return forTypes(parameter, operation, "consumes", where);
      }
    }
    return Map.of();
  }

  @Override
  public Map<String, JsonNode> content(ObjectNode operation, ObjectNode response, String where) {
    return forTypes(response, operation, "produces", where);
  }

  private Map<String, JsonNode> forTypes(
      ObjectNode holder, ObjectNode operation, String member, String where) {
    JsonNode schema = Members.find(holder, "schema");
    if (schema == null) {
      return Map.of();
    }
    Map<String, JsonNode> byType = new SmallMap<>();
    types(operation, member, where).forEach(type -> byType.put(type, schema));
    return byType;
  }

  private List<String> types(ObjectNode operation, String member, String where) {
    List<String> own = Members.texts(operation, member, where);
    List<String> types = own.isEmpty() ? Members.texts(root, member, "") : own;
    budget.spend(types.size());
    return types.isEmpty() ? DEFAULT_TYPES : types;
  }
}
