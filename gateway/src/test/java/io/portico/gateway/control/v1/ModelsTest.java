package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.compute.ComputeTime;
import io.portico.gateway.json.Json;
import io.portico.gateway.jsonschema.JsonSchema;
import io.portico.gateway.vtl.Budget;
import io.portico.gateway.vtl.VtlObject;
import io.portico.gateway.vtl.VtlTemplate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of models' schemas: imported ones, flattened ones, templates made from them. */
final class ModelsTest {
  private static final String IMPORTED =
      """
      swagger: "2.0"
      info: {title: pets}
      paths: {}
      definitions: {Pet: {type: object, example: {name: Rex}}}
      """;

  private final TestControlPlane plane = new TestControlPlane();

  @Test
  void anImportedApiHasTheModelsOfItsDocumentOnly() {
    // MOD-02
    assertThat(plane.call("GetModels", imported("swagger: '2.0'\ninfo: {title: t}")).get("item"))
        .isEmpty();
    assertThat(plane.call("GetModels", imported(IMPORTED)).at("/item/0/name").asString())
        .isEqualTo("Pet");
  }

  @Test
  void whatAnImportBroughtStaysUntilItIsReplaced() {
    ObjectNode pet = imported(IMPORTED).put("modelName", "Pet");
    String schema = plane.call("GetModel", pet).get("schema").asString();

    ObjectNode described = plane.call("UpdateModel", patch(pet, "/description", "a pet"));

    assertThat(described.get("description").asString()).isEqualTo("a pet");
    assertThat(described.get("schema").asString()).isEqualTo(schema).contains("example");
    assertThatThrownBy(() -> plane.call("UpdateModel", patch(pet, "/schema", "{\"example\": 1}")))
        .hasMessageEndingWith("Unsupported keyword(s): [\"example\"]]");
  }

  @Test
  void aSchemaOfMoreThan400KbIsRefused() {
    ObjectNode api = fresh();
    int most = 400 * 1024;

    ObjectNode taken = create(api, "Most", "{}" + " ".repeat(most - 2));

    assertThat(taken.get("schema").asString()).hasSize(most);
    assertThatThrownBy(() -> create(api, "More", "{}" + " ".repeat(most - 1)))
        .hasMessage("The schema of model More exceeds the limit of 409600 bytes");
  }

  @Test
  void aFlatSchemaSaysWhatTheModelsSay() {
    ObjectNode api = fresh();
    create(api, "Toy", "{\"type\": \"object\", \"required\": [\"colour\"]}");
    create(
        api,
        "Pet",
        "{\"definitions\": {\"age\": {\"minimum\": 1}}, \"properties\":"
            + " {\"age\": {\"$ref\": \"#/definitions/age\"}, \"toy\": {\"$ref\": \""
            + url(api, "Toy")
            + "\"}}}");
    // A circle: Toy refers back.
    plane.call(
        "UpdateModel",
        patch(
            named(api, "Toy"),
            "/schema",
            "{\"required\": [\"colour\"], \"properties\": {\"of\": {\"$ref\": \""
                + url(api, "Pet")
                + "\"}}}"));

    String flat =
        plane.call("GetModel", named(api, "Pet").put("flatten", true)).get("schema").asString();
    JsonSchema schema = JsonSchema.compile("urn:flat", flat, Map.of());

    assertThat(flat).doesNotContain("https:");
    assertThat(allows(schema, "{\"age\": 1, \"toy\": {\"colour\": 1, \"of\": {\"age\": 2}}}"))
        .isTrue();
    assertThat(allows(schema, "{\"age\": 0}")).isFalse();
    assertThat(allows(schema, "{\"toy\": {}}")).isFalse();
    assertThat(allows(schema, "{\"toy\": {\"colour\": 1, \"of\": {\"age\": 0}}}")).isFalse();
  }

  @Test
  void modelsWithDefinitionsOfTheirOwnAndOthersThanJsonAreExported() {
    ObjectNode api = fresh();
    create(
        api,
        "Pet",
        "{\"definitions\": {\"age\": {\"minimum\": 1}}, \"properties\": {\"age\": {\"$ref\":"
            + " \"#/definitions/age\"}, \"mother\": {\"$ref\": \"#\"}}}");
    create(api, "Age", "{\"$ref\": \"" + url(api, "Pet") + "#/definitions/age\"}");
    plane.call(
        "CreateModel",
        api.deepCopy().put("name", "Markup").put("contentType", "text/xml").put("schema", "<a/>"));

    String document = exported(api);
    ObjectNode again = imported(document);
    plane.call("DeleteMethod", rootMethod(again));

    assertThat(Json.parse(document).at("/definitions/Age"))
        .isEqualTo(Json.parse("{\"$ref\": \"#/definitions/Pet/definitions/age\"}"));
    assertThat(Json.parse(document).at("/definitions").has("Markup")).isFalse();
    assertThat(Json.parse(exported(again)).get("definitions"))
        .isEqualTo(Json.parse(document).get("definitions"));
    String flat =
        plane.call("GetModel", named(again, "Age").put("flatten", true)).get("schema").asString();
    assertThat(allows(JsonSchema.compile("urn:age", flat, Map.of()), "1")).isTrue();
    assertThat(allows(JsonSchema.compile("urn:age", flat, Map.of()), "0")).isFalse();
  }

