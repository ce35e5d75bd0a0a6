package io.portico.gateway.jsonschema;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What AWS's validator, json-schema-validator of java-json-tools, says of a value that fails by a
 * keyword of draft-04.
 *
 * <p>AWS: that these texts are its own is second-hand, responses of AWS that users have published
 * have those of {@code type}, {@code enum}, {@code required}, {@code additionalProperties}, {@code
 * minimum}, {@code maximum}, {@code minLength}, {@code maxLength}, {@code pattern}, {@code oneOf}
 * and unknown formats; the others are the library's in the same release.
 *
 * @see <a
 *     href="https://github.com/java-json-tools/json-schema-validator/blob/master/src/main/resources/com/github/fge/jsonschema/validator/validation.properties">its
 *     texts</a>
 */
final class ErrorTexts {
  private ErrorTexts() {}

  /**
   * What is said of a keyword that one error is told of.
   *
   * @param rules the schema that has the keyword
   */
  static String of(String keyword, JsonNode rules, JsonNode value) {
    JsonNode rule = rules.path(keyword);
    return switch (keyword) {
      case "type" -> type(rule, value);
      case "enum" ->
          "instance value (%s) not found in enum (possible values: %s)"
              .formatted(Excerpt.of(value), Excerpt.ofRule(rule));
      case "not" -> "instance matched a schema which it should not have";
      case "format" -> FormatTexts.of(text(rule), text(value));
      case "minimum", "maximum", "multipleOf" -> number(keyword, rule, value);
      case "minLength", "maxLength", "pattern" -> string(keyword, rule, text(value));
      case "minItems", "maxItems", "uniqueItems" -> array(keyword, rule, value.size());
      case "additionalItems" ->
          "schema only allows %d elements in array but instance has %d elements"
              .formatted(rules.path("items").size(), value.size());
      case "minProperties" ->
          "object has too few properties (found %d but schema requires at least %s)"
              .formatted(value.size(), number(rule));
      case "maxProperties" ->
          "object has too many properties (found %d but schema requires at most %s)"
              .formatted(value.size(), number(rule));
      default -> "instance fails by the keyword \"%s\"".formatted(keyword);
    };
  }

  /** AWS: the properties sorted, as a JSON array. */
  static String required(Collection<String> missing) {
    return "object has missing required properties (%s)".formatted(Excerpt.of(missing));
  }

  /** As {@link #required}. */
  static String additionalProperties(Collection<String> unwanted) {
    return "object instance has properties which are not allowed by the schema: "
        + Excerpt.of(unwanted);
  }

  /**
   * What is said of one property whose dependencies are missing.
   *
   * @param dependencies the keyword's value
   */
  static String dependency(String property, JsonNode dependencies, JsonNode value) {
    Set<String> required = new TreeSet<>();
    dependencies.path(property).forEach(each -> required.add(text(each)));
    Set<String> missing = new TreeSet<>(required);
    missing.removeIf(value::has);
    return "property \"%s\" of object has missing property dependencies (schema requires %s; missing: %s)"
        .formatted(Excerpt.ofValue(property), Excerpt.of(required), Excerpt.of(missing));
  }

  /** What is said where too few, or too many, of a keyword's schemas match. */
  static String combination(String keyword, int matched, int schemas) {
    return switch (keyword) {
      case "allOf" ->
          "instance failed to match all required schemas (matched only %d out of %d)"
              .formatted(matched, schemas);
      case "anyOf" ->
          "instance failed to match at least one required schema among %d".formatted(schemas);
      default ->
          "instance failed to match exactly one schema (matched %d out of %d)"
              .formatted(matched, schemas);
    };
  }

  /** AWS: whoever allows numbers allows integers; the types are in the order of their names. */
  private static String type(JsonNode rule, JsonNode value) {
    Set<String> allowed = new TreeSet<>();
    if (rule.isArray()) {
      rule.forEach(each -> allowed.add(text(each)));
    } else {
      allowed.add(text(rule));
    }
    if (allowed.contains("number")) {
      allowed.add("integer");
    }
    return "instance type (%s) does not match any allowed primitive type (allowed: %s)"
        .formatted(type(value), Excerpt.of(allowed));
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case OBJECT -> "object";
      case STRING -> "string";
      default -> "null";
    };
  }

  private static String number(String keyword, JsonNode rule, JsonNode value) {
    if (keyword.equals("multipleOf")) {
      return "remainder of division is not zero (%s / %s)".formatted(value, number(rule));
    }
    boolean minimum = keyword.equals("minimum");
    if (rule.isNumber() && value.decimalValue().compareTo(rule.decimalValue()) == 0) {
      return "numeric instance is not strictly %s than the required %s %s"
          .formatted(minimum ? "greater" : "lower", keyword, number(rule));
    }
    return "numeric instance is %s than the required %s (%s: %s, found: %s)"
        .formatted(minimum ? "lower" : "greater", keyword, keyword, number(rule), value);
  }

  private static String string(String keyword, JsonNode rule, String value) {
    String shown = Excerpt.ofValue(value);
    int characters = value.codePointCount(0, value.length());
    return switch (keyword) {
      case "minLength" ->
          "string \"%s\" is too short (length: %d, required minimum: %s)"
              .formatted(shown, characters, number(rule));
      case "maxLength" ->
          "string \"%s\" is too long (length: %d, maximum allowed: %s)"
              .formatted(shown, characters, number(rule));
      default ->
          "ECMA 262 regex \"%s\" does not match input string \"%s\""
              .formatted(Excerpt.ofValue(text(rule)), shown);
    };
  }

  private static String array(String keyword, JsonNode rule, int elements) {
    return switch (keyword) {
      case "minItems" ->
          "array is too short: must have at least %s elements but instance has %d elements"
              .formatted(number(rule), elements);
      case "maxItems" ->
          "array is too long: must have at most %s elements but instance has %d elements"
              .formatted(number(rule), elements);
      default -> "array must not contain duplicate elements";
    };
  }

  /** AWS: a number of a schema without a fraction of zero. */
  private static String number(JsonNode rule) {
    boolean whole =
        rule.canConvertToLong() && rule.decimalValue().remainder(BigDecimal.ONE).signum() == 0;
    return whole ? Long.toString(rule.decimalValue().longValue()) : Excerpt.ofRule(rule);
  }

  private static String text(JsonNode node) {
    return node.isString() ? node.stringValue() : Excerpt.ofRule(node);
  }
}
