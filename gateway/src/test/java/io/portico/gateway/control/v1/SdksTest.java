package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.OperationHandler;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What no case shows of GetSdk: the zip, its headers, and parameters of every form. */
final class SdksTest {
  private static final Map<String, Map<String, String>> REQUIRED =
      Map.of(
          "java", Map.of("service.name", "Pets", "java.package-name", "example.pets"),
          "ruby", Map.of("service.name", "Pets"),
          "swift", Map.of("classPrefix", "PET"),
          "objectivec", Map.of("classPrefix", "PET"),
          "android",
              Map.of(
                  "groupId", "g",
                  "artifactId", "a",
                  "artifactVersion", "1",
                  "invokerPackage", "example.pets"));

  private final TestControlPlane plane = new TestControlPlane();
  private String api = "";

  @BeforeEach
  void anApiIsDeployed() {
    api = imported("pets.yaml");
    deploy();
  }

  private static Map<String, String> required(String type) {
    return Objects.requireNonNull(REQUIRED.get(type), type);
  }

  private String imported(String name) {
    byte[] document = GeneratedSdk.resource(name).getBytes(StandardCharsets.UTF_8);
    return plane.call("ImportRestApi", Json.object().put("body", document)).get("id").asString();
  }

  private void deploy() {
    plane.call("CreateDeployment", Json.object().put("restApiId", api).put("stageName", "prod"));
  }

  private ObjectNode input(String type, Map<String, String> parameters) {
    ObjectNode input =
        Json.object().put("restApiId", api).put("stageName", "prod").put("sdkType", type);
    ObjectNode given = input.putObject("parameters");
    parameters.forEach(given::put);
    return input;
  }

  private ObjectNode getSdk(String type, Map<String, String> parameters, String endpoint) {
    OperationHandler handler = Objects.requireNonNull(plane.operations().find("GetSdk"));
    return handler.handle(
        new OperationCall(
            "GetSdk",
            TestControlPlane.CALLER,
            "request",
            endpoint,
            null,
            null,
            new Input(input(type, parameters))));
  }

  @Test
  void theZipIsNamedAfterTypeAndTime() {
    ObjectNode sdk = plane.call("GetSdk", input("javascript", Map.of()));

    assertThat(sdk.get("contentType").asString()).isEqualTo("application/octet-stream");
    assertThat(sdk.get("contentDisposition").asString())
        .isEqualTo("attachment; filename=\"javascript_2026-01-02_03-04Z.zip\"");
    assertThat(GeneratedSdk.unzipped(sdk.get("body").binaryValue()).keySet())
        .containsExactly(
            "README.md",
            "apigClient.js",
            "lib/apiGatewayCore/apiGatewayClient.js",
            "lib/apiGatewayCore/namespace.js",
            "lib/apiGatewayCore/sigV4Client.js",
            "lib/apiGatewayCore/simpleHttpClient.js",
            "lib/apiGatewayCore/utils.js",
            "package.json");
  }

