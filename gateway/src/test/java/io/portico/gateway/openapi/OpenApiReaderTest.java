package io.portico.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

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

    assertThat(three.paths()).isEqualTo(two.paths());
    assertThat(three.basePath()).isEqualTo(two.basePath()).isEqualTo("/v1");
    assertThat(three.title()).isEqualTo(two.title()).isEqualTo("Pets");
    assertThat(three.version()).isEqualTo(two.version()).isEqualTo("1.0");
    assertThat(three.schemas()).isEqualTo(two.schemas()).containsOnlyKeys("Pet");
    assertThat(three.securitySchemes()).isEqualTo(two.securitySchemes()).containsOnlyKeys("key");
    assertThat(three.security()).isEqualTo(two.security());
    assertThat(three.extensions()).isEqualTo(two.extensions());
    assertThat(two.paths().getFirst().operations())
        .extracting(Operation::method)
        .containsExactly("put", "x-any");
  }

  @Test
  void anOperationThatSaysNothingOfSecurityIsToldFromOneThatDemandsNone() {
    OpenApiDocument document =
        read(
            "{\"swagger\": \"2.0\", \"info\": {\"title\": \"t\"}, \"paths\": {\"/\":"
                + " {\"get\": {}, \"put\": {\"security\": []}, \"post\": {\"security\": null}}}}");

    assertThat(document.paths().getFirst().operations())
        .extracting(operation -> operation.security() == null)
        .containsExactly(true, false, true);
  }

  @Test
  void documentsBeyondTheLimitAreRefused() {
    byte[] document = " ".repeat(100_001).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> reader.parse(document))
        .isInstanceOf(OpenApiException.class)
        .hasMessage("The document is longer than 100000 bytes");
  }

  private OpenApiDocument read(String text) {
    JsonNode tree = reader.parse(text.getBytes(StandardCharsets.UTF_8));
    return reader.read(tree);
  }
}
