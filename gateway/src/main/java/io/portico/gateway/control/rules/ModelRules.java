package io.portico.gateway.control.rules;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.jsonschema.JsonSchema;
import io.portico.gateway.jsonschema.JsonSchemaException;
import io.portico.gateway.jsonschema.SchemaSyntax;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.ModelUrl;
import io.portico.gateway.store.RecordReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a model may be called, say and refer to. */
public final class ModelRules {
  // AWS: source: answers that users of AWS's clients report.
  public static final String NOT_A_SCHEMA = "Invalid model schema specified";
  public static final String NOT_CANONICAL = "Model reference must be in canonical form";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]+");

  private static final Pattern JSON =
      Pattern.compile("[^/;]+/(?:[^/;]+\\+)?json\\s*(?:;.*)?", Pattern.CASE_INSENSITIVE);

  private ModelRules() {}

  // AWS: source: MOD-03, and answers that users of AWS's clients report.
  public static void checkName(String name) {
    if (name.isEmpty()) {
      throw ServiceException.badRequest("Model name must be non-empty");
    }
    if (!NAME.matcher(name).matches()) {
      throw ServiceException.badRequest("Model name must be alphanumeric: " + name);
    }
  }

  /** What a call gives as a model's schema, as far as it can be judged by itself. */
  // AWS: without a schema no model of any content type; source: MOD-03. Keywords that draft-04 does
  // not have refuse it; source: issue 14585 of the AWS CDK. What is no JSON has no schema that
  // could
  // be judged: assumed.
  public static void checkSchema(String contentType, @Nullable String schema) {
    Mappings.checkContentTypes(List.of(contentType));
    if (schema == null || schema.isEmpty()) {
      throw ServiceException.badRequest(
          "Model schema must have at least 1 property or array items defined");
    }
    if (!isJson(contentType)) {
      return;
    }
    ObjectNode tree = ModelSchemas.parsed(schema);
    if (tree == null || !SchemaSyntax.hasForm(tree)) {
      throw invalid(NOT_A_SCHEMA);
    }
    List<String> unknown = SchemaSyntax.unknownKeywords(tree);
    if (!unknown.isEmpty()) {
      ArrayNode keywords = Json.array();
      unknown.forEach(keywords::add);
      throw invalid(NOT_A_SCHEMA + ". Unsupported keyword(s): " + Json.text(keywords));
    }
  }

  /** Whether what a model describes is JSON, so that its schema is a JSON Schema. */
  public static boolean isJson(String contentType) {
    return JSON.matcher(contentType).matches();
  }

  /** Whether a model's schema refers to models that there are, and can be applied with them. */
  public static void checkReferences(RecordReader records, String apiId, ModelRecord model) {
    ObjectNode schema = ModelSchemas.parsed(model.schema());
    if (schema == null || !isJson(model.contentType())) {
      return;
    }
    for (String reference : SchemaSyntax.references(schema)) {
      checkReference(records, apiId, model.name(), reference);
    }
    String address = ModelUrl.of(apiId, model.name());
    String text = Json.text(schema);
    Map<String, String> schemas = new HashMap<>();
    ModelSchemas.reachable(records, apiId, schema)
        .forEach((name, other) -> schemas.put(ModelUrl.of(apiId, name), Json.text(other)));
    schemas.put(address, text);
    try {
      JsonSchema.compile(address, text, schemas);
    } catch (JsonSchemaException e) {
      throw invalid(NOT_A_SCHEMA);
    }
  }

  private static void checkReference(
      RecordReader records, String apiId, String own, String reference) {
    if (reference.startsWith("#")) {
      return;
    }
    if (ModelUrl.nameIn(ModelSchemas.address(reference)) == null) {
      throw invalid(NOT_CANONICAL);
    }
    String name = ModelSchemas.nameIn(reference, apiId);
    if (name == null
        || (!name.equals(own) && records.find(RecordTypes.MODEL, apiId, name).isEmpty())) {
      throw invalid(dangling(reference));
    }
  }

  // AWS: the text is assumed.
  public static String dangling(String reference) {
    return "Invalid model reference specified: " + reference;
  }

  // AWS: source: answers that users of AWS's clients report.
  public static ServiceException invalid(String error) {
    return ServiceException.badRequest(
        "Invalid model specified: Validation Result: warnings : [], errors : [" + error + "]");
  }
}
