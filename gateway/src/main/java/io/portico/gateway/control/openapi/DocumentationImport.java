package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.DocumentationRules;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.SharedTexts;
import io.portico.gateway.model.DocumentationLocation;
import io.portico.gateway.model.DocumentationPartRecord;
import io.portico.gateway.openapi.Description;
import io.portico.gateway.openapi.OpenApiDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code x-amazon-apigateway-documentation}, or else the descriptions of a document, become
 * <b>documentation parts</b>.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-documenting-api-quick-start-import-export.html">Import
 *     API documentation</a>
 */
// AWS: that descriptions are parts only where the extension is not there is assumed: an export has
// both, and its descriptions repeat parts that are inherited. What models are described by stays in
// their schemas.
final class DocumentationImport {
  private static final String PARTS = "documentationParts";
  private static final String UNSUPPORTED_METHOD = "trace";
  private static final Set<String> LOCATION =
      Set.of("type", "path", "method", "statusCode", "name");

  private final OpenApiDocument document;
  private final BasePath basePath;
  private final Findings findings;
  private final Map<DocumentationLocation, ObjectNode> imported = new LinkedHashMap<>();

  /**
   * @param basePath what comes before the paths of descriptions
   */
  DocumentationImport(OpenApiDocument document, BasePath basePath, Findings findings) {
    this.document = document;
    this.basePath = basePath;
    this.findings = findings;
    JsonNode extension = document.extensions().get(Extensions.DOCUMENTATION);
    if (extension == null || extension.isNull()) {
      document.descriptions().forEach(this::describe);
    } else {
      read(extension);
    }
  }

  private void read(JsonNode extension) {
    JsonNode parts = extension.get(PARTS);
    if (!(extension instanceof ObjectNode)
        || (parts != null && !parts.isNull() && !parts.isArray())) {
      throw Findings.invalid(Extensions.DOCUMENTATION + " is malformed");
    }
    if (parts instanceof ArrayNode array) {
      for (JsonNode part : array) {
        try {
          put(location(part.path("location")), properties(part.path("properties")));
        } catch (ServiceException e) {
          // AWS: that a part of the extension can only be a warning, and the text, are assumed.
          findings.warning("Unable to create documentation part: " + e.text() + ". Ignoring.");
        }
      }
    }
  }

  private static DocumentationLocation location(JsonNode given) {
    for (String member : given.propertyNames()) {
      if (!LOCATION.contains(member)) {
        throw ServiceException.badRequest(
            "Invalid Documentation part location specified: there is no field '" + member + "'");
      }
    }
    String type = text(given, "type");
    return new DocumentationLocation(
        type == null ? "" : type,
        text(given, "path"),
        text(given, "method"),
        text(given, "statusCode"),
        text(given, "name"));
  }

  private static @Nullable String text(JsonNode object, String member) {
    JsonNode value = object.path(member);
    return value.isValueNode() && !value.isNull() ? value.asString() : null;
  }

  /** An object as documents have it, or the text of one as calls have it. */
  private static ObjectNode properties(JsonNode given) {
    return DocumentationRules.properties(given.isObject() ? Json.text(given) : given.asString(""));
  }

  private void put(DocumentationLocation location, ObjectNode properties) {
    imported.put(DocumentationRules.location(location), properties);
  }

  private void describe(Description described) {
    String type =
        switch (described.of()) {
          case DOCUMENT -> "API";
          case SECURITY_SCHEME -> "AUTHORIZER";
          case PATH -> "RESOURCE";
          case OPERATION -> "METHOD";
          case PARAMETER_IN_PATH -> "PATH_PARAMETER";
          case PARAMETER_IN_QUERY -> "QUERY_PARAMETER";
          case PARAMETER_IN_HEADER -> "REQUEST_HEADER";
          case BODY -> "REQUEST_BODY";
          case RESPONSE -> "RESPONSE";
          case RESPONSE_HEADER -> "RESPONSE_HEADER";
        };
    if (has(described)) {
      put(
          new DocumentationLocation(
              type,
              path(described.path()),
              method(described.method()),
              described.status(),
              described.name()),
          described.members());
    }
  }

  /** Whether an API has what is described: what an export writes of its own is no description. */
  private boolean has(Description described) {
    if (UNSUPPORTED_METHOD.equals(described.method())) {
      return false;
    }
    return switch (described.of()) {
      case SECURITY_SCHEME -> {
        var scheme = document.securitySchemes().get(described.name());
        yield scheme != null && scheme.extensions().has(Extensions.AUTHORIZER);
      }
      case RESPONSE, RESPONSE_HEADER ->
          MethodImport.isStatusCode(described.status())
              && !described
                  .members()
                  .path("description")
                  .asString("")
                  .equals(DocumentExport.responseText(described.status()));
      default -> true;
    };
  }

  private @Nullable String path(@Nullable String written) {
    return written == null ? null : SharedTexts.of("/" + String.join("/", basePath.with(written)));
  }

  private static @Nullable String method(@Nullable String written) {
    if (written == null) {
      return null;
    }
    return written.equals(Extensions.ANY_METHOD)
        ? "ANY"
        : SharedTexts.of(written.toUpperCase(Locale.ROOT));
  }

  /** Where the document has a part. */
  Set<DocumentationLocation> locations() {
    return new LinkedHashSet<>(imported.keySet());
  }

  /** The document's parts in place of those that are there; a part that stays keeps its id. */
  List<DocumentationPartRecord> overwrite(List<DocumentationPartRecord> existing, FreshIds ids) {
    Map<DocumentationLocation, DocumentationPartRecord> known = byLocation(existing, ids);
    List<DocumentationPartRecord> parts = new ArrayList<>();
    imported.forEach(
        (location, properties) -> parts.add(part(known.get(location), location, properties, ids)));
    return List.copyOf(parts);
  }

  /** The parts that are there with the document's members put into them, and new parts. */
  // AWS: "an imported attribute replaces the existing one if the two are different; other existing
  // documentation attributes remain unaffected"; source: documented, Import API documentation.
  List<DocumentationPartRecord> merge(List<DocumentationPartRecord> existing, FreshIds ids) {
    Map<DocumentationLocation, DocumentationPartRecord> parts = byLocation(existing, ids);
    imported.forEach(
        (location, properties) -> {
          DocumentationPartRecord known = parts.get(location);
          ObjectNode all = known == null ? Json.object() : properties(known);
          all.setAll(properties);
          parts.put(location, part(known, location, all, ids));
        });
    return List.copyOf(parts.values());
  }

  private static Map<DocumentationLocation, DocumentationPartRecord> byLocation(
      List<DocumentationPartRecord> existing, FreshIds ids) {
    Map<DocumentationLocation, DocumentationPartRecord> parts = new LinkedHashMap<>();
    for (DocumentationPartRecord part : existing) {
      ids.take(part.id());
      parts.put(part.location(), part);
    }
    return parts;
  }

  private static ObjectNode properties(DocumentationPartRecord part) {
    return DocumentationRules.properties(part.properties());
  }

  /** A part that says the same already stays as it is written. */
  private static DocumentationPartRecord part(
      @Nullable DocumentationPartRecord known,
      DocumentationLocation location,
      ObjectNode properties,
      FreshIds ids) {
    if (known != null && properties(known).equals(properties)) {
      return known;
    }
    return new DocumentationPartRecord(
        known == null ? ids.next() : known.id(), location, SharedTexts.of(Json.text(properties)));
  }
}
