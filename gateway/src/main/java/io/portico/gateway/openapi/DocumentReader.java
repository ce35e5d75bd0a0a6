package io.portico.gateway.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what both versions of OpenAPI have in common, and asks the dialect for the rest. */
final class DocumentReader {
  private final Dialect dialect;
  private final Paths paths;
  private final Extras extras;

  DocumentReader(Dialect dialect, Paths paths, Extras extras) {
    this.dialect = dialect;
    this.paths = paths;
    this.extras = extras;
  }

  OpenApiDocument read(ObjectNode root) {
    ObjectNode info = Members.objectOrEmpty(root, "info", "");
    DescriptionReader descriptions = new DescriptionReader(dialect);
    return new OpenApiDocument(
        dialect.version2(),
        Members.requiredText(info, "title", "info"),
        Members.textOrNull(info, "version", "info"),
        Members.textOrNull(info, "description", "info"),
        dialect.basePath(),
        dialect.servers(),
        paths(descriptions),
        schemas(),
        securitySchemes(),
        PathReader.security(root, "The document", dialect.budget()),
        descriptions.with(root),
        tags(root),
        Members.extensions(root),
        dialect.serverExtensions(),
        dialect.componentExtensions());
  }

  private Map<String, ObjectNode> tags(ObjectNode root) {
    Map<String, ObjectNode> tags = new LinkedHashMap<>();
    for (JsonNode element : Members.elements(root, "tags", "")) {
      dialect.budget().spend(1);
      ObjectNode tag = Members.object(element, "tags");
      String name = Members.textOrNull(tag, "name", "tags");
      if (name != null) {
        tags.put(name, Members.extensions(tag));
      }
    }
    return tags;
  }

  private Map<String, JsonNode> schemas() {
    Map<String, JsonNode> schemas = new LinkedHashMap<>();
    dialect.schemas().properties().forEach(entry -> schemas.put(entry.getKey(), entry.getValue()));
    return schemas;
  }

  private Map<String, SecurityScheme> securitySchemes() {
    Map<String, SecurityScheme> schemes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : dialect.securitySchemes().properties()) {
      String where = "The security scheme " + entry.getKey();
      ObjectNode scheme =
          Members.object(dialect.references().resolve(entry.getValue(), where), where);
      schemes.put(
          entry.getKey(),
          new SecurityScheme(
              Members.requiredText(scheme, "type", where),
              Members.textOrNull(scheme, "name", where),
              Members.textOrNull(scheme, "in", where),
              Members.textOrNull(scheme, "openIdConnectUrl", where),
              Members.extensions(scheme)));
    }
    return schemes;
  }

  /** The paths, all of which are read once to see that they can be. */
  private PathItems paths(DescriptionReader descriptions) {
    new PathItems(paths, () -> new PathReader(dialect, extras, descriptions)).forEach(item -> {});
    return new PathItems(paths, () -> new PathReader(dialect.afresh(), extras, Described.NOWHERE));
  }
}
