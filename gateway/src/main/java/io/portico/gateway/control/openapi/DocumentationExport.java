package io.portico.gateway.control.openapi;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.DocumentationLocation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts documentation into a document that is otherwise written: what OpenAPI has a member for, and
 * extensions, go to the entity they are about; all of it to {@code
 * x-amazon-apigateway-documentation}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-documenting-api-quick-start-publishing.html">Publish
 *     API documentation</a>
 */
// AWS: which members go where; source: the export that is documented there: info's version stays
// the API's own, a resource's description has no place. What it has no example of is assumed.
final class DocumentationExport {
  private static final List<String> INFO =
      List.of("description", "termsOfService", "contact", "license");
  private static final List<String> DOCUMENT = List.of("tags", "externalDocs");
  private static final List<String> OPERATION =
      List.of("tags", "summary", "description", "externalDocs", "deprecated");
  private static final List<String> DESCRIPTION = List.of("description");
  private static final List<String> SCHEMA =
      List.of("title", "description", "example", "externalDocs");

  private final ObjectNode document;
  private final PublishedDocumentation documentation;

  DocumentationExport(ObjectNode document, PublishedDocumentation documentation) {
    this.document = document;
    this.documentation = documentation;
  }

  /** Describes everything that is in the document now, and lists all parts. */
  void write() {
    document.path("paths").properties().forEach(item -> path(item.getKey(), item.getValue()));
    schemes(document.path("securityDefinitions"));
    schemes(document.path("components").path("securitySchemes"));
    models(document.path("definitions"));
    models(document.path("components").path("schemas"));
    document.set(Extensions.DOCUMENTATION, documentation.extension());
    ObjectNode api =
        documentation.ofExactly(new DocumentationLocation("API", null, null, null, null));
    if (api.get("info") instanceof ObjectNode info) {
      describe(document.path("info"), info, INFO, infoOrder());
    }
    describe(document, api, DOCUMENT);
  }

  // AWS: source: EXP-03 for OpenAPI 2.0.
  private String[] infoOrder() {
    return document.has("swagger")
        ? new String[] {"description"}
        : new String[] {"title", "description"};
  }

  private void path(String path, JsonNode item) {
    for (Map.Entry<String, JsonNode> member : Set.copyOf(item.properties())) {
      if (member.getValue() instanceof ObjectNode operation) {
        String method =
            member.getKey().equals(Extensions.ANY_METHOD)
                ? "ANY"
                : member.getKey().toUpperCase(Locale.ROOT);
        operation(path, method, operation);
      }
    }
    describe(
        item,
        documentation.ofExactly(new DocumentationLocation("RESOURCE", path, null, null, null)),
        List.of());
  }

  private void operation(String path, String method, ObjectNode operation) {
    for (JsonNode parameter : operation.path("parameters")) {
      parameter(path, method, parameter);
    }
    describe(
        operation.path("requestBody"),
        entity("REQUEST_BODY", path, method, null),
        DESCRIPTION,
        "description");
    for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
      String status = response.getKey();
      describe(
          response.getValue(),
          documentation.of(new DocumentationLocation("RESPONSE", path, method, status, null)),
          DESCRIPTION);
      for (Map.Entry<String, JsonNode> header : response.getValue().path("headers").properties()) {
        describe(
            header.getValue(),
            documentation.of(
                new DocumentationLocation(
                    "RESPONSE_HEADER", path, method, status, header.getKey())),
            DESCRIPTION,
            "type",
            "description");
      }
    }
    describe(
        operation,
        entity("METHOD", path, method, null),
        OPERATION,
        "tags",
        "summary",
        "description",
        "externalDocs");
  }

  private ObjectNode entity(String type, String path, String method, @Nullable String name) {
    return documentation.of(new DocumentationLocation(type, path, method, null, name));
  }

  private void parameter(String path, String method, JsonNode parameter) {
    String name = parameter.path("name").asString("");
    switch (parameter.path("in").asString("")) {
      case "body" ->
          describe(
              parameter,
              entity("REQUEST_BODY", path, method, null),
              DESCRIPTION,
              "in",
              "name",
              "description");
      case "path" -> parameter(parameter, entity("PATH_PARAMETER", path, method, name));
      case "header" -> parameter(parameter, entity("REQUEST_HEADER", path, method, name));
      default -> parameter(parameter, entity("QUERY_PARAMETER", path, method, name));
    }
  }

  private static void parameter(JsonNode parameter, ObjectNode properties) {
    describe(parameter, properties, DESCRIPTION, "name", "in", "description");
  }

  private void schemes(JsonNode schemes) {
    for (Map.Entry<String, JsonNode> scheme : schemes.properties()) {
      describe(
          scheme.getValue(),
          documentation.ofExactly(
              new DocumentationLocation("AUTHORIZER", null, null, null, scheme.getKey())),
          DESCRIPTION,
          "type",
          "description");
    }
  }

  // AWS: a part for "Model.property" is about the property; source: documented, "Document a MODEL
  // entity".
  private void models(JsonNode models) {
    documentation
        .models()
        .forEach(
            (name, properties) -> {
              String[] names = name.split("\\.", -1);
              JsonNode schema = models.path(names[0]);
              for (int i = 1; i < names.length; i++) {
                schema = schema.path("properties").path(names[i]);
              }
              describe(schema, properties, SCHEMA);
            });
  }

  /**
   * Puts what is said of an entity into what describes it there: known members and extensions, but
   * for AWS's, which configure.
   *
   * @param first members that come before all others, in this order
   */
  private static void describe(
      JsonNode entity, ObjectNode properties, List<String> known, String... first) {
    if (!(entity instanceof ObjectNode node)) {
      return;
    }
    Set<String> names = new LinkedHashSet<>(known);
    properties.propertyNames().stream()
        .filter(name -> name.startsWith("x-") && !Extensions.isOfApiGateway(name))
        .forEach(names::add);
    names.retainAll(properties.propertyNames());
    if (names.isEmpty()) {
      return;
    }
    names.forEach(name -> node.set(name, properties.get(name)));
    arrange(node, first);
  }

  private static void arrange(ObjectNode node, String... first) {
    ObjectNode arranged = Json.object();
    for (String name : first) {
      if (node.has(name)) {
        arranged.set(name, node.get(name));
      }
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      arranged.set(member.getKey(), member.getValue());
    }
    node.removeAll();
    node.setAll(arranged);
  }
}
