package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.ModelRules;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.openapi.OpenApiDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Schemas become <b>models</b>; a schema that stands in a body itself gets a model of its own. */
final class ModelImport {
  private static final Set<String> PRIMITIVES = Set.of("string", "integer", "number", "boolean");
  private static final String CONTENT_TYPE = "application/json";
  private static final int SHORTEST_SUFFIX = 6;

  private final OpenApiDocument document;
  private final ModelReferences references;
  private final Map<String, String> existingIds = new LinkedHashMap<>();
  private final Map<String, ModelRecord> models = new LinkedHashMap<>();
  private final IdentityHashMap<JsonNode, String> generated = new IdentityHashMap<>();
  private final FreshIds ids;
  private final Findings findings;

  /**
   * @param kept existing models that stay unless the document has one of the same name
   */
  ModelImport(
      OpenApiDocument document,
      String apiId,
      List<ModelRecord> existing,
      List<ModelRecord> kept,
      FreshIds ids,
      Findings findings) {
    this.document = document;
    this.ids = ids;
    this.findings = findings;
    existing.forEach(model -> existingIds.put(model.name(), model.id()));
    kept.forEach(model -> models.put(model.name(), model));
    this.references = new ModelReferences(apiId, this::exists);
    document.schemas().forEach(this::create);
  }

  List<ModelRecord> models() {
    return List.copyOf(models.values());
  }

  private boolean exists(String name) {
    return document.schemas().containsKey(name) || models.containsKey(name);
  }

  private void create(String name, JsonNode schema) {
    try {
      check(name, schema);
    } catch (ServiceException e) {
      findings.error("Unable to create model for '" + name + "': " + e.text());
      return;
    }
    String id = existingIds.get(name);
    models.put(
        name,
        new ModelRecord(
            id == null ? ids.next() : id,
            name,
            null,
            CONTENT_TYPE,
            Json.pretty(references.absolute(schema))));
  }

  // AWS: what its reader of documents makes of a schema is not known, so that no more of its form
  // is judged here.
  private void check(String name, JsonNode schema) {
    ModelRules.checkName(name);
    if (!schema.isObject()) {
      throw ModelRules.invalid(ModelRules.NOT_A_SCHEMA);
    }
    String dangling = references.firstDangling(schema);
    if (dangling != null) {
      throw ModelRules.invalid(
          ModelReferences.isCanonical(dangling)
              ? ModelRules.dangling(dangling)
              : ModelRules.NOT_CANONICAL);
    }
  }

  /**
   * The name of the model for a body's schema, or null where AWS ignores it.
   *
   * @param place where the schema stands, as warnings say it
   */
  @Nullable String nameFor(JsonNode schema, String place) {
    String reference = ModelReferences.referenceOf(schema);
    String referenced = reference == null ? null : ModelReferences.nameOf(reference);
    if (referenced != null) {
      if (models.containsKey(referenced)) {
        return referenced;
      }
      // AWS: source: answers that users of AWS's clients report.
      findings.warning("Reference to model '" + referenced + "' not found. Ignoring.");
      return null;
    }
    String type = typeOf(schema);
    if (PRIMITIVES.contains(type)) {
      // AWS: names the class its parser has for the type; source: as above, for OpenAPI 3.0.
      String kind = document.version2() ? "Property" : "Schema";
      findings.warning(
          "Unsupported model type '"
              + type.substring(0, 1).toUpperCase(Locale.ROOT)
              + type.substring(1)
              + kind
              + "' in "
              + place
              + ". Ignoring.");
      return null;
    }
    return generatedFor(schema);
  }

  private static String typeOf(JsonNode schema) {
    JsonNode type = schema instanceof ObjectNode object ? object.get("type") : null;
    return type != null && type.isString() ? type.stringValue() : "";
  }

  /** The same schema always gets the same name, so that importing again changes nothing. */
  private @Nullable String generatedFor(JsonNode schema) {
    String known = generated.get(schema);
    if (known == null) {
      known = newName(schema);
      if (!models.containsKey(known)) {
        create(known, schema);
      }
      generated.put(schema, known);
    }
    return models.containsKey(known) ? known : null;
  }

  // AWS: MODEL and six characters; source: models that users of AWS report.
  private String newName(JsonNode schema) {
    String digest = digest(Json.text(schema));
    String text = Json.pretty(references.absolute(schema));
    for (int length = SHORTEST_SUFFIX; length <= digest.length(); length++) {
      String name = "MODEL" + digest.substring(0, length);
      ModelRecord other = models.get(name);
      boolean free = other == null && !document.schemas().containsKey(name);
      if (free || (other != null && text.equals(other.schema()))) {
        return name;
      }
    }
    throw new IllegalStateException("no name for " + digest);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
