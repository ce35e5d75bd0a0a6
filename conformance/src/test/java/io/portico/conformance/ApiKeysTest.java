package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** API keys and usage plans: who is let through, and how fast. */
@Portico
final class ApiKeysTest {

  /** Recorded, facts KEY-11: a key that is disabled later on is refused again. */
  @EveryClient
  void aKeyOfAPlanOpensWhatRequiresOne(AwsClient client, Endpoint endpoint) {
    SmallApi api = apiThatRequiresAKey(client);
    Key key = Key.create(client);
    String plan = plan(client, api, Map.of());

    HttpResponse<String> without = Caller.get(endpoint.pathForm(api.id(), STAGE, "/pets/7"));
    int inNoPlan = call(endpoint, api, key).statusCode();
    addTo(client, plan, key);
    HttpResponse<String> inAPlan = call(endpoint, api, key);
    enable(client, key, "false");
    int disabled = call(endpoint, api, key).statusCode();
    enable(client, key, "true");
    int enabled = call(endpoint, api, key).statusCode();
    client.call("DeleteUsagePlanKey", Map.of("usagePlanId", plan, "keyId", key.id()));
    int takenOut = call(endpoint, api, key).statusCode();

    assertThat(without.statusCode()).isEqualTo(403);
    assertThat(without.body()).isEqualTo("{\"message\":\"Forbidden\"}");
    assertThat(without.headers().firstValue("x-amzn-ErrorType")).hasValue("ForbiddenException");
    assertThat(inAPlan.body()).isEqualTo("{\"pet\": \"7\"}");
    assertThat(List.of(inNoPlan, inAPlan.statusCode(), disabled, enabled, takenOut))
        .containsExactly(403, 200, 403, 200, 403);
  }

  @EveryClient
  void aPlanThrottlesEachOfItsKeys(AwsClient client, Endpoint endpoint) {
    SmallApi api = apiThatRequiresAKey(client);
    Key one = Key.create(client);
    Key other = Key.create(client);
    String plan =
        plan(client, api, Map.of("throttle", Map.of("burstLimit", 2, "rateLimit", 0.001)));
    addTo(client, plan, one);
    addTo(client, plan, other);

    List<Integer> burst =
        List.of(
            call(endpoint, api, one).statusCode(),
            call(endpoint, api, one).statusCode(),
            call(endpoint, api, other).statusCode());
    HttpResponse<String> tooMany = call(endpoint, api, one);
    client.call(
        "UpdateUsagePlan",
        Map.of(
            "usagePlanId",
            plan,
            "patchOperations",
            List.of(Map.of("op", "remove", "path", "/throttle"))));

    assertThat(burst).containsOnly(200);
    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(tooMany.body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
    assertThat(tooMany.headers().firstValue("x-amzn-ErrorType"))
        .hasValue("TooManyRequestsException");
    assertThat(call(endpoint, api, one).statusCode()).isEqualTo(200);
  }

  @EveryClient
  void aPlanThrottlesAMethodOfAStage(AwsClient client, Endpoint endpoint) {
    SmallApi api = apiThatRequiresAKey(client);
    Key key = Key.create(client);
    String plan =
        plan(client, api, Map.of("throttle", Map.of("burstLimit", 100, "rateLimit", 100)));
    addTo(client, plan, key);

    client.call(
        "UpdateUsagePlan",
        Map.of(
            "usagePlanId",
            plan,
            "patchOperations",
            List.of(
                limit(api, "/~1pets~1{petId}/GET/rateLimit", "0.001"),
                limit(api, "/~1pets~1{petId}/GET/burstLimit", "1"))));

    assertThat(call(endpoint, api, key).statusCode()).isEqualTo(200);
    assertThat(call(endpoint, api, key).statusCode()).isEqualTo(429);
  }

  @EveryClient
  void aStageThrottlesAMethodForAll(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();
    api.patch(
        "UpdateStage",
        Map.of("stageName", STAGE),
        List.of(
            SmallApi.replace("/*/*/throttling/rateLimit", "0.001"),
            SmallApi.replace("/*/*/throttling/burstLimit", "2")));

    List<Integer> statuses =
        List.of(
            Caller.get(endpoint.pathForm(api.id(), STAGE, "/pets/1")).statusCode(),
            Caller.get(endpoint.pathForm(api.id(), STAGE, "/pets/2")).statusCode(),
            Caller.get(endpoint.pathForm(api.id(), STAGE, "/pets/3")).statusCode());

    assertThat(statuses).containsExactly(200, 200, 429);
  }

  @EveryClient
  void keysAreImportedIntoPlans(AwsClient client, Endpoint endpoint) {
    SmallApi api = apiThatRequiresAKey(client);
    String plan = plan(client, api, Map.of());
    String value = "imported-" + plan + "-0123456789abcdef";

    JsonNode imported =
        client.call(
            "ImportApiKeys",
            Map.of(
                "format",
                "csv",
                "body",
                "key,Name,usagePlanIds\n%s,mobile,%s\nshort,x,\n".formatted(value, plan)));
    AwsFailure refused =
        catchThrowableOfType(
            AwsFailure.class,
            () ->
                client.call(
                    "ImportApiKeys",
                    Map.of("format", "csv", "failOnWarnings", true, "body", "key,name\nshort,x")));
    AwsFailure noTable =
        catchThrowableOfType(
            AwsFailure.class,
            () -> client.call("ImportApiKeys", Map.of("format", "csv", "body", "name\nx")));
    Key key = new Key(imported.at("/ids/0").asString(), value);

    assertThat(imported.get("ids")).hasSize(1);
    assertThat(imported.at("/warnings/0").asString())
        .isEqualTo("Line 3: API Key value should be at least 20 characters");
    assertThat(call(endpoint, api, key).statusCode()).isEqualTo(200);
    assertThat(refused.text()).startsWith("Warnings found during import:");
    assertThat(noTable.text()).isEqualTo("Missing required column 'Key'");
  }

  @EveryClient
  void keysAndPlansAreReadBack(AwsClient client, Endpoint endpoint) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();
    Key key = Key.create(client);
    String plan = plan(client, api, Map.of());
    addTo(client, plan, key);

    JsonNode secret = client.call("GetApiKey", Map.of("apiKey", key.id(), "includeValue", true));
    JsonNode open = client.call("GetApiKey", Map.of("apiKey", key.id()));
    JsonNode keys = client.call("GetUsagePlanKeys", Map.of("usagePlanId", plan));
    JsonNode plans = client.call("GetUsagePlans", Map.of("keyId", key.id()));
    AwsFailure attached =
        catchThrowableOfType(
            AwsFailure.class, () -> client.call("DeleteUsagePlan", Map.of("usagePlanId", plan)));

    assertThat(key.value()).matches("[A-Za-z0-9]{40}");
    assertThat(secret.path("value").asString()).isEqualTo(key.value());
    assertThat(open.has("value")).isFalse();
    assertThat(keys.at("/items/0/id").asString()).isEqualTo(key.id());
    assertThat(keys.at("/items/0/type").asString()).isEqualTo("API_KEY");
    assertThat(plans.path("items").valueStream().map(each -> each.path("id").asString()))
        .containsExactly(plan);
    assertThat(attached.text())
        .isEqualTo(
            "Cannot delete Usage Plan %s because there are API Stages associated with it, including %s:%s"
                .formatted(plan, api.id(), STAGE));
  }

