package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An API whose method requires an API key, and a usage plan for it. */
final class MeteredApi {
  private final String api;
  private final String plan;

  private MeteredApi(String api, String plan) {
    this.api = api;
    this.plan = plan;
  }

  /** An API key of the plan. */
  record ApiKey(String id, String value) {}

  /**
   * What a key has used and has left.
   *
   * @param used since yesterday, lest a test that runs at midnight misses some
   * @param left now
   */
  record Usage(long used, long left) {}

  /**
   * An API with a plan.
   *
   * @param members of the plan, such as its quota
   */
  static MeteredApi build(AwsClient client, Map<String, ?> members) {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9");
    api.patch(
        "UpdateMethod",
        Map.of("resourceId", api.pet(), "httpMethod", "GET"),
        List.of(SmallApi.replace("/apiKeyRequired", "true")));
    api.deploy();
    Map<String, Object> input = new HashMap<>(members);
    input.put("name", "metered");
    input.put("apiStages", List.of(Map.of("apiId", api.id(), "stage", STAGE)));
    return new MeteredApi(api.id(), client.call("CreateUsagePlan", input).path("id").asString());
  }

  String plan() {
    return plan;
  }

  ApiKey key(AwsClient client) {
    JsonNode key = client.call("CreateApiKey", Map.of("name", "metered", "enabled", true));
    String id = key.path("id").asString();
    client.call(
        "CreateUsagePlanKey", Map.of("usagePlanId", plan, "keyId", id, "keyType", "API_KEY"));
    return new ApiKey(id, key.path("value").asString());
  }

  HttpResponse<String> call(Endpoint endpoint, ApiKey key) {
    return Caller.send(
        HttpRequest.newBuilder(endpoint.pathForm(api, STAGE, "/pets/7"))
            .header("x-api-key", key.value()));
  }

  /** The statuses of so many calls. */
  List<Integer> call(Endpoint endpoint, ApiKey key, int times) {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      statuses.add(call(endpoint, key).statusCode());
    }
    return statuses;
  }

  Usage usage(AwsClient client, ApiKey key) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    JsonNode days =
        client
            .call(
                "GetUsage",
                Map.of(
                    "usagePlanId",
                    plan,
                    "keyId",
                    key.id(),
                    "startDate",
                    today.minusDays(1).toString(),
                    "endDate",
                    today.plusDays(1).toString()))
            .path("items")
            .path(key.id());
    long used = 0;
    long left = -1;
    for (JsonNode day : days) {
      used += day.path(0).asLong();
      left = day.path(1).asLong();
    }
    return new Usage(used, left);
  }

  void leave(AwsClient client, ApiKey key, int remaining) {
    client.call(
        "UpdateUsage",
        Map.of(
            "usagePlanId",
            plan,
            "keyId",
            key.id(),
            "patchOperations",
            List.of(SmallApi.replace("/remaining", String.valueOf(remaining)))));
  }
}
