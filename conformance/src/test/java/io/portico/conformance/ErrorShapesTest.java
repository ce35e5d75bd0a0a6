package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.BadRequestException;
import software.amazon.awssdk.services.apigateway.model.ConflictException;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

/** An error reaches each client as the class it has for it, with AWS's text: facts GEN-01. */
@Portico
final class ErrorShapesTest {
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/apigateway/aws4_request,"
          + " SignedHeaders=host, Signature="
          + "0".repeat(64);

  @EveryClient
  void anUnknownApiIsNotFound(AwsClient client, Endpoint endpoint) {
    AwsFailure failure = failure(client, "DeleteRestApi", Map.of("restApiId", "nosuchapi0"));

    assertThat(failure.code()).isEqualTo("NotFoundException");
    assertThat(failure.type()).isEqualTo("NotFoundException");
    assertThat(failure.status()).isIn(0, 404);
    assertThat(failure.text()).contains("Invalid API identifier specified").contains("nosuchapi0");
  }

  @EveryClient
  void aValueThatAwsRefusesIsABadRequest(AwsClient client, Endpoint endpoint) {
    AwsFailure failure =
        failure(client, "CreateRestApi", Map.of("name", "refused", "description", ""));

    assertThat(failure.type()).isEqualTo("BadRequestException");
    assertThat(failure.text()).isEqualTo("Description cannot be an empty string");
  }

  @EveryClient
  void aNameThatIsTakenIsAConflict(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");

    AwsFailure failure =
        failure(
            client,
            "CreateResource",
            Map.of("restApiId", api.id(), "parentId", api.root(), "pathPart", "pets"));

    assertThat(failure.type()).isEqualTo("ConflictException");
    assertThat(failure.text())
        .isEqualTo("Another resource with the same parent already has this name: pets");
  }

  @Test
  void theJavaSdkThrowsItsOwnClasses(ApiGatewayClient client) {
    assertThatThrownBy(() -> client.getRestApi(r -> r.restApiId("nosuchapi0")))
        .isInstanceOfSatisfying(
            NotFoundException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(404);
              assertThat(e.requestId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            });
    assertThatThrownBy(() -> client.createRestApi(r -> r.name("x").description("")))
        .isInstanceOf(BadRequestException.class);
    String api = client.createRestApi(r -> r.name("twice")).id();
    String root = client.getResources(r -> r.restApiId(api)).items().getFirst().id();
    client.createResource(r -> r.restApiId(api).parentId(root).pathPart("a"));
    assertThatThrownBy(
            () -> client.createResource(r -> r.restApiId(api).parentId(root).pathPart("a")))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void theWireCarriesTypeTextAndRequestId(Endpoint endpoint) {
    HttpResponse<String> response =
        Caller.send(
            HttpRequest.newBuilder(endpoint.uri().resolve("/restapis/nosuchapi0"))
                .header("Authorization", AUTHORIZATION)
                .DELETE());

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("x-amzn-ErrorType"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("NotFoundException"));
    assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(response.body()).contains("\"message\"").contains("nosuchapi0");
  }

  @Test
  void aMemberOfAWrongTypeIsRefused(Endpoint endpoint) {
    HttpResponse<String> response =
        Caller.send(
            HttpRequest.newBuilder(endpoint.uri().resolve("/restapis"))
                .header("Authorization", AUTHORIZATION)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"x\", \"tags\": {\"a\": true}}")));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("x-amzn-ErrorType"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("SerializationException"));
    assertThat(response.body())
        .contains("class java.lang.Boolean can not be converted to an String");
  }

  @Test
  void severalViolationsComeInOneText(ApiGatewayClient client) {
    assertThatThrownBy(
            () ->
                client.updateMethodResponse(
                    r ->
                        r.restApiId("nosuchapi0")
                            .resourceId("r")
                            .httpMethod("GET")
                            .statusCode("wrong")
                            .patchOperations(
                                List.of(
                                    PatchOperation.builder().op("wrong_op").path("/x").build()))))
        .hasMessageContaining("2 validation errors detected: Value 'wrong_op' at")
        .hasMessageContaining("Value 'wrong' at 'statusCode'");
  }

  private static AwsFailure failure(AwsClient client, String operation, Map<String, ?> input) {
    return catchThrowableOfType(AwsFailure.class, () -> client.call(operation, input));
  }
}
