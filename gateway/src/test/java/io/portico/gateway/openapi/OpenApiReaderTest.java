package io.portico.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class OpenApiReaderTest {
  private static final String VERSION_2 =
      """
      swagger: "2.0"
      info: {title: Pets, version: 1.0, description: about}
      basePath: /v1
      produces: [application/json]
      paths:
        /pets/{id}:
          parameters:
          - {name: id, in: path, required: true, type: string}
          put:
            operationId: putPet
            consumes: [text/plain]
            parameters:
            - {name: pet, in: body, schema: {type: string}}
            security: [{key: []}]
            responses:
              200: {description: ok, schema: {$ref: "#/definitions/Pet"}, headers: {X: {type: string}}}
            x-own: 1
          x-any: {responses: {}}
      definitions: {Pet: {type: object}}
      securityDefinitions: {key: {type: apiKey, name: k, in: header, x-how: y}}
      security: [{key: [a, b]}]
      x-root: true
      """;
  private static final String VERSION_3 =
      """
      {"openapi": "3.0.3", "info": {"title": "Pets", "version": 1.0, "description": "about"},
       "servers": [{"url": "https://example.com/v1"}],
       "paths": {"/pets/{id}": {
         "parameters": [{"$ref": "#/components/parameters/id"}],
         "put": {
           "operationId": "putPet",
           "requestBody": {"content": {"text/plain": {"schema": {"type": "string"}}}},
           "security": [{"key": []}],
           "responses": {"200": {"$ref": "#/components/responses/ok"}},
           "x-own": 1},
         "x-any": {"responses": {}}}},
       "components": {
         "parameters": {"id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}},
         "responses": {"ok": {
           "content": {"application/json": {"schema": {"$ref": "#/definitions/Pet"}}},
           "headers": {"X": {}}}},
         "schemas": {"Pet": {"type": "object"}},
         "securitySchemes": {"key": {"type": "apiKey", "name": "k", "in": "header", "x-how": "y"}}},
       "security": [{"key": ["a", "b"]}],
       "x-root": true}
      """;

  private final OpenApiReader reader = new OpenApiReader(100_000, Set.of("x-any"));

  @Test
  void theSameApiInBothVersionsIsReadAsTheSame() {
    OpenApiDocument two = read(VERSION_2);
    OpenApiDocument three = read(VERSION_3);

    assertThat(three.paths()).containsExactlyElementsOf(two.paths()).hasSize(1);
    assertThat(three.basePath()).isEqualTo(two.basePath()).isEqualTo("/v1");
    assertThat(three.title()).isEqualTo(two.title()).isEqualTo("Pets");
    assertThat(three.version()).isEqualTo(two.version()).isEqualTo("1.0");
    assertThat(three.schemas()).isEqualTo(two.schemas()).containsOnlyKeys("Pet");
    assertThat(three.securitySchemes()).isEqualTo(two.securitySchemes()).containsOnlyKeys("key");
    assertThat(three.security()).isEqualTo(two.security());
    assertThat(three.extensions()).isEqualTo(two.extensions());
    assertThat(two.paths().iterator().next().operations())
        .extracting(Operation::method)
        .containsExactly("put", "x-any");
  }

  @Test
  void anOperationThatSaysNothingOfSecurityIsToldFromOneThatDemandsNone() {
    OpenApiDocument document =
        read(
            "{\"swagger\": \"2.0\", \"info\": {\"title\": \"t\"}, \"paths\": {\"/\":"
                + " {\"get\": {}, \"put\": {\"security\": []}, \"post\": {\"security\": null}}}}");

    assertThat(document.paths().iterator().next().operations())
        .extracting(operation -> operation.security() == null)
        .containsExactly(true, false, true);
  }

  @Test
  void documentsBeyondTheLimitAreRefused() {
    byte[] document = " ".repeat(100_001).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> reader.read(document, tree -> {}))
        .isInstanceOf(OpenApiException.class)
        .hasMessage("The document is longer than 100000 bytes");
  }

  private OpenApiDocument read(String text) {
    return reader.read(text.getBytes(StandardCharsets.UTF_8), tree -> {});
  }

  @Test
  void referencesToPathsAreFollowedWhereverThePathsStand() {
    for (String paths :
        new String[] {
          "{\"/a\": {\"get\": {\"responses\": {\"200\": {\"headers\": {\"X\": {}}}}}},"
              + " \"/b\": {\"$ref\": \"#/paths/~1a\"}}",
          "{\"/b\": {\"get\": {\"responses\":"
              + " {\"200\": {\"$ref\": \"#/paths/~1a/get/responses/200\"}}}},"
              + " \"/a\": {\"get\": {\"responses\": {\"200\": {\"headers\": {\"X\": {}}}}}}}"
        }) {
      OpenApiDocument document =
          read("{\"swagger\": \"2.0\", \"info\": {\"title\": \"t\"}, \"paths\": " + paths + "}");

      assertThat(document.paths())
          .hasSize(2)
          .allSatisfy(
              item ->
                  assertThat(item.operations().getFirst().responses())
                      .extracting(Response::headers)
                      .containsExactly(List.of("X")));
    }
  }

  @Test
  void aReferenceIntoPathsThatLeadsNowhereIsRefused() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"swagger\": \"2.0\", \"info\": {\"title\": \"t\"}, \"paths\":"
                        + " {\"/b\": {\"$ref\": \"#/paths/~1a\"}}}"))
        .isInstanceOf(OpenApiException.class)
        .hasMessage("/b: the reference #/paths/~1a leads nowhere");
  }

  @Test
  void theChangeIsMadeToEachPartOnce() {
    OpenApiDocument document =
        reader.read(
            "{\"swagger\": \"2.0\", \"info\": {\"title\": \"t\"}, \"paths\": {\"/\": {\"get\": {\"x-a\": 1}}}}"
                .getBytes(StandardCharsets.UTF_8),
            part ->
                ((ObjectNode) part)
                    .optional("get")
                    .ifPresent(
                        get -> ((ObjectNode) get).put("x-a", get.get("x-a").intValue() + 1)));

    for (int again = 0; again < 2; again++) {
      assertThat(document.paths().iterator().next().operations().getFirst().extensions())
          .isEqualTo(Json.parse("{\"x-a\": 2}"));
    }
  }
}
