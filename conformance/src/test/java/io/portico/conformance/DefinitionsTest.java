package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Definitions of some size come in, go out and come in again without a change, in each form they
 * can have: {@code fleet.yaml} (OpenAPI 3.0, 60 paths, models and authorizers), {@code
 * library.json} (Swagger 2.0 with documentation parts) and {@code harbour.yaml}, which Portico has
 * exported.
 */
@Portico
final class DefinitionsTest {
  private static final String STAGE = "prod";
  private static final int MOST = 500;

  private static JavaSdk sdk;

  @BeforeAll
  static void open(Endpoint endpoint) {
    sdk = JavaSdk.of(endpoint);
  }

  @AfterAll
  static void close() {
    sdk.close();
  }

  static Stream<Arguments> definitionsAndForms() {
    return Stream.of("fleet.yaml", "library.json", "harbour.yaml")
        .flatMap(
            definition ->
                Stream.of("oas30", "swagger")
                    .flatMap(
                        type ->
                            Stream.of("application/json", "application/yaml")
                                .map(form -> Arguments.of(definition, type, form))));
  }

  @ParameterizedTest
  @MethodSource("definitionsAndForms")
  void anExportPutOverItsApiChangesNothing(String definition, String type, String form) {
    String api = imported(read(definition));
    List<JsonNode> before = everything(api);
    String exported = exported(api, type, form);

    for (String mode : List.of("overwrite", "merge")) {
      call("PutRestApi", api, Map.of("mode", mode, "failOnWarnings", true, "body", exported));

      assertThat(everything(api)).as(mode).isEqualTo(before);
    }
    publish(api, "again");
    assertThat(versionless(exported(api, type, form))).isEqualTo(versionless(exported));
  }

  @ParameterizedTest
  @MethodSource("definitionsAndForms")
  void anExportImportsAsTheSameApi(String definition, String type, String form) {
    String first = imported(read(definition));
    String exported = exported(first, type, form);

    String second = imported(exported);

    String again = exported(second, type, form).replace(second, first);
    assertThat(versionless(again)).isEqualTo(versionless(exported));
  }

  private static String read(String definition) {
    try (InputStream in = DefinitionsTest.class.getResourceAsStream("/definitions/" + definition)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new API that a stage serves and documents; its id. */
  private static String imported(String document) {
    String api =
        sdk.call("ImportRestApi", Map.of("body", document, "failOnWarnings", true))
            .get("id")
            .asString();
    publish(api, "1.0");
    return api;
  }

  private static void publish(String api, String version) {
    call("CreateDeployment", api, Map.of("stageName", STAGE));
    call(
        "CreateDocumentationVersion",
        api,
        Map.of("documentationVersion", version, "stageName", STAGE));
  }

  private static List<JsonNode> everything(String api) {
    return List.of(
        call("GetRestApi", api, Map.of()),
        call("GetResources", api, Map.of("embed", List.of("methods"), "limit", MOST)),
        call("GetModels", api, Map.of("limit", MOST)),
        call("GetAuthorizers", api, Map.of("limit", MOST)),
        call("GetRequestValidators", api, Map.of("limit", MOST)),
        call("GetGatewayResponses", api, Map.of("limit", MOST)),
        call("GetDocumentationParts", api, Map.of("limit", MOST)));
  }

  private static String exported(String api, String type, String form) {
    return call(
            "GetExport",
            api,
            Map.of(
                "stageName",
                STAGE,
                "exportType",
                type,
                "accepts",
                form,
                "parameters",
                Map.of("extensions", "apigateway,documentation")))
        .get("body")
        .asString();
  }

  /** Without the name and the date of the documentation version. */
  private static String versionless(String document) {
    return document
        .replaceFirst("(createdDate\"?) ?: \"[^\"]*\"", "$1: date")
        .replaceFirst("(documentation\"? ?:[\\s{]*\"?version\"? ?: )\"[^\"]*\"", "$1version");
  }

  private static JsonNode call(String operation, String api, Map<String, ?> members) {
    Map<String, Object> input = new HashMap<>(members);
    input.put("restApiId", api);
    return sdk.call(operation, input);
  }
}
