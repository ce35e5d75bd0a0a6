package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class InputDocumentTest {
  private static final InputDocument CREATE_FUNCTION =
      InputDocument.of(AwsApi.LAMBDA, "CreateFunction");
  private static final String WHOLE =
      """
      {"FunctionName": "f", "Role": "arn:aws:iam::000000000000:role/r", "Timeout": 5,
       "Code": {"S3Bucket": "_portico", "S3Key": "/f"}, "Environment": {"Variables": {"Any": "1"}}}
      """;

  @Test
  void aDocumentHasTheTypesOfTheModel() {
    ObjectNode input = CREATE_FUNCTION.read(Json.parse(WHOLE));

    assertThat(input.path("Timeout").intValue()).isEqualTo(5);
    assertThat(input.at("/Environment/Variables/Any").asString()).isEqualTo("1");
  }

  @Test
  void membersOfThePathAreMembersOfTheDocument() {
    InputDocument update = InputDocument.of(AwsApi.LAMBDA, "UpdateFunctionConfiguration");

    assertThat(update.members()).contains("FunctionName", "Timeout").doesNotContain("Code", "Tags");
    assertThat(update.read(Json.object().put("FunctionName", "f")).path("FunctionName").asString())
        .isEqualTo("f");
  }

  @ParameterizedTest
  @CsvSource({
    "Timout, 5, Timout",
    "Environment, {\"variables\": {}}, Environment.variables",
    "FileSystemConfigs, [{\"ARN\": \"a\"}], FileSystemConfigs.ARN"
  })
  void aMemberThatTheModelDoesNotHaveIsNamed(String member, String value, String named) {
    ObjectNode document = (ObjectNode) Json.parse(WHOLE);
    document.set(member, Json.parse(value));

    assertThatThrownBy(() -> CREATE_FUNCTION.read(document))
        .isInstanceOf(ServiceException.class)
        .message()
        .startsWith("unknown member " + named + "; there are ");
  }

  @Test
  void whatARequestIsRefusedForIsRefused() {
    ObjectNode tooShort = ((ObjectNode) Json.parse(WHOLE)).put("Timeout", 0);
    ObjectNode noNumber = (ObjectNode) Json.parse(WHOLE);
    noNumber.set("Timeout", Json.array());

    assertThatThrownBy(() -> CREATE_FUNCTION.read(tooShort))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("Value '0' at 'timeout' failed to satisfy constraint");
    assertThatThrownBy(() -> CREATE_FUNCTION.read(noNumber)).isInstanceOf(ServiceException.class);
    assertThatThrownBy(() -> CREATE_FUNCTION.read(Json.array()))
        .isInstanceOf(ServiceException.class);
  }
}