  @Test
  void theSameStageMakesTheSameBytes() {
    ObjectNode first = plane.call("GetSdk", input("javascript", Map.of()));
    ObjectNode second = plane.call("GetSdk", input("javascript", Map.of()));

    assertThat(second.get("body").binaryValue()).isEqualTo(first.get("body").binaryValue());
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:4566, http://127.0.0.1:4566/_aws/execute-api/API/prod",
    "http://localhost:4566, http://localhost:4566/_aws/execute-api/API/prod",
    "http://[::1]:4566, http://[::1]:4566/_aws/execute-api/API/prod",
    "http://the_gateway:4566, http://the_gateway:4566/_aws/execute-api/API/prod",
    "http://no host, https://API.execute-api.eu-west-1.amazonaws.com/prod",
    "https://apigateway.eu-west-1.amazonaws.com, https://API.execute-api.eu-west-1.amazonaws.com/prod"
  })
  void theClientCallsWhereTheSdkWasAskedFor(String endpoint, String invokeUrl) {
    byte[] zip = getSdk("javascript", Map.of(), endpoint).get("body").binaryValue();

    assertThat(GeneratedSdk.unzipped(zip).get("apigClient.js"))
        .contains("\"" + invokeUrl.replace("API", api) + "\"");
  }

  /** AWS: what is not deployed is in no SDK. */
  @Test
  void theSdkIsOfWhatIsDeployed() {
    ObjectNode root =
        Json.object().put("restApiId", api).put("resourceId", rootId()).put("httpMethod", "PUT");
    plane.call("PutMethod", root.put("authorizationType", "NONE"));

    assertThat(client()).contains("rootGet").doesNotContain("rootPut");
  }

  private String rootId() {
    return plane
        .call("GetRestApi", Json.object().put("restApiId", api))
        .get("rootResourceId")
        .asString();
  }

  private String client() {
    byte[] zip = plane.call("GetSdk", input("javascript", Map.of())).get("body").binaryValue();
    return String.valueOf(GeneratedSdk.unzipped(zip).get("apigClient.js"));
  }

  /** AWS: source: documented, at {@code JavaScriptSdk}. */
  @Test
  void anApiOfAnyMethodsAloneGetsNoClient() {
    byte[] document =
        """
        swagger: "2.0"
        info: {title: any, version: "1"}
        paths:
          /{proxy+}:
            x-amazon-apigateway-any-method:
              responses: {"200": {description: ok}}
              x-amazon-apigateway-integration: {type: mock}
        """
            .getBytes(StandardCharsets.UTF_8);
    api = plane.call("ImportRestApi", Json.object().put("body", document)).get("id").asString();
    deploy();

    byte[] zip = plane.call("GetSdk", input("javascript", Map.of())).get("body").binaryValue();

    assertThat(GeneratedSdk.unzipped(zip))
        .containsKey("README.md")
        .doesNotContainKey("apigClient.js");
  }

  @Test
  void aModelOfAnotherContentTypeThanJsonSaysNothing() {
    plane.call(
        "CreateModel",
        Json.object()
            .put("restApiId", api)
            .put("name", "Lines")
            .put("contentType", "application/jsonlines")
            .put("schema", "a line"));
    deploy();

    byte[] zip = plane.call("GetSdk", input("java", required("java"))).get("body").binaryValue();

    assertThat(GeneratedSdk.unzipped(zip).keySet())
        .contains("generated-code/src/main/java/example/pets/model/Pet.java")
        .noneMatch(name -> name.contains("Lines"));
  }

  @Test
  void referencesThatGoInCirclesEnd() {
    byte[] document =
        """
        swagger: "2.0"
        info: {title: circles, version: "1"}
        paths:
          /:
            get:
              responses: {"200": {description: ok, schema: {$ref: "#/definitions/A"}}}
              x-amazon-apigateway-integration: {type: mock}
        definitions:
          A: {$ref: "#/definitions/B"}
          B: {type: array, items: {$ref: "#/definitions/A"}}
          C: {allOf: [{$ref: "#/definitions/D"}, {type: object, properties: {c: {$ref: "#/definitions/C"}}}]}
          D: {allOf: [{$ref: "#/definitions/C"}, {type: object, properties: {d: {type: string}}}]}
        """
            .getBytes(StandardCharsets.UTF_8);
    api = plane.call("ImportRestApi", Json.object().put("body", document)).get("id").asString();
    deploy();

    byte[] zip = plane.call("GetSdk", input("java", required("java"))).get("body").binaryValue();

    assertThat(GeneratedSdk.unzipped(zip).keySet())
        .contains("generated-code/src/main/java/example/pets/model/C.java");
  }

  @ParameterizedTest
  @CsvSource({
    "java, service.name, pet-store",
    "java, service.name, class",
    "java, service.name, String",
    "java, service.name, record",
    "java, service.name, model",
    "java, service.name, Http",
    "java, service.name, Runtime",
    "java, java.package-name, a..b",
    "java, java.package-name, ../../etc",
    "java, java.package-name, a.int",
    "java, java.build-system, ant",
    "java, java.group-id, a</groupId>",
    "java, java.artifact-id, ../a",
    "java, java.artifact-version, 1'",
    "ruby, service.name, Pets2",
    "ruby, ruby.gem-name, ../pets",
    "ruby, ruby.gem-version, 1';exit",
    "swift, classPrefix, 1P",
    "objectivec, classPrefix, P/../Q",
    "android, invokerPackage, a-b",
    "android, groupId, <g>",
    "android, artifactVersion, 1 0"
  })
  void aParameterThatTheLanguageDoesNotTakeIsRefused(String type, String name, String value) {
    Map<String, String> parameters = new HashMap<>(required(type));
    parameters.put(name, value);

    assertThatThrownBy(() -> plane.call("GetSdk", input(type, parameters)))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo("BadRequestException"))
        .hasMessage("Invalid value for parameter " + name + ": " + value);
  }

  @ParameterizedTest
  @CsvSource({"java", "ruby", "swift", "objectivec", "android"})
  void anEmptyParameterIsMissing(String type) {
    Map<String, String> parameters = new HashMap<>(required(type));
    String name = parameters.keySet().iterator().next();
    parameters.put(name, "");

    assertThatThrownBy(() -> plane.call("GetSdk", input(type, parameters)))
        .isInstanceOf(ServiceException.class)
        .hasMessage("Missing required parameter for SDK type " + type + ": " + name);
  }
}
