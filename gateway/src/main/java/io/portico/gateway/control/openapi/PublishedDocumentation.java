package io.portico.gateway.control.openapi;

import io.portico.gateway.control.rules.DocumentationRules;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.DocumentationLocation;
import io.portico.gateway.model.DocumentationPartRecord;
import io.portico.gateway.model.DocumentationVersionRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A documentation version as exports read it: what is said about an entity, by a part of its own or
 * by one that it inherits.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-documenting-api-content-representation.html#api-gateway-documenting-api-content-inheritance">Inherit
 *     content from an API entity of more general specifications</a>
 */
final class PublishedDocumentation {
  private static final String ROOT = "/";

  private final DocumentationVersionRecord version;
  private final Map<DocumentationLocation, ObjectNode> parts = new HashMap<>();

  PublishedDocumentation(DocumentationVersionRecord version) {
    this.version = version;
    for (DocumentationPartRecord part : version.parts()) {
      parts.put(part.location(), DocumentationRules.properties(part.properties()));
    }
  }

  /** What is said of the entity, or nothing: an empty object. */
  // AWS: inherited are parts of the same type whose path is a prefix; the most specific path wins,
  // then the status code. Source: documented, with methods and request bodies among what inherits;
  // the API reference has them among what does not. That the method comes last is assumed.
  ObjectNode of(DocumentationLocation entity) {
    for (String path : paths(entity.path())) {
      for (String statusCode : specificFirst(entity.statusCode())) {
        for (String method : specificFirst(entity.method())) {
          ObjectNode properties =
              parts.get(
                  new DocumentationLocation(
                      entity.type(), path, method, statusCode, entity.name()));
          if (properties != null) {
            return properties;
          }
        }
      }
    }
    return Json.object();
  }

  /** The path and all above it. */
  private static List<@Nullable String> paths(@Nullable String path) {
    List<@Nullable String> paths = new ArrayList<>();
    paths.add(path);
    if (path != null) {
      for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        paths.add(path.substring(0, slash));
      }
      if (!path.equals(ROOT)) {
        paths.add(ROOT);
      }
    }
    return paths;
  }

  private static List<@Nullable String> specificFirst(@Nullable String value) {
    List<@Nullable String> values = new ArrayList<>();
    values.add(value);
    if (value != null && !value.equals(DocumentationLocation.ANY)) {
      values.add(DocumentationLocation.ANY);
    }
    return values;
  }

  /** What is said of the entity by its own part alone, or nothing: an empty object. */
  ObjectNode ofExactly(DocumentationLocation entity) {
    return Objects.requireNonNullElseGet(parts.get(entity), Json::object);
  }

  /** What is said of models and their properties, by name. */
  Map<String, ObjectNode> models() {
    Map<String, ObjectNode> models = new HashMap<>();
    parts.forEach(
        (location, properties) -> {
          if (location.type().equals("MODEL") && location.name() != null) {
            models.put(location.name(), properties);
          }
        });
    return models;
  }

  /** The value of {@code x-amazon-apigateway-documentation}. */
  // AWS: members, orders and that the root's path is left out; source: documented, "Publish API
  // documentation", where parts are ordered by type. Their order within a type is assumed.
  ObjectNode extension() {
    ObjectNode extension = Json.object();
    extension.put("version", version.version());
    extension.put("createdDate", version.createdDate().toString());
    ArrayNode written = extension.putArray("documentationParts");
    List<DocumentationPartRecord> ordered = new ArrayList<>(version.parts());
    ordered.sort(Comparator.comparing(part -> part.location().key()));
    for (DocumentationPartRecord part : ordered) {
      ObjectNode entry = written.addObject();
      location(entry.putObject("location"), part.location());
      entry.set("properties", DocumentationRules.properties(part.properties()));
    }
    return extension;
  }

  private static void location(ObjectNode node, DocumentationLocation location) {
    node.put("type", location.type());
    if (!ROOT.equals(location.path())) {
      put(node, "path", location.path());
    }
    put(node, "method", location.method());
    put(node, "statusCode", location.statusCode());
    put(node, "name", location.name());
  }

  private static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }
}
