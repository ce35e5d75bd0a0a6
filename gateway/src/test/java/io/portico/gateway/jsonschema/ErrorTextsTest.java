package io.portico.gateway.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is said of each keyword of draft-04 that can make a value invalid. */
final class ErrorTextsTest {
  record Row(String keyword, String rules, String instance, String text) {
    @Override
    public String toString() {
      return rules + " and " + instance;
    }
  }

  private static final List<Row> ROWS =
      List.of(
          new Row(
              "type",
              "{'type': 'integer'}",
              "'x'",
              "instance type (string) does not match any allowed primitive type (allowed: ['integer'])"),
          new Row(
              "type",
              "{'type': 'number'}",
              "null",
              "instance type (null) does not match any allowed primitive type (allowed: ['integer','number'])"),
          new Row(
              "type",
              "{'type': ['string', 'object', 'boolean', 'array']}",
              "1",
              "instance type (integer) does not match any allowed primitive type (allowed: ['array','boolean','object','string'])"),
          new Row(
              "type",
              "{'type': ['null', 'integer']}",
              "1.5",
              "instance type (number) does not match any allowed primitive type (allowed: ['integer','null'])"),
          new Row(
              "type",
              "{'type': 'string'}",
              "[]",
              "instance type (array) does not match any allowed primitive type (allowed: ['string'])"),
          new Row(
              "type",
              "{'type': 'string'}",
              "{}",
              "instance type (object) does not match any allowed primitive type (allowed: ['string'])"),
          new Row(
              "type",
              "{'type': 'string'}",
              "true",
              "instance type (boolean) does not match any allowed primitive type (allowed: ['string'])"),
          new Row(
              "enum",
              "{'enum': ['a', 2, null, {'b': [1.50, true, {}]}, []]}",
              "'x\\\"'",
              "instance value ('x\\'') not found in enum (possible values: ['a',2,null,{'b':[1.50,true,{}]},[]])"),
          new Row(
              "enum",
              "{'enum': [1]}",
              "{'a': [], 'b': 'c'}",
              "instance value ({'a':[],'b':'c'}) not found in enum (possible values: [1])"),
          new Row(
              "multipleOf", "{'multipleOf': 2}", "7", "remainder of division is not zero (7 / 2)"),
          new Row(
              "multipleOf",
              "{'multipleOf': 0.25}",
              "0.30",
              "remainder of division is not zero (0.30 / 0.25)"),
          new Row(
              "minimum",
              "{'minimum': 1}",
              "0",
              "numeric instance is lower than the required minimum (minimum: 1, found: 0)"),
          new Row(
              "minimum",
              "{'minimum': -90.0}",
              "-91.0",
              "numeric instance is lower than the required minimum (minimum: -90, found: -91.0)"),
          new Row(
              "minimum",
              "{'minimum': 1.5}",
              "-1E400",
              "numeric instance is lower than the required minimum (minimum: 1.5, found: -1E+400)"),
          new Row(
              "exclusiveMinimum",
              "{'minimum': 1, 'exclusiveMinimum': true}",
              "1.0",
              "numeric instance is not strictly greater than the required minimum 1"),
          new Row(
              "exclusiveMinimum",
              "{'minimum': 1, 'exclusiveMinimum': true}",
              "0",
              "numeric instance is lower than the required minimum (minimum: 1, found: 0)"),
          new Row(
              "maximum",
              "{'maximum': 1E2}",
              "101",
              "numeric instance is greater than the required maximum (maximum: 100, found: 101)"),
          new Row(
              "exclusiveMaximum",
              "{'maximum': 0.5, 'exclusiveMaximum': true}",
              "0.5",
              "numeric instance is not strictly lower than the required maximum 0.5"),
          new Row(
              "minLength",
              "{'minLength': 3}",
              "'𝄞x'",
              "string '𝄞x' is too short (length: 2, required minimum: 3)"),
          new Row(
              "maxLength",
              "{'maxLength': 1}",
              "'a\\\"b'",
              "string 'a'b' is too long (length: 3, maximum allowed: 1)"),
          new Row(
              "pattern",
              "{'pattern': '^\\\\d+$'}",
              "'x1'",
              "ECMA 262 regex '^\\d+$' does not match input string 'x1'"),
          new Row(
              "additionalItems",
              "{'items': [{}], 'additionalItems': false}",
              "[1, 2, 3]",
              "schema only allows 1 elements in array but instance has 3 elements"),
          new Row(
              "minItems",
              "{'minItems': 2}",
              "[1]",
              "array is too short: must have at least 2 elements but instance has 1 elements"),
          new Row(
              "maxItems",
              "{'maxItems': 0}",
              "[1]",
              "array is too long: must have at most 0 elements but instance has 1 elements"),
          new Row(
              "uniqueItems",
              "{'uniqueItems': true}",
              "[1, 1]",
              "array must not contain duplicate elements"),
          new Row(
              "required",
              "{'required': ['type', 'b', 'name', 'Z']}",
              "{'b': 1}",
              "object has missing required properties (['Z','name','type'])"),
          new Row(
              "additionalProperties",
              "{'additionalProperties': false, 'properties': {'a': {}}, 'patternProperties': {'^x': {}}}",
              "{'c': 1, 'a': 2, 'x1': 3, 'b\\\"': 4}",
              "object instance has properties which are not allowed by the schema: ['b\\'','c']"),
          new Row(
              "minProperties",
              "{'minProperties': 2}",
              "{'a': 1}",
              "object has too few properties (found 1 but schema requires at least 2)"),
          new Row(
              "maxProperties",
              "{'maxProperties': 0}",
              "{'a': 1}",
              "object has too many properties (found 1 but schema requires at most 0)"),
          new Row(
              "dependencies",
              "{'dependencies': {'a': ['z', 'b', 'c'], 'q': ['r']}}",
              "{'a': 1, 'c': 2}",
              "property 'a' of object has missing property dependencies (schema requires ['b','c','z']; missing: ['b','z'])"),
          new Row(
              "dependencies",
              "{'dependencies': {'a': {'minProperties': 2}}}",
              "{'a': 1}",
              "object has too few properties (found 1 but schema requires at least 2)"),
          new Row(
              "allOf",
              "{'allOf': [{'required': ['a']}, {'properties': {'b': {'type': 'string'}}}, {}]}",
              "{'b': 1}",
              "instance failed to match all required schemas (matched only 1 out of 3)"),
          new Row(
              "anyOf",
              "{'anyOf': [{'required': ['a']}, {'properties': {'b': {'type': 'string'}}}]}",
              "{'b': 1}",
              "instance failed to match at least one required schema among 2"),
          new Row(
              "oneOf",
              "{'oneOf': [{'type': 'string'}, {'type': 'array'}]}",
              "1",
              "instance failed to match exactly one schema (matched 0 out of 2)"),
          new Row(
              "oneOf",
              "{'oneOf': [{}, {'type': 'string'}, {'type': 'integer'}, {'minimum': 1}, {'not': {}}]}",
              "1",
              "instance failed to match exactly one schema (matched 3 out of 5)"),
          new Row(
              "not",
              "{'not': {'type': 'integer'}}",
              "1",
              "instance matched a schema which it should not have"),
          new Row(
              "properties",
              "{'properties': {'a': {'type': 'string'}}}",
              "{'a': 1}",
              "instance type (integer) does not match any allowed primitive type (allowed: ['string'])"),
          new Row(
              "patternProperties",
              "{'patternProperties': {'^a': {'minimum': 2}}}",
              "{'ab': 1}",
              "numeric instance is lower than the required minimum (minimum: 2, found: 1)"),
          new Row(
              "additionalProperties",
              "{'additionalProperties': {'minimum': 2}}",
              "{'ab': 1}",
              "numeric instance is lower than the required minimum (minimum: 2, found: 1)"),
          new Row(
              "items",
              "{'items': {'minimum': 2}}",
              "[3, 1]",
              "numeric instance is lower than the required minimum (minimum: 2, found: 1)"),
          new Row(
              "items",
              "{'items': [{}, {'minimum': 2}]}",
              "[3, 1]",
              "numeric instance is lower than the required minimum (minimum: 2, found: 1)"),
          new Row(
              "additionalItems",
              "{'items': [{}], 'additionalItems': {'minimum': 2}}",
              "[3, 1]",
              "numeric instance is lower than the required minimum (minimum: 2, found: 1)"),
          new Row(
              "$ref",
              "{'definitions': {'a': {'minimum': 2}}, 'properties': {'b': {'$ref': '#/definitions/a'}}}",
              "{'b': 1}",
              "numeric instance is lower than the required minimum (minimum: 2, found: 1)"),
          format(
              "date-time",
              "string 'x' is invalid against requested date format(s)"
                  + " [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.SSSZ]"),
          format("email", "string 'x' is not a valid email address"),
          new Row(
              "format", "{'format': 'hostname'}", "'x_'", "string 'x_' is not a valid hostname"),
          format("ipv4", "string 'x' is not a valid IPv4 address"),
          format("ipv6", "string 'x' is not a valid IPv6 address"),
          new Row(
              "format",
              "{'format': 'regex'}",
              "'('",
              "string '(' is not a valid ECMA 262 regular expression"),
          new Row("format", "{'format': 'uri'}", "':'", "string ':' is not a valid URI"),
          format("uuid", "input string 'x' is not a valid UUID"),
          format("json-pointer", "input string 'x' is not a valid JSON Pointer"),
          format("mac", "input string 'x' is not a valid MAC address"),
          format("base64", "input has illegal length (must be a multiple of 4, found 1)"),
          new Row(
              "format",
              "{'format': 'base64'}",
              "'ab=c'",
              "input is not a valid Base64 string: illegal characters"),
          format("md5", "input string has bad length (1, expected 32)"),
          format("sha1", "input string has bad length (1, expected 40)"),
          format("sha256", "input string has bad length (1, expected 64)"),
          format("sha512", "input string has bad length (1, expected 128)"),
          new Row(
              "format",
              "{'format': 'md5'}",
              "'" + "x".repeat(32) + "'",
              "input string has illegal characters"));

  /** Keywords that make nothing invalid. */
  private static final Set<String> SILENT =
      Set.of("$schema", "default", "definitions", "description", "id", "title");

  private static Row format(String name, String text) {
    return new Row("format", "{'format': '" + name + "'}", "'x'", text);
  }

  @ParameterizedTest
  @FieldSource("ROWS")
  void aKeywordHasTheTextOfAwsValidator(Row row) {
    JsonSchema schema = JsonSchema.compile("urn:a", json(row.rules()), Map.of());

    List<String> texts = schema.validate(Json.parse(json(row.instance())), Carrier.UNSHARED);

    assertThat(texts).singleElement().extracting(ErrorTextsTest::quoted).isEqualTo(row.text());
  }

  @Test
  void everyKeywordOfTheDraftIsARow() {
    Set<String> keywords = new TreeSet<>(Formats.DRAFT_4.getKeywords().keySet());
    keywords.removeAll(SILENT);

    Set<String> rows = ROWS.stream().map(Row::keyword).collect(Collectors.toSet());

    assertThat(rows).containsExactlyInAnyOrderElementsOf(keywords);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  /** For the sake of the eye, rows have single quotes; those of date formats are their own. */
  private static String quoted(String text) {
    return text.replace('"', '\'');
  }
}
