package io.portico.gateway.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.compute.HeardCarrier;
import io.portico.gateway.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonSchemaTest {
  private static final String MODELS = "https://apigateway.amazonaws.com/restapis/abc123/models/";

  private static JsonSchema compile(String schema) {
    return JsonSchema.compile(MODELS + "Root", schema, Map.of());
  }

  @Test
  void modelsReferToEachOther() {
    JsonSchema order =
        JsonSchema.compile(
            MODELS + "Order",
            "{\"type\":\"object\",\"properties\":{\"pet\":{\"$ref\":\"" + MODELS + "Pet\"}}}",
            Map.of(MODELS + "Pet", "{\"type\":\"object\",\"required\":[\"name\"]}"));

    assertThat(order.validate(Json.parse("{\"pet\":{\"name\":\"Rex\"}}"), Carrier.UNSHARED))
        .isEmpty();
    assertThat(order.validate(Json.parse("{\"pet\":{}}"), Carrier.UNSHARED)).hasSize(1);
  }

  @Test
  void modelsReferToEachOtherInACircle() {
    String child =
        "{\"type\":\"object\",\"properties\":{\"parent\":{\"$ref\":\"" + MODELS + "Parent\"}}}";
    String parent =
        "{\"type\":\"object\",\"properties\":{\"child\":{\"$ref\":\""
            + MODELS
            + "Child\"},\"age\":{\"type\":\"integer\"}}}";
    JsonSchema schema =
        JsonSchema.compile(
            MODELS + "Child", child, Map.of(MODELS + "Child", child, MODELS + "Parent", parent));

    assertThat(
            schema.validate(
                Json.parse("{\"parent\":{\"child\":{\"parent\":{\"age\":4}}}}"), Carrier.UNSHARED))
        .isEmpty();
    assertThat(
            schema.validate(
                Json.parse("{\"parent\":{\"child\":{\"parent\":{\"age\":\"4\"}}}}"),
                Carrier.UNSHARED))
        .hasSize(1);
  }

  @Test
  void aModelRefersToDefinitionsInAnother() {
    JsonSchema schema =
        JsonSchema.compile(
            MODELS + "A",
            "{\"$ref\":\"" + MODELS + "B#/definitions/id\"}",
            Map.of(MODELS + "B", "{\"definitions\":{\"id\":{\"type\":\"integer\"}}}"));

    assertThat(schema.validate(Json.parse("1"), Carrier.UNSHARED)).isEmpty();
    assertThat(schema.validate(Json.parse("\"1\""), Carrier.UNSHARED)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://apigateway.amazonaws.com/restapis/abc123/models/Missing",
        "http://127.0.0.1:9/schema.json",
        "file:///etc/passwd",
        "classpath:draft-07/schema",
        "#/definitions/missing",
      })
  void aReferenceThatLeadsNowhereIsFoundOrRefuses(String reference) {
    String schema = "{\"properties\":{\"a\":{\"$ref\":\"" + reference + "\"}}}";

    boolean refuses;
    try {
      refuses = !compile(schema).validate(Json.parse("{\"a\":1}"), Carrier.UNSHARED).isEmpty();
    } catch (JsonSchemaException e) {
      refuses = true;
    }

    assertThat(refuses).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"x\"",
        "{\"$schema\":\"http://example.com/own\"}",
        "{\"pattern\":\"(\"}",
      })
  void whatIsNoSchemaIsRefused(String text) {
    assertThatExceptionOfType(JsonSchemaException.class).isThrownBy(() -> compile(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"^(a+)+$", "^(a|a)*$", "^([a-z]+)*[0-9]$", "(.*)*(.*)*(.*)*x"})
  void aRegularExpressionThatBacktracksEndlesslyRefuses(String pattern) {
    JsonSchema schema = compile("{\"pattern\":\"" + pattern + "\"}");

    assertThat(schema.validate(Json.tree("a".repeat(5_000) + "!"), Carrier.UNSHARED)).isNotEmpty();
  }

  @Test
  void aDeepInstanceOfARecursiveSchemaIsJudgedOrRefused() {
    JsonSchema schema = compile("{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#\"}}}");
    String deep = "{\"a\":".repeat(500) + "1" + "}".repeat(500);

    assertThat(schema.validate(Json.parse(deep), Carrier.UNSHARED)).isNotEmpty();
  }

  @Test
  void alternativesThatMultiplyAreStopped() {
    String alternatives =
        "{\"anyOf\":[{\"$ref\":\"#/definitions/a\"},{\"$ref\":\"#/definitions/a\"}]}";
    JsonSchema schema =
        compile(
            "{\"definitions\":{\"a\":{\"properties\":{\"n\":"
                + alternatives
                + "},\"not\":{\"required\":[\"end\"]}}},\"$ref\":\"#/definitions/a\"}");
    String deep = "{\"n\":".repeat(60) + "{\"end\":1}" + "}".repeat(60);

    assertThat(schema.validate(Json.parse(deep), Carrier.UNSHARED)).isNotEmpty();
  }

  @Test
  void aSchemaThatRefersToItselfIsNoEndlessLoop() {
    JsonSchema schema =
        compile(
            "{\"definitions\":{\"a\":{\"$ref\":\"#/definitions/a\"}},\"$ref\":\"#/definitions/a\"}");

    assertThat(schema.validate(Json.parse("1"), Carrier.UNSHARED)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"items\":{\"type\":\"string\"}}",
        "{\"items\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"boolean\"}]}}",
        "{\"anyOf\":[{\"items\":{\"type\":\"string\"}},{\"items\":{\"type\":\"boolean\"}}]}",
        "{\"oneOf\":[{\"items\":{\"type\":\"string\"}},{\"items\":{\"type\":\"boolean\"}}]}",
        "{\"type\":[{\"items\":{\"type\":\"string\"}},{\"items\":{\"type\":\"boolean\"}}]}",
      })
  void anInstanceThatIsWrongEverywhereIsToldOfInShort(String schema) {
    String instance = "[1" + ",1".repeat(100_000) + "]";

    assertThat(compile(schema).validate(Json.parse(instance), Carrier.UNSHARED)).hasSize(1);
  }

  @Test
  void aNumberBeyondAllIntegersIsNoInteger() {
    JsonSchema schema =
        JsonSchema.compile("a:b", "{\"type\":\"integer\",\"minimum\":0,\"maximum\":9}", Map.of());

    assertThat(schema.validate(Json.parse("1e400"), Carrier.UNSHARED)).isNotEmpty();
    assertThat(schema.validate(Json.parse("-1e400"), Carrier.UNSHARED)).isNotEmpty();
    assertThat(schema.validate(Json.parse("9"), Carrier.UNSHARED)).isEmpty();
  }

  @Test
  void anExpressionThatIsTooLongToCompileIsNone() {
    String schema = "{\"pattern\":\"" + "a".repeat(1 << 20) + "\"}";

    assertThatExceptionOfType(JsonSchemaException.class)
        .isThrownBy(() -> JsonSchema.compile("a:b", schema, Map.of()));
  }

  @Test
  void errorsOfAnAlternativeDoNotHideTheNext() {
    JsonSchema schema =
        compile("{\"anyOf\":[{\"items\":{\"type\":\"string\"}},{\"type\":\"array\"}]}");

    assertThat(schema.validate(Json.parse("[1" + ",1".repeat(100) + "]"), Carrier.UNSHARED))
        .isEmpty();
  }

  @Test
  void aValidationThatGoesOnSaysSo() {
    HeardCarrier carrier = new HeardCarrier();
    String alternatives = "{\"type\":\"object\"},".repeat(9);
    JsonSchema schema =
        compile("{\"items\":{\"anyOf\":[" + alternatives + "{\"type\":\"integer\"}]}}");

    assertThat(schema.validate(Json.parse("[1" + ",1".repeat(1_000) + "]"), carrier)).isEmpty();
    assertThat(carrier.timesComputing()).isGreaterThan(20);
  }
}
