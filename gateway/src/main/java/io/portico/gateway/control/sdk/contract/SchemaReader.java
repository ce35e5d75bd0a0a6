package io.portico.gateway.control.sdk.contract;

import io.portico.gateway.control.rules.ModelRules;
import io.portico.gateway.control.rules.ModelSchemas;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.ModelUrl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the schemas (draft-04) of an API's models as types. An object with members becomes a model
 * of its own, wherever in a schema it stands, named after where that is: {@code PetOwner}. What a
 * type cannot say ({@code oneOf}, {@code anyOf}, {@code not}) may be anything.
 */
final class SchemaReader {
  private static final Pattern DEFINITION =
      Pattern.compile("#/(?:definitions|components/schemas)/([^/]+)");

  /** References that lead to nothing but references: so many are followed. */
  private static final int MOST_ALIASES = 64;

  private final Map<String, ObjectNode> schemas = new LinkedHashMap<>();
  private final Map<String, FieldType> types = new LinkedHashMap<>();
  private final Set<String> open = new HashSet<>();
  private final Map<String, ClientModel> models = new LinkedHashMap<>();
  private final UniqueNames names = new UniqueNames(Set.of());
  private final Map<String, String> reserved = new LinkedHashMap<>();

  SchemaReader(List<ModelRecord> models) {
    for (ModelRecord model : models) {
      if (ModelRules.isJson(model.contentType())) {
        schemas.put(
            model.name(),
            Objects.requireNonNullElseGet(ModelSchemas.parsed(model.schema()), Json::object));
      }
      // Before the names of what stands within models, so that a model keeps its own.
      reserved.put(model.name(), names.take(Words.pascal(model.name())));
    }
    models.forEach(model -> read(model.name()));
  }

  /** Every object with known members. */
  List<ClientModel> models() {
    return List.copyOf(models.values());
  }

  /** The type of one of the API's models; anything where there is none of the name, or not JSON. */
  FieldType type(String modelName) {
    ObjectNode schema = schemas.get(modelName);
    String name = reserved.get(modelName);
    if (schema == null || name == null) {
      return new FieldType.Any();
    }
    FieldType known = types.get(modelName);
    if (known != null) {
      return known;
    }
    // An object is known by its name alone, so that models may refer to each other as they like.
    return isModel(schema, true)
        ? new FieldType.Modelled(new ClientModel.Reference(name))
        : read(modelName);
  }

  private FieldType read(String modelName) {
    ObjectNode schema = schemas.get(modelName);
    String name = reserved.get(modelName);
    FieldType known = types.get(modelName);
    if (known != null) {
      return known;
    }
    if (schema == null || name == null || open.size() > MOST_ALIASES || !open.add(modelName)) {
      return new FieldType.Any();
    }
    FieldType type = new Scope(modelName, schema).type(schema, name, true);
    open.remove(modelName);
    types.put(modelName, type);
    return type;
  }

  private static boolean isObject(ObjectNode schema) {
    return "object".equals(typeName(schema))
        || schema.path("properties").isObject()
        || schema.path("allOf").isArray();
  }

  /** Whether an object has a class of its own; one without members only where it is a model. */
  private static boolean isModel(ObjectNode schema, boolean own) {
    boolean members =
        (schema.path("properties").isObject() && !schema.path("properties").isEmpty())
            || schema.path("allOf").isArray();
    return isObject(schema)
        && !schema.has("$ref")
        && (members || (own && !schema.path("additionalProperties").isObject()));
  }

  private static @Nullable String typeName(ObjectNode schema) {
    JsonNode type = schema.get("type");
    if (type != null && type.isArray()) {
      // A value that may also be null.
      for (JsonNode each : type) {
        if (each.isString() && !each.stringValue().equals("null")) {
          return each.stringValue();
        }
      }
    }
    return type != null && type.isString() ? type.stringValue() : null;
  }

  private static @Nullable String text(ObjectNode schema, String member) {
    JsonNode value = schema.get(member);
    return value != null && value.isString() ? value.stringValue() : null;
  }

  /** One model's schema: what {@code #} means in it. */
  private final class Scope {
    private final String modelName;
    private final ObjectNode root;
    private final Map<String, FieldType> definitions = new LinkedHashMap<>();
    private final Set<String> openDefinitions = new HashSet<>();

    Scope(String modelName, ObjectNode root) {
      this.modelName = modelName;
      this.root = root;
    }

