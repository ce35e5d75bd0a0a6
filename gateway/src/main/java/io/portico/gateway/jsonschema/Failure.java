package io.portico.gateway.jsonschema;

import com.networknt.schema.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A keyword of a schema that a value fails by, whatever the number of its errors. */
final class Failure {
  /** More do not fit into a text. */
  private static final int MAX_PROPERTIES = 1_000;

  private final String keyword;
  private final Schema schema;
  private final Place place;
  private final JsonNode value;
  private final TreeSet<String> properties = new TreeSet<>();
  private final Set<Integer> branches = new HashSet<>();

  Failure(String keyword, Schema schema, Place place, JsonNode value) {
    this.keyword = keyword;
    this.schema = schema;
    this.place = place;
    this.value = value;
  }

  boolean isOf(String otherKeyword, Schema otherSchema, Place otherPlace) {
    return schema.equals(otherSchema) && keyword.equals(otherKeyword) && place.equals(otherPlace);
  }

  /**
   * Adds an error.
   *
   * @param property the property that it is of, if any
   * @param branch which of the keyword's schemas it is of, or -1
   */
  void add(@Nullable String property, int branch) {
    if (branch >= 0) {
      branches.add(branch);
    } else if (property != null && properties.add(property)) {
      if (properties.size() > MAX_PROPERTIES) {
        properties.removeLast();
      }
    }
  }

  /** The texts of AWS's validator. */
  List<String> texts() {
    JsonNode rules = schema.getSchemaNode();
    return switch (keyword) {
      case "required" -> List.of(ErrorTexts.required(properties));
      case "additionalProperties" -> List.of(ErrorTexts.additionalProperties(properties));
      case "dependencies" ->
          properties.stream()
              .map(property -> ErrorTexts.dependency(property, rules.path(keyword), value))
              .toList();
      case "allOf", "anyOf", "oneOf" -> {
        int schemas = rules.path(keyword).size();
        yield List.of(ErrorTexts.combination(keyword, schemas - branches.size(), schemas));
      }
      default -> List.of(ErrorTexts.of(keyword, rules, value));
    };
  }
}