  private record Key(String id, String value) {
    static Key create(AwsClient client) {
      JsonNode key = client.call("CreateApiKey", Map.of("name", "mobile", "enabled", true));
      return new Key(key.path("id").asString(), key.path("value").asString());
    }
  }

  private static SmallApi apiThatRequiresAKey(AwsClient client) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    api.patch(
        "UpdateMethod",
        Map.of("resourceId", api.pet(), "httpMethod", "GET"),
        List.of(SmallApi.replace("/apiKeyRequired", "true")));
    return api.deploy();
  }

  private static String plan(AwsClient client, SmallApi api, Map<String, ?> members) {
    Map<String, Object> input = new HashMap<>(members);
    input.put("name", "gold");
    input.put("apiStages", List.of(Map.of("apiId", api.id(), "stage", STAGE)));
    return client.call("CreateUsagePlan", input).path("id").asString();
  }

  private static void addTo(AwsClient client, String plan, Key key) {
    client.call(
        "CreateUsagePlanKey", Map.of("usagePlanId", plan, "keyId", key.id(), "keyType", "API_KEY"));
  }

  private static Map<String, String> limit(SmallApi api, String path, String value) {
    return SmallApi.replace("/apiStages/" + api.id() + ":" + STAGE + "/throttle" + path, value);
  }

  private static void enable(AwsClient client, Key key, String value) {
    client.call(
        "UpdateApiKey",
        Map.of(
            "apiKey", key.id(), "patchOperations", List.of(SmallApi.replace("/enabled", value))));
  }

  private static HttpResponse<String> call(Endpoint endpoint, SmallApi api, Key key) {
    return Caller.send(
        HttpRequest.newBuilder(endpoint.pathForm(api.id(), STAGE, "/pets/7"))
            .header("x-api-key", key.value()));
  }
}
