package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas that are deep, go in circles or multiply, by calls and by imports. Each is a model or
 * refused; what is made of those that are kept is made or refused, in a time that its size allows.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileSchemasTest {
  private final TriedApi api = new TriedApi();

  static Stream<Named<String>> schemas() {
    return Stream.of(
            TriedApi.DEPTHS.stream()
                .map(depth -> Named.of("items " + depth + " deep", TriedApi.deep("items", depth))),
            TriedApi.DEPTHS.stream()
                .map(depth -> Named.of("not " + depth + " deep", TriedApi.deep("not", depth))),
            TriedApi.DEPTHS.stream()
                .map(
                    depth ->
                        Named.of(
                            "properties " + depth + " deep",
                            "{\"type\":\"object\",\"properties\":{\"a\":".repeat(depth)
                                + "{}"
                                + "}}".repeat(depth))),
            TriedApi.DEPTHS.stream()
                .map(
                    depth ->
                        Named.of(
                            "allOf " + depth + " deep",
                            "{\"allOf\":[".repeat(depth) + "{}" + "]}".repeat(depth))),
            TriedApi.DEPTHS.stream()
                .map(
                    depth ->
                        Named.of(
                            "an example " + depth + " deep",
                            "{\"default\":" + "[".repeat(depth) + "]".repeat(depth) + "}")),
            Stream.of(
                Named.of("a circle of one", "{\"$ref\":\"#\"}"),
                Named.of(
                    "a circle through items", "{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}"),
                Named.of(
                    "a circle of definitions",
                    """
                    {"definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}},
                     "properties": {"x": {"$ref": "#/definitions/a"}}}
                    """),
                Named.of("definitions that multiply", multiplying("#/definitions/d%d")),
                Named.of("a pattern that backtracks", "{\"pattern\":\"^(a+)+$\"}"),
                Named.of("a pattern of brackets", "{\"pattern\":\"" + "(".repeat(10_000) + "\"}"),
                Named.of(
                    "a pattern 5,000 deep",
                    "{\"pattern\":\"" + "(a".repeat(5_000) + ")".repeat(5_000) + "\"}"),
                Named.of(
                    "twenty thousand properties",
                    IntStream.range(0, 20_000)
                        .mapToObj("\"p%d\":{}"::formatted)
                        .collect(Collectors.joining(",", "{\"properties\":{", "}}"))),
                Named.of(
                    "names that are none",
                    "{\"type\":\"object\",\"properties\":{\"../../x\":{\"type\":\"string\"},"
                        + "\"a\\u0000b\":{},\"\":{},\"class\":{},\"a\\r\\nb\":{},\"\\\"; */ //\":{},"
                        + "\"</script>\":{},\"${a}\":{}}}"),
                Named.of("bounds without bounds", "{\"minLength\":1e400,\"maximum\":-1e400}"),
                Named.of("half a pair", "{\"title\":\"\\ud800\"}")))
        .flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void aSchemaIsAModelOrARefusal(String schema) {
    if (api.attempt("CreateModel", named("Hostile").put("schema", schema))) {
      assertThat(api.attempt("PutMethod", method("Hostile"))).isTrue();
      assertThat(api.attempt("PutMethodResponse", response("Hostile"))).isTrue();
      ObjectNode integration = api.method().put("httpMethod", "PUT").put("type", "MOCK");
      assertThat(api.attempt("PutIntegration", integration)).isTrue();
    }

    api.makeEverything();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void aSchemaOfADocumentIsAModelOrARefusal(String schema) {
    for (String document :
        List.of(
            "{\"swagger\":\"2.0\",\"info\":{\"title\":\"t\"},\"definitions\":{\"Hostile\":%s},\"paths\":"
                + "{\"/a\":{\"post\":{\"parameters\":[{\"in\":\"body\",\"name\":\"b\",\"schema\":"
                + "{\"$ref\":\"#/definitions/Hostile\"}}]}}}}",
            "{\"openapi\":\"3.0.1\",\"info\":{\"title\":\"t\"},\"components\":{\"schemas\":{\"Hostile\":%s}},"
                + "\"paths\":{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"application/json\":"
                + "{\"schema\":{\"$ref\":\"#/components/schemas/Hostile\"}}}}}}}}")) {
      api.importInEveryWay(document.formatted(schema));
    }
  }

  @Test
  void modelsThatReferToEachOtherAreRead() {
    model("A", "{\"properties\":{\"a\":{}}}");
    model("B", "{\"properties\":{\"a\":" + reference("A") + "}}");
    change("A", "{\"properties\":{\"b\":" + reference("B") + "}}");
    api.makeEverything();

    change("A", "{\"allOf\":[" + reference("B") + "," + reference("A") + "]}");
    change("B", reference("A"));
    api.makeEverything();
  }

  @Test
  void modelsWhoseReferencesMultiplyAreRead() {
    model("M0", "{\"type\":\"object\"}");
    for (int i = 1; i < 20; i++) {
      String before = reference("M" + (i - 1));
      model("M" + i, "{\"properties\":{\"a\":%1$s,\"b\":%1$s,\"c\":%1$s}}".formatted(before));
    }
    assertThat(api.attempt("PutMethod", method("M19"))).isTrue();
    api.makeEverything();
  }

  @Test
  void aLongChainOfModelsIsRead() {
    model("M0", "{\"type\":\"object\"}");
    for (int i = 1; i < 600; i++) {
      model("M" + i, "{\"properties\":{\"a\":" + reference("M" + (i - 1)) + "}}");
    }
    assertThat(api.attempt("PutMethod", method("M599"))).isTrue();
    api.makeEverything();
  }

  private void model(String name, String schema) {
    assertThat(api.attempt("CreateModel", named(name).put("schema", schema))).as(schema).isTrue();
  }

  private ObjectNode named(String name) {
    return api.named().put("name", name).put("contentType", "application/json");
  }

  private void change(String name, String schema) {
    api.attempt(
        "UpdateModel", TriedApi.replacing(api.named().put("modelName", name), "/schema", schema));
  }

  private String reference(String name) {
    return "{\"$ref\":\"https://apigateway.amazonaws.com/restapis/%s/models/%s\"}"
        .formatted(api.named().get("restApiId").asString(), name);
  }

  /** A method whose bodies are of a model. */
  private ObjectNode method(String model) {
    JsonNode validators = api.plane.call("GetRequestValidators", api.named()).get("item");
    ObjectNode method =
        api.method()
            .put("httpMethod", "PUT")
            .put("authorizationType", "NONE")
            .put("requestValidatorId", validators.get(0).get("id").asString());
    method.putObject("requestModels").put("application/json", model);
    return method;
  }

  private ObjectNode response(String model) {
    ObjectNode response = api.method().put("httpMethod", "PUT").put("statusCode", "200");
    response.putObject("responseModels").put("application/json", model);
    return response;
  }

  private static String multiplying(String reference) {
    StringBuilder schema = new StringBuilder("{\"definitions\":{\"d0\":{\"type\":\"object\"}");
    for (int i = 1; i < 20; i++) {
      String before = "{\"$ref\":\"" + reference.formatted(i - 1) + "\"}";
      schema.append(",\"d%d\":{\"properties\":{".formatted(i));
      schema.append("\"a\":%1$s,\"b\":%1$s,\"c\":%1$s}}".formatted(before));
    }
    return schema.append("},\"$ref\":\"#/definitions/d19\"}").toString();
  }
}