  private String exported(ObjectNode api) {
    ObjectNode method = rootMethod(api);
    plane.call("PutMethod", method.deepCopy().put("authorizationType", "NONE"));
    plane.call("PutIntegration", method.deepCopy().put("type", "MOCK"));
    plane.call("CreateDeployment", api.deepCopy().put("stageName", "prod"));
    ObjectNode export =
        plane.call(
            "GetExport", api.deepCopy().put("stageName", "prod").put("exportType", "swagger"));
    return new String(export.get("body").binaryValue(), StandardCharsets.UTF_8);
  }

  private ObjectNode rootMethod(ObjectNode api) {
    return api.deepCopy()
        .put("resourceId", plane.call("GetRestApi", api).get("rootResourceId").asString())
        .put("httpMethod", "GET");
  }

  @Test
  void anImportBringsNoModelThatIsTooLarge() {
    String document =
        "swagger: '2.0'\ninfo: {title: t}\ndefinitions: {Pet: {description: '%s'}}"
            .formatted("x".repeat(400 * 1024));

    assertThatThrownBy(() -> imported(document))
        .hasMessage("The schema of model Pet exceeds the limit of 409600 bytes");
  }

  private static boolean allows(JsonSchema schema, String instance) {
    return schema.validate(Json.parse(instance), Carrier.UNSHARED).isEmpty();
  }

  @Test
  void aTemplateMakesWhatTheModelAllows() {
    ObjectNode api = fresh();
    String schema =
        """
        {"type": "array", "minItems": 2, "items": {"type": "object", "required": ["name", "tags", "size"],
         "additionalProperties": false, "properties": {
           "name \\"quoted\\"": {"type": "string"}, "name": {"type": "string"},
           "size": {"type": "object", "required": ["width"], "properties": {"width": {"type": "number"}}},
           "tags": {"type": "array", "minItems": 2, "items": {"type": "integer"}}}}}
        """;
    create(api, "Pets", schema);

    String template = plane.call("GetModelTemplate", named(api, "Pets")).get("value").asString();
    String made =
        VtlTemplate.parse(template)
            .render(
                Map.of("input", new TwoElements()),
                new Budget(
                    new ComputeTime(System.nanoTime() + 20_000_000_000L, Carrier.UNSHARED),
                    100_000,
                    1_000));

    assertThat(allows(JsonSchema.compile("urn:pets", schema, Map.of()), made)).isTrue();
  }

  @Test
  void aTemplateEndsHoweverOftenModelsReferToOthers() {
    ObjectNode api = fresh();
    create(api, "M0", "{\"type\": \"string\"}");
    for (int i = 1; i <= 40; i++) {
      String below = "{\"$ref\": \"" + url(api, "M" + (i - 1)) + "\"}";
      create(api, "M" + i, "{\"properties\": {\"a\": " + below + ", \"b\": " + below + "}}");
    }

    String template = plane.call("GetModelTemplate", named(api, "M40")).get("value").asString();

    assertThat(template).contains("{ }").hasSizeLessThan(2_000_000);
  }

  private ObjectNode fresh() {
    return of(plane.call("CreateRestApi", Json.object().put("name", "pets")));
  }

  private ObjectNode imported(String document) {
    ObjectNode input = Json.object();
    input.put("body", document.getBytes(StandardCharsets.UTF_8));
    return of(plane.call("ImportRestApi", input));
  }

  private static ObjectNode of(ObjectNode api) {
    return Json.object().put("restApiId", api.get("id").asString());
  }

  private ObjectNode create(ObjectNode api, String name, String schema) {
    return plane.call(
        "CreateModel",
        api.deepCopy()
            .put("name", name)
            .put("contentType", "application/json")
            .put("schema", schema));
  }

  private static ObjectNode named(ObjectNode api, String name) {
    return api.deepCopy().put("modelName", name);
  }

  private static String url(ObjectNode api, String name) {
    return "https://apigateway.amazonaws.com/restapis/"
        + api.get("restApiId").asString()
        + "/models/"
        + name;
  }

  private static ObjectNode patch(ObjectNode input, String path, String value) {
    ObjectNode patch = input.deepCopy();
    patch
        .putArray("patchOperations")
        .addObject()
        .put("op", "replace")
        .put("path", path)
        .put("value", value);
    return patch;
  }

  /** An {@code $input} whose payload is a list of two. */
  private static final class TwoElements extends VtlObject {
    @Override
    public @Nullable Object property(String name) {
      return null;
    }

    @Override
    public @Nullable Object call(String method, Object[] arguments, Budget budget) {
      return method.equals("path") ? List.of("a", "b") : null;
    }

    @Override
    public String toString() {
      return "";
    }
  }
}
