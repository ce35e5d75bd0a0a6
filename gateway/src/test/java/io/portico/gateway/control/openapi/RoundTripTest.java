package io.portico.gateway.control.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.openapi.OpenApiDocument;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is imported, exported and imported again is the same API. */
final class RoundTripTest {
  /** Private, as one of the documents names VPC endpoints. */
  private static final ImportOptions STRICT =
      new ImportOptions(true, ImportOptions.BasePathMode.IGNORE, List.of("PRIVATE"), false, 0);

  static Stream<Arguments> documentsAndForms() {
    return Stream.of("petstore.yaml", "orders.json", "library.yaml")
        .flatMap(
            document ->
                Stream.of("swagger", "oas30")
                    .flatMap(
                        type ->
                            Stream.of("application/json", "application/yaml")
                                .map(form -> Arguments.of(document, type, form))));
  }

  @ParameterizedTest
  @MethodSource("documentsAndForms")
  void anExportImportsAsTheSameApi(String document, String type, String form) {
    ApiDefinition first =
        TestApis.importNew(TestApis.importer(), TestApis.document(document), STRICT).definition();

    ExportedApi exported = export(first, type, form);
    ApiDefinition second =
        TestApis.importNew(TestApis.importer(), bytes(exported), STRICT).definition();

    assertThat(view(second)).isEqualTo(expected(document, type, first));
    assertThat(export(second, type, form)).isEqualTo(exported);
  }

  @ParameterizedTest
  @MethodSource("documentsAndForms")
  void anExportPutOverItsApiChangesNothing(String document, String type, String form) {
    OpenApiImporter importer = TestApis.importer();
    ApiDefinition first =
        TestApis.importNew(importer, TestApis.document(document), STRICT).definition();

    OpenApiDocument exported = TestApis.read(importer, bytes(export(first, type, form)));

    if (!type.equals("swagger") || !document.equals("orders.json")) {
      for (ImportResult put :
          List.of(
              importer.overwrite(exported, first, List.of(), VpcLinks.NONE, STRICT),
              importer.merge(exported, first, List.of(), VpcLinks.NONE, STRICT))) {
        assertThat(asStored(put.definition())).isEqualTo(asStored(first));
      }
    }
  }

  /** As the store lists it: by ids, where documents list by names. */
  private static ApiDefinition asStored(ApiDefinition definition) {
    return new ApiDefinition(
        definition.api(),
        definition.resources(),
        definition.authorizers().stream()
            .sorted(Comparator.comparing(AuthorizerRecord::id))
            .toList(),
        definition.models(),
        definition.requestValidators().stream()
            .sorted(Comparator.comparing(RequestValidatorRecord::id))
            .toList(),
        definition.gatewayResponses());
  }

  /** OpenAPI 2.0 has one body for all content types: the second model of orders.json is lost. */
  private static JsonNode expected(String document, String type, ApiDefinition first) {
    JsonNode view = view(first);
    return type.equals("swagger") && document.equals("orders.json")
        ? Json.parse(
            Json.text(view)
                .replace("\"application/xml\":\"Text\"", "\"application/xml\":\"Order\""))
        : view;
  }

  private static ExportedApi export(ApiDefinition definition, String type, String form) {
    return OpenApiExporter.export(
        definition, TestApis.stage("prod"), null, type, form, Map.of("extensions", "apigateway"));
  }

  private static JsonNode view(ApiDefinition definition) {
    return DefinitionView.of(definition);
  }

  private static byte[] bytes(ExportedApi exported) {
    return exported.body().getBytes(StandardCharsets.UTF_8);
  }
}
