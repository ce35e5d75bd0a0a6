package io.portico.gateway.openapi;

import io.portico.gateway.json.Json;
import io.portico.gateway.openapi.Description.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Collects what a document says in words; what is nowhere described is left out. */
final class DescriptionReader implements Described {
  private static final List<String> INFO =
      List.of("description", "termsOfService", "contact", "license");
  private static final List<String> DOCUMENT = List.of("tags", "externalDocs");
  private static final List<String> PATH = List.of("summary", "description");
  private static final List<String> OPERATION =
      List.of("tags", "summary", "description", "externalDocs", "deprecated");
  private static final List<String> DESCRIPTION = List.of("description");

  /** A description that is referred to counts wherever it holds. */
  private static final int CHARACTERS_AN_ENTRY = 16;

  private final Dialect dialect;
  private final List<Description> descriptions = new ArrayList<>();

  DescriptionReader(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public void path(String path, ObjectNode item) {
    add(new Description(Kind.PATH, path, null, null, null, chosen(item, PATH)));
  }

  @Override
  public void operation(
      String path, String method, ObjectNode operation, List<ObjectNode> parameters, String where) {
    add(new Description(Kind.OPERATION, path, method, null, null, chosen(operation, OPERATION)));
    for (ObjectNode parameter : parameters) {
      @Nullable Kind kind =
          switch (Members.requiredText(parameter, "in", where)) {
            case "path" -> Kind.PARAMETER_IN_PATH;
            case "query" -> Kind.PARAMETER_IN_QUERY;
            case "header" -> Kind.PARAMETER_IN_HEADER;
            case "body" -> Kind.BODY;
            default -> null;
          };
      if (kind != null) {
        String name = kind == Kind.BODY ? null : Members.requiredText(parameter, "name", where);
        add(new Description(kind, path, method, null, name, chosen(parameter, DESCRIPTION)));
      }
    }
    JsonNode body = dialect.version2() ? null : Members.find(operation, "requestBody");
    if (body != null) {
      ObjectNode members = chosen(object(body, where), DESCRIPTION);
      add(new Description(Kind.BODY, path, method, null, null, members));
    }
  }

  @Override
  public void response(
      String path, String method, String status, ObjectNode response, String where) {
    add(new Description(Kind.RESPONSE, path, method, status, null, chosen(response, DESCRIPTION)));
    for (Map.Entry<String, JsonNode> header :
        Members.objectOrEmpty(response, "headers", where).properties()) {
      JsonNode resolved = dialect.references().resolve(header.getValue(), where);
      if (resolved instanceof ObjectNode described) {
        add(
            new Description(
                Kind.RESPONSE_HEADER,
                path,
                method,
                status,
                header.getKey(),
                chosen(described, DESCRIPTION)));
      }
    }
  }

  private ObjectNode object(JsonNode node, String where) {
    return Members.object(dialect.references().resolve(node, where), where);
  }

  private static ObjectNode chosen(ObjectNode from, List<String> names) {
    ObjectNode members = Json.object();
    for (String name : names) {
      JsonNode value = Members.find(from, name);
      if (value != null) {
        members.set(name, value);
      }
    }
    return members;
  }

  private void add(Description description) {
    if (!description.members().isEmpty()) {
      int characters = Json.text(description.members()).length();
      dialect.budget().spend(1 + characters / CHARACTERS_AN_ENTRY);
      descriptions.add(description);
    }
  }

  /** What of the whole document and its security schemes is described, then all of the above. */
  List<Description> with(ObjectNode root) {
    List<Description> ofPaths = List.copyOf(descriptions);
    descriptions.clear();
    ObjectNode members = Json.object();
    ObjectNode info = chosen(Members.objectOrEmpty(root, "info", ""), INFO);
    if (!info.isEmpty()) {
      members.set("info", info);
    }
    members.setAll(chosen(root, DOCUMENT));
    add(new Description(Kind.DOCUMENT, null, null, null, null, members));
    for (Map.Entry<String, JsonNode> entry : dialect.securitySchemes().properties()) {
      String name = entry.getKey();
      ObjectNode scheme = object(entry.getValue(), "The security scheme " + name);
      ObjectNode described = chosen(scheme, DESCRIPTION);
      add(new Description(Kind.SECURITY_SCHEME, null, null, null, name, described));
    }
    descriptions.addAll(ofPaths);
    return List.copyOf(descriptions);
  }
}
