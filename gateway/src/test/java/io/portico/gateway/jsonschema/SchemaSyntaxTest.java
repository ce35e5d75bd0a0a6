package io.portico.gateway.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class SchemaSyntaxTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\": [\"object\", \"null\"], \"required\": [\"a\"], \"example\": 1}",
        "{\"properties\": {\"type\": {\"enum\": [1]}}, \"dependencies\": {\"a\": [\"b\"]}}",
      })
  void takesWhatHasTheDraftsForm(String schema) {
    assertThat(SchemaSyntax.hasForm(Json.parse(schema))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"type\": \"pet\"}",
        "{\"required\": []}",
        "{\"required\": true}",
        "{\"minimum\": \"1\"}",
        "{\"exclusiveMinimum\": true}",
        "{\"properties\": {\"a\": {\"items\": {\"enum\": []}}}}",
      })
  void takesNothingElse(String schema) {
    assertThat(SchemaSyntax.hasForm(Json.parse(schema))).isFalse();
  }

  @Test
  void namesKeywordsOfOtherDraftsWhereverASchemaStands() {
    JsonNode schema =
        Json.parse(
            """
            {"$id": "x", "properties": {"const": {"oneOf": [{"const": 1}, {"nullable": true}]}},
             "dependencies": {"a": ["b"], "b": {"if": {}}}, "items": [{"contains": {}}],
             "additionalProperties": false, "not": {"const": 2}}
            """);

    assertThat(SchemaSyntax.unknownKeywords(schema))
        .containsExactly("$id", "const", "contains", "if", "nullable");
  }

  @Test
  void aKeywordWithinAValueIsNone() {
    JsonNode schema = Json.parse("{\"enum\": [{\"const\": 1}], \"default\": {\"$ref\": \"x\"}}");

    assertThat(SchemaSyntax.unknownKeywords(schema)).isEmpty();
    assertThat(SchemaSyntax.references(schema)).isEmpty();
  }

  @Test
  void findsEveryReferenceOnceAndInOrder() {
    JsonNode schema =
        Json.parse(
            """
            {"properties": {"$ref": {"$ref": "#/definitions/b"}, "a": {"$ref": "#"}},
             "definitions": {"b": {"allOf": [{"$ref": "c"}, {"$ref": "#"}]}}}
            """);

    assertThat(SchemaSyntax.references(schema)).containsExactly("#/definitions/b", "#", "c");
  }

  @Test
  void putsOtherReferencesInPlace() {
    JsonNode schema = Json.parse("{\"$ref\": \"a\", \"not\": {\"$ref\": \"b\"}, \"id\": \"a\"}");

    SchemaSyntax.rewriteReferences(schema, reference -> "#/definitions/" + reference);

    assertThat(schema)
        .isEqualTo(
            Json.parse(
                """
                {"$ref": "#/definitions/a", "not": {"$ref": "#/definitions/b"}, "id": "a"}
                """));
  }
}
