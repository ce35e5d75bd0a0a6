package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClonedReferencesTest {
  private final ClonedReferences references = new ClonedReferences("source", "copy");

  @Test
  void leadToTheCopyHoweverTheyAreWritten() {
    String schema =
        """
        {"items": [{"$ref": "https:\\/\\/apigateway.amazonaws.com/restapis/source/models/Pet#/definitions/id"}],
         "not": {"$ref": "https://apigateway.amazonaws.com/restapis/source/models/Toy"}}
        """;

    assertThat(Json.parse(references.in(schema)))
        .isEqualTo(
            Json.parse(
                """
                {"items": [{"$ref": "https://apigateway.amazonaws.com/restapis/copy/models/Pet#/definitions/id"}],
                 "not": {"$ref": "https://apigateway.amazonaws.com/restapis/copy/models/Toy"}}
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no { json",
        "{ \"$ref\" : \"#/definitions/a\" }",
        "{ \"$ref\" : \"https://apigateway.amazonaws.com/restapis/source2/models/Pet\" }",
        "{ \"properties\" : {\"$ref\" : {\"type\" : \"string\"}} }",
      })
  void keepASchemaAsItIsWrittenThatNamesNoModelOfTheSource(String schema) {
    assertThat(references.in(schema)).isEqualTo(schema);
  }
}
