package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class OutputWriterTest {

  private static HttpResponse write(AwsApi api, String operation, ObjectNode output) {
    ServiceModel model = ServiceModel.of(api);
    return new OutputWriter(model)
        .write(
            Objects.requireNonNull(model.operation(operation)),
            output,
            Headers.builder().add("x-amzn-RequestId", "1"));
  }

  private static HttpResponse write(AwsApi api, String operation, String output) {
    return write(api, operation, (ObjectNode) Json.parse(output));
  }

  private static String body(HttpResponse response) throws IOException {
    return new String(response.body().readAll(Long.MAX_VALUE), StandardCharsets.UTF_8);
  }

  @Test
  void writesMembersInTheOrderOfTheShapeAndLeavesNullsOut() throws IOException {
    HttpResponse response =
        write(
            AwsApi.API_GATEWAY,
            "CreateRestApi",
            "{\"name\": \"n\", \"description\": null, \"id\": \"i\", \"createdDate\": 1767323045}");

    assertThat(response.status()).isEqualTo(201);
    assertThat(response.headers())
        .isEqualTo(Headers.of("x-amzn-RequestId", "1", "Content-Type", "application/json"));
    assertThat(body(response))
        .isEqualTo("{\"id\":\"i\",\"name\":\"n\",\"createdDate\":1767323045}");
  }

  @Test
  void writesDatesOfV2AsText() throws IOException {
    HttpResponse response = write(AwsApi.API_GATEWAY_V2, "GetApi", "{\"createdDate\": 1767323045}");

    assertThat(body(response)).isEqualTo("{\"createdDate\":\"2026-01-02T03:04:05Z\"}");
  }

  @Test
  void aDoubleKeepsItsFraction() throws IOException {
    HttpResponse response =
        write(
            AwsApi.API_GATEWAY,
            "GetStage",
            "{\"canarySettings\": {\"percentTraffic\": 50, \"useStageCache\": false}}");

    assertThat(body(response))
        .isEqualTo("{\"canarySettings\":{\"percentTraffic\":50.0,\"useStageCache\":false}}");
  }

  @Test
  void aNullInAMapIsAnswered() throws IOException {
    HttpResponse response =
        write(
            AwsApi.API_GATEWAY,
            "PutIntegrationResponse",
            "{\"responseTemplates\": {\"application/json\": null}}");

    assertThat(body(response)).isEqualTo("{\"responseTemplates\":{\"application/json\":null}}");
  }

  @Test
  void anOperationWithoutOutputAnswersNoBody() throws IOException {
    HttpResponse response = write(AwsApi.API_GATEWAY, "DeleteMethod", "{}");

    assertThat(response.status()).isEqualTo(204);
    assertThat(body(response)).isEmpty();
    assertThat(response.headers().contains("Content-Type")).isFalse();
  }

  @Test
  void anExportIsTheBodyAndItsDescriptionHeaders() throws IOException {
    byte[] document = "{\"swagger\": \"2.0\"}".getBytes(StandardCharsets.UTF_8);
    ObjectNode output = Json.object();
    output.put("contentType", "application/json");
    output.put("contentDisposition", "attachment; filename=\"swagger_1.json\"");
    output.put("body", document);

    HttpResponse response = write(AwsApi.API_GATEWAY, "GetExport", output);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body().readAll(1000)).isEqualTo(document);
    assertThat(response.headers().all("Content-Type")).containsExactly("application/json");
    assertThat(response.headers().first("Content-Disposition"))
        .isEqualTo("attachment; filename=\"swagger_1.json\"");
  }

  @Test
  void aStatusThatTheOutputNamesIsTheAnswers() throws IOException {
    ObjectNode output = Json.object();
    output.put("StatusCode", 202).put("ExecutedVersion", "$LATEST");

    HttpResponse response = write(AwsApi.LAMBDA, "Invoke", output);

    assertThat(response.status()).isEqualTo(202);
    assertThat(response.headers().first("X-Amz-Executed-Version")).isEqualTo("$LATEST");
    assertThat(body(response)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CreateRestApi | {\"_links\": {}} | CreateRestApi answers a member that RestApi does not have: _links",
        "DeleteMethod | {\"id\": \"x\"} | DeleteMethod answers a member that Unit does not have: id",
        "GetStage | {\"canarySettings\": {\"percent\": 1}} | GetStage.canarySettings answers a member that CanarySettings does not have: percent",
        "GetRestApis | {\"item\": [{\"nome\": \"x\"}]} | GetRestApis.item[] answers a member that RestApi does not have: nome",
        "GetRestApis | {\"items\": []} | GetRestApis answers a member that RestApis does not have: items",
      })
  void aMemberThatTheShapeDoesNotHaveIsABug(String operation, String output, String fault) {
    assertThatIllegalStateException()
        .isThrownBy(() -> write(AwsApi.API_GATEWAY, operation, output))
        .withMessage(fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": 1}",
        "{\"name\": {}}",
        "{\"createdDate\": \"2026-01-02T03:04:05Z\"}",
        "{\"minimumCompressionSize\": 1.5}",
        "{\"minimumCompressionSize\": \"1\"}",
        "{\"disableExecuteApiEndpoint\": \"true\"}",
        "{\"binaryMediaTypes\": {}}",
        "{\"binaryMediaTypes\": [null]}",
        "{\"tags\": []}",
        "{\"endpointConfiguration\": \"EDGE\"}"
      })
  void aValueOfAnotherTypeIsABug(String output) {
    assertThatIllegalStateException()
        .isThrownBy(() -> write(AwsApi.API_GATEWAY, "GetRestApi", output))
        .withMessageContaining("is due");
  }
}
