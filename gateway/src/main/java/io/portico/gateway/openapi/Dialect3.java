package io.portico.gateway.openapi;

import io.portico.gateway.json.SmallMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAPI 3.0: bodies and responses name their content types; servers have variables. */
record Dialect3(ObjectNode root, References references, Budget budget) implements Dialect {
  private static final String BASE_PATH = "basePath";
  private static final Pattern ORIGIN =
      Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*|^//[^/?#]*");

  Dialect3(ObjectNode root, Paths paths) {
    this(root, new References(root, paths), Budget.ofDocument());
  }

  @Override
  public Dialect afresh() {
    return new Dialect3(root, references, Budget.ofDocument());
  }

  @Override
  public boolean version2() {
    return false;
  }

  @Override
  public int servers() {
    return Members.elements(root, "servers", "").size();
  }

  /**
   * The default of a server variable named basePath wherever the URL mentions it or not, else the
   * path of the URL.
   */
  @Override
  public @Nullable String basePath() {
    ObjectNode server = firstServer();
    if (server == null) {
      return null;
    }
    ObjectNode variables = Members.objectOrEmpty(server, "variables", "servers");
    String url = Members.textOrNull(server, "url", "servers");
    String path = url == null ? "" : url;
    for (Map.Entry<String, JsonNode> variable : variables.properties()) {
      ObjectNode description = Members.object(variable.getValue(), "servers.variables");
      String value = Members.textOrNull(description, "default", "servers.variables");
      if (value != null && variable.getKey().equals(BASE_PATH)) {
        return value;
      }
      path = path.replace("{" + variable.getKey() + "}", value == null ? "" : value);
    }
    return ORIGIN.matcher(path).replaceFirst("").replaceFirst("[?#].*", "");
  }

  private @Nullable ObjectNode firstServer() {
    List<JsonNode> servers = Members.elements(root, "servers", "");
    return servers.isEmpty() ? null : Members.object(servers.getFirst(), "servers");
  }

  @Override
  public ObjectNode serverExtensions() {
    ObjectNode server = firstServer();
    return Members.extensions(server == null ? root.objectNode() : server);
  }

  @Override
  public ObjectNode componentExtensions() {
    return Members.extensions(components());
  }

  @Override
  public ObjectNode schemas() {
    return Members.objectOrEmpty(components(), "schemas", "components");
  }

  @Override
  public ObjectNode securitySchemes() {
    return Members.objectOrEmpty(components(), "securitySchemes", "components");
  }

  private ObjectNode components() {
    return Members.objectOrEmpty(root, "components", "");
  }

  @Override
  public Map<String, JsonNode> body(
      ObjectNode operation, List<ObjectNode> parameters, String where) {
    JsonNode body = Members.find(operation, "requestBody");
    if (body == null) {
      return Map.of();
    }
    String place = where + ".requestBody";
    return content(Members.object(references.resolve(body, place), place), place);
  }

  @Override
  public Map<String, JsonNode> content(ObjectNode operation, ObjectNode response, String where) {
    return content(response, where);
  }

  private Map<String, JsonNode> content(ObjectNode holder, String where) {
    Map<String, JsonNode> byType = new SmallMap<>();
    for (Map.Entry<String, JsonNode> entry :
        Members.objectOrEmpty(holder, "content", where).properties()) {
      budget.spend(1);
      if (entry.getValue().isNull()) {
        continue;
      }
      ObjectNode type = Members.object(entry.getValue(), where + ".content." + entry.getKey());
      JsonNode schema = Members.find(type, "schema");
      if (schema != null) {
        byType.put(entry.getKey(), schema);
      }
    }
    return byType;
  }
}