    /**
     * @param name what an object here is called
     * @param own whether the name is reserved for it
     */
    FieldType type(JsonNode node, String name, boolean own) {
      if (!(node instanceof ObjectNode schema)) {
        return new FieldType.Any();
      }
      String reference = text(schema, "$ref");
      if (reference != null) {
        return referred(reference);
      }
      if (isObject(schema)) {
        return object(schema, name, own);
      }
      String type = typeName(schema);
      return switch (type == null ? "" : type) {
        case "string" -> FieldType.Scalar.TEXT;
        case "integer" -> FieldType.Scalar.INTEGER;
        case "number" -> FieldType.Scalar.NUMBER;
        case "boolean" -> FieldType.Scalar.BOOLEAN;
        case "array" -> new FieldType.ListOf(element(schema, name));
        default ->
            schema.has("items") ? new FieldType.ListOf(element(schema, name)) : new FieldType.Any();
      };
    }

    private FieldType element(ObjectNode schema, String name) {
      JsonNode items = schema.get("items");
      return items == null ? new FieldType.Any() : type(items, name + "Item", false);
    }

    private FieldType referred(String reference) {
      if (reference.equals("#")) {
        return SchemaReader.this.type(modelName);
      }
      String url = ModelUrl.nameIn(reference);
      if (url != null) {
        return SchemaReader.this.type(url);
      }
      Matcher local = DEFINITION.matcher(reference);
      return local.matches() ? definition(local.group(1)) : new FieldType.Any();
    }

    /** As {@link #referred}, with the members known too. */
    private FieldType wholly(String reference) {
      Matcher local = DEFINITION.matcher(reference);
      String url = ModelUrl.nameIn(reference);
      String name =
          url == null
                  && local.matches()
                  && root.path("definitions").path(local.group(1)).isMissingNode()
              ? local.group(1)
              : url;
      if (name != null) {
        read(name);
      }
      return referred(reference);
    }

    private FieldType definition(String name) {
      FieldType known = definitions.get(name);
      if (known != null) {
        return known;
      }
      JsonNode schema = root.path("definitions").path(name);
      if (schema.isMissingNode()) {
        return SchemaReader.this.type(name);
      }
      if (schema instanceof ObjectNode object && isModel(object, false)) {
        String className = names.take(Words.pascal(name));
        FieldType self = new FieldType.Modelled(new ClientModel.Reference(className));
        // Before its members are read: they may refer to it.
        definitions.put(name, self);
        return filled(object, className, self);
      }
      if (!openDefinitions.add(name)) {
        return new FieldType.Any();
      }
      FieldType type = type(schema, Words.pascal(name), false);
      openDefinitions.remove(name);
      definitions.put(name, type);
      return type;
    }

    private FieldType object(ObjectNode schema, String wanted, boolean own) {
      JsonNode others = schema.path("additionalProperties");
      if (!isModel(schema, own)) {
        return new FieldType.MapOf(
            others.isObject() ? type(others, wanted + "Value", false) : new FieldType.Any());
      }
      String name = own ? wanted : names.take(Words.pascal(wanted));
      return filled(schema, name, new FieldType.Modelled(new ClientModel.Reference(name)));
    }

    private FieldType filled(ObjectNode schema, String name, FieldType self) {
      String description = text(schema, "description");
      // Holds the place, so that models come in the order in which they are met.
      models.put(name, new ClientModel(name, description, List.of()));
      Map<String, ClientModel.Field> fields = new LinkedHashMap<>();
      collect(schema, name, fields, new HashSet<>());
      models.put(name, new ClientModel(name, description, new ArrayList<>(fields.values())));
      return self;
    }

    /** The members of an object and of what it is all of. */
    private void collect(
        ObjectNode schema,
        String name,
        Map<String, ClientModel.Field> fields,
        Set<ObjectNode> seen) {
      if (!seen.add(schema)) {
        return;
      }
      Set<String> required = new HashSet<>();
      if (schema.path("required").isArray()) {
        schema.path("required").forEach(each -> required.add(each.asString("")));
      }
      for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
        String member = property.getKey();
        FieldType type = type(property.getValue(), name + Words.pascal(member), false);
        String description =
            property.getValue() instanceof ObjectNode object ? text(object, "description") : null;
        fields.put(
            member, new ClientModel.Field(member, type, required.contains(member), description));
      }
      for (JsonNode part : schema.path("allOf")) {
        if (part instanceof ObjectNode object) {
          String reference = text(object, "$ref");
          if (reference == null) {
            collect(object, name, fields, seen);
          } else if (wholly(reference) instanceof FieldType.Modelled modelled) {
            ClientModel whole = models.get(modelled.model().name());
            if (whole != null) {
              whole.fields().forEach(field -> fields.putIfAbsent(field.name(), field));
            }
          }
        }
      }
    }
  }
}
