package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.QuotaMode;
import io.portico.gateway.control.quota.QuotaModes;
import io.portico.gateway.control.quota.QuotaSetting;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What happens where a quota is exceeded by an operation; nothing of a refused call stays. */
class QuotaRefusalsTest {
  private static TestControlPlane with(QuotaMode mode) {
    Map<Quota, QuotaSetting> two = new EnumMap<>(Quota.class);
    for (Quota quota : Quota.values()) {
      if (quota.kind() == Quota.Kind.COUNT) {
        two.put(quota, new QuotaSetting(2, mode));
      }
    }
    return new TestControlPlane(
        Quotas.of(
            new QuotaModes(mode, QuotaMode.ENFORCE, QuotaMode.OFF), two, TestControlPlane.CLOCK));
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) Json.parse(json);
  }

  private static String api(TestControlPlane control, String type) {
    return control
        .call(
            "CreateRestApi",
            object(
                """
                {"name": "a", "endpointConfiguration": {"types": ["%s"]}}\
                """
                    .formatted(type)))
        .get("id")
        .asString();
  }

  private static ServiceException refusal(
      TestControlPlane control, String operation, String input) {
    return catchThrowableOfType(
        ServiceException.class, () -> control.call(operation, object(input)));
  }

  @Test
  void aThirdApiOfATypeIsRefusedAndOneOfAnotherTypeIsNot() {
    TestControlPlane control = with(QuotaMode.ENFORCE);
    api(control, "REGIONAL");
    api(control, "REGIONAL");

    ServiceException refusal =
        catchThrowableOfType(ServiceException.class, () -> api(control, "REGIONAL"));
    api(control, "EDGE");

    assertThat(refusal.code()).isEqualTo("LimitExceededException");
    assertThat(refusal.text())
        .isEqualTo(
            "Maximum number of APIs has been reached.  Please contact AWS if you need additional"
                + " APIs.");
    assertThat(control.call("GetRestApis", Json.object()).get("item")).hasSize(3);
  }

  @Test
  void aThirdApiKeyOfAFileIsRefusedWithTheFile() {
    TestControlPlane control = with(QuotaMode.ENFORCE);
    ObjectNode file = Json.object().put("format", "csv");
    file.put(
        "body",
        "Name,Key\na,01234567890123456789a\nb,01234567890123456789b\nc,01234567890123456789c"
            .getBytes(StandardCharsets.UTF_8));

    ServiceException refusal =
        catchThrowableOfType(ServiceException.class, () -> control.call("ImportApiKeys", file));

    assertThat(refusal.code()).isEqualTo("LimitExceededException");
    assertThat(control.call("GetApiKeys", Json.object()).get("item")).isEmpty();
  }

  @Test
  void anImportTellsOfIt() {
    String document =
        """
        {"openapi": "3.0.1", "info": {"title": "a"}, "paths": {"/a": {}, "/b": {}}}\
        """;
    ObjectNode input = Json.object().put("body", document.getBytes(StandardCharsets.UTF_8));

    ObjectNode taken = with(QuotaMode.WARN).call("ImportRestApi", input.deepCopy());
    ServiceException refused =
        catchThrowableOfType(
            ServiceException.class,
            () -> with(QuotaMode.ENFORCE).call("ImportRestApi", input.deepCopy()));
    ServiceException failed =
        catchThrowableOfType(
            ServiceException.class,
            () ->
                with(QuotaMode.WARN)
                    .call("ImportRestApi", input.deepCopy().put("failOnWarnings", true)));

    assertThat(taken.get("warnings").get(0).asString())
        .startsWith("Maximum number of Resources for this API has been reached.");
    assertThat(refused.code()).isEqualTo("LimitExceededException");
    assertThat(failed.text()).startsWith("Warnings found during import:");
  }

  @Test
  void anImportTellsOfValues() {
    String document =
        """
        {"openapi": "3.0.1", "info": {"title": "a"},
         "components": {"schemas": {"Pet": {"description": "%1$s"}}},
         "x-amazon-apigateway-gateway-responses":
             {"THROTTLED": {"responseTemplates": {"application/json": "%1$s"}}},
         "paths": {"/": {"get": {"responses": {"200": {"description": "ok"}},
             "x-amazon-apigateway-integration":
             {"type": "MOCK", "timeoutInMillis": 29001, "requestTemplates": {"a/b": "%1$s"}}}}}}\
        """
            .formatted("x".repeat(400 * 1024));
    ObjectNode input = Json.object().put("body", document.getBytes(StandardCharsets.UTF_8));
    TestControlPlane control =
        new TestControlPlane(
            Quotas.of(
                new QuotaModes(QuotaMode.WARN, QuotaMode.WARN, QuotaMode.OFF),
                Map.of(),
                TestControlPlane.CLOCK));

    ObjectNode taken = control.call("ImportRestApi", input);

    assertThat(taken.get("warnings").valueStream().map(JsonNode::asString))
        .containsExactly(
            "Integration on 'GET' for resource at path '/': Timeout should be between 50 ms and"
                + " 29000 ms",
            "The schema of model Pet exceeds the limit of 409600 bytes",
            "The template application/json of gateway response THROTTLED exceeds the limit of"
                + " 307200 bytes",
            "The template a/b of GET / exceeds the limit of 307200 bytes");
  }

  @Test
  void templatesOfGatewayResponsesAreNoLongerThanOthers() {
    TestControlPlane control = with(QuotaMode.WARN);
    ObjectNode type =
        Json.object().put("restApiId", api(control, "REGIONAL")).put("responseType", "DEFAULT_4XX");
    ObjectNode put = type.deepCopy();
    put.putObject("responseTemplates").put("text/plain", "x".repeat(300 * 1024 + 1));

    ServiceException refusal =
        catchThrowableOfType(ServiceException.class, () -> control.call("PutGatewayResponse", put));

    assertThat(refusal.text())
        .isEqualTo(
            "The template text/plain of gateway response DEFAULT_4XX exceeds the limit of 307200"
                + " bytes");
    assertThat(control.call("GetGatewayResponse", type).get("defaultResponse").asBoolean())
        .isTrue();
  }

  @Test
  void aCanarysVariablesAreNoLongerThanAStages() {
    TestControlPlane control = with(QuotaMode.WARN);
    ObjectNode api = Json.object().put("restApiId", api(control, "REGIONAL"));
    ObjectNode method =
        api.deepCopy()
            .put("resourceId", control.call("GetRestApi", api).get("rootResourceId").asString())
            .put("httpMethod", "GET");
    control.call("PutMethod", method.deepCopy().put("authorizationType", "NONE"));
    control.call("PutIntegration", method.deepCopy().put("type", "MOCK"));
    control.call("CreateDeployment", api.deepCopy().put("stageName", "prod"));
    ObjectNode patch = api.deepCopy().put("stageName", "prod");
    patch
        .putArray("patchOperations")
        .addObject()
        .put("op", "replace")
        .put("path", "/canarySettings/stageVariableOverrides/a")
        .put("value", "x".repeat(513));

    ServiceException refusal =
        catchThrowableOfType(ServiceException.class, () -> control.call("UpdateStage", patch));

    assertThat(refusal.text())
        .isEqualTo("Stage variable value of a exceeds the limit of 512 characters");
  }

  @Test
  void whatIsThereAlreadyIsNotCountedAgain() {
    TestControlPlane before = with(QuotaMode.OFF);
    QuotaScene made = new QuotaScene(before);
    made.stage("a", "'variables': " + QuotaScene.members(4, "a", "'b'"));
    made.stage("b", "");
    made.stage("c", "");
    made.call(
        "CreateUsagePlan",
        "'name': 'a', 'throttle': {'rateLimit': 9},"
            + " 'apiStages': [{'apiId': '%s', 'stage': 'a', 'throttle': %s}]"
                .formatted(
                    made.api(),
                    QuotaScene.members(4, "/a/GET", "{'burstLimit': 1, 'rateLimit': 1}")));
    made.call("TagResource", tagged(made, QuotaScene.members(4, "a", "'b'")));
    made.importKeys(
        "Name,Key\na,01234567890123456789a\nb,01234567890123456789b\nc," + "c".repeat(20));
    TestControlPlane control = with(QuotaMode.ENFORCE);
    control.store.restore(before.store.state());
    QuotaScene scene = new QuotaScene(control);
    String stage = "'restApiId': '%s', 'stageName': 'a'".formatted(made.api());
    String plan =
        "'usagePlanId': '%s'"
            .formatted(scene.call("GetUsagePlans", "").at("/item/0/id").asString());

    scene.patched("UpdateStage", stage, "/description", "as it is");
    scene.patched("UpdateStage", stage, "remove", "/variables/a0", "");
    scene.patched("UpdateUsagePlan", plan, "/description", "as it is");
    scene.call("TagResource", tagged(made, "{'a0': 'another'}"));
    scene.importKeys("Name,Key\nanother,01234567890123456789a");

    assertThat(
            List.of(
                refusal(() -> scene.patched("UpdateStage", stage, "/variables/another", "b")),
                refusal(() -> scene.call("TagResource", tagged(made, "{'another': 'b'}"))),
                refusal(() -> scene.importKeys("Name,Key\nd," + "d".repeat(20)))))
        .extracting(ServiceException::code)
        .containsOnly("LimitExceededException");
  }

  private static ServiceException refusal(ThrowingCallable call) {
    return catchThrowableOfType(ServiceException.class, call);
  }

  private static String tagged(QuotaScene scene, String tags) {
    return "'resourceArn': 'arn:aws:apigateway:eu-west-1::/restapis/%s', 'tags': %s"
        .formatted(scene.api(), tags);
  }

  @Test
  void aTimeoutIsAsLongAsItsQuotaAllows() {
    TestControlPlane longer =
        new TestControlPlane(
            Quotas.of(
                QuotaModes.STANDARD,
                Map.of(Quota.INTEGRATION_TIMEOUT, new QuotaSetting(60_000, QuotaMode.ENFORCE)),
                TestControlPlane.CLOCK));
    String api = api(longer, "REGIONAL");
    String root =
        longer
            .call("GetRestApi", Json.object().put("restApiId", api))
            .get("rootResourceId")
            .asString();
    String at =
        "\"restApiId\": \"%s\", \"resourceId\": \"%s\", \"httpMethod\": \"GET\""
            .formatted(api, root);
    longer.call("PutMethod", object("{%s, \"authorizationType\": \"NONE\"}".formatted(at)));
    String integration = "{%s, \"type\": \"MOCK\", \"timeoutInMillis\": %d}";

    longer.call("PutIntegration", object(integration.formatted(at, 60_000)));
    ServiceException refusal = refusal(longer, "PutIntegration", integration.formatted(at, 60_001));

    assertThat(refusal.text()).isEqualTo("Timeout should be between 50 ms and 60000 ms");
  }
}
