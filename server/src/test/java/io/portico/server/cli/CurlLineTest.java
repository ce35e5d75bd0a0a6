package io.portico.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CurlLineTest {
  private static final String STAGE = "http://127.0.0.1:4566/_aws/execute-api/abc/prod";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'/pets':{'post':{},'get':{}}}                | curl STAGE/pets",
        "{'/pets/{id}':{'get':{}},'/z':{'get':{}}}     | curl STAGE/z",
        "{'/a':{'post':{}},'/pets/{id}/{proxy+}':{'get':{}}} | curl STAGE/pets/1/1",
        "{'/':{'parameters':[],'get':{}}}              | curl STAGE/",
        "{'/a':{'x-amazon-apigateway-any-method':{}}}  | curl STAGE/a",
        "{'/a':{'put':{}}} | curl -X PUT -H 'Content-Type: application/json' -d '{}' STAGE/a",
        "{'/a':{'delete':{}}}                          | curl -X DELETE STAGE/a",
        "{'/a':{'head':{}}}                            | curl -I STAGE/a",
        "{'/a b$(x)':{'get':{}}}                       | curl 'STAGE/a b$(x)'",
      },
      quoteCharacter = '"')
  void callsTheOperationThatNeedsTheLeast(String paths, String line) {
    String document = "{\"paths\":" + paths.replace('\'', '"') + "}";

    assertThat(CurlLine.of(Json.parse(document), STAGE)).hasValue(line.replace("STAGE", STAGE));
  }

  @Test
  void aDefinitionWithoutOperationsHasNone() {
    assertThat(CurlLine.of(Json.parse("{\"paths\":{\"/a\":{\"parameters\":[]}}}"), STAGE))
        .isEmpty();
    assertThat(CurlLine.of(Json.parse("{}"), STAGE)).isEmpty();
  }
}
