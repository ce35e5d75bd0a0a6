package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A quota by the week, which starts on a Monday (offset 1): calls, GetUsage and UpdateUsage. */
@Timeout(120)
final class WeeklyQuotaTest {
  private static final String DEFINITION =
      """
      openapi: 3.0.1
      info: {title: shop, version: "1"}
      paths:
        /pets:
          get:
            security: [{api_key: []}]
            responses: {"200": {description: ok}}
            x-amazon-apigateway-integration:
              type: mock
              requestTemplates: {application/json: '{"statusCode": 200}'}
              responses: {default: {statusCode: "200"}}
      components:
        securitySchemes:
          api_key: {type: apiKey, name: x-api-key, in: header}
      """;
  private static final String KEY = "a-key-of-more-than-twenty-characters";
  private static final LocalDate SATURDAY = LocalDate.parse("2026-01-03");
  private static final LocalDate SUNDAY = SATURDAY.plusDays(1);
  private static final LocalDate MONDAY = SATURDAY.plusDays(2);

  private final ToldClock clock = new ToldClock(noon(SATURDAY));
  private final HttpClient client = HttpClient.newHttpClient();
  private final Gateway gateway =
      GatewayAssembly.start(
          new ConfigLoader()
              .load(null, Map.of(), Map.of("port", "0", "ephemeral", "true"))
              .config(),
          Map.of(),
          clock);

  private static String noon(LocalDate day) {
    return day + "T12:00:00Z";
  }

  @AfterEach
  void end() {
    gateway.close();
    client.close();
  }

  @Test
  void aWeekEndsBeforeTheDayOfItsOffsetAndTheNextHasTheWholeLimit() throws Exception {
    String api = deployed();
    String plan = plan(api, "{\"limit\": 3, \"period\": \"WEEK\", \"offset\": 1}");
    String key = key(plan);

    List<Integer> onSaturday = calls(api, 2);
    clock.set(noon(SUNDAY));
    List<Integer> onSunday = calls(api, 2);
    JsonNode left = leave(plan, key, 1);
    List<Integer> extended = calls(api, 2);
    clock.set(noon(MONDAY));
    List<Integer> onMonday = calls(api, 4);

    assertThat(onSaturday).containsExactly(200, 200);
    assertThat(onSunday).containsExactly(200, 429);
    assertThat(left.at("/values/" + key)).hasToString("[[1,1]]");
    assertThat(extended).containsExactly(200, 429);
    assertThat(onMonday).containsExactly(200, 200, 200, 429);
    assertThat(usage(plan, SATURDAY.minusDays(1), MONDAY).at("/values/" + key))
        .hasToString("[[0,3],[2,1],[2,0],[3,0]]");
  }

  @Test
  void anotherOffsetCountsWhatWasUsedInTheWeekThatItIsThen() throws Exception {
    String api = deployed();
    String plan = plan(api, "{\"limit\": 3, \"period\": \"WEEK\", \"offset\": 1}");
    key(plan);

    List<Integer> onSaturday = calls(api, 2);
    clock.set(noon(SUNDAY));
    offset(plan, 0);
    List<Integer> sinceSunday = calls(api, 2);
    offset(plan, 6);
    List<Integer> sinceSaturday = calls(api, 1);

    assertThat(onSaturday).containsExactly(200, 200);
    assertThat(sinceSunday).containsExactly(200, 200);
    assertThat(sinceSaturday).containsExactly(429);
  }

  private List<Integer> calls(String api, int times) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(gateway.url() + "/_aws/execute-api/" + api + "/prod/pets"))
            .header("x-api-key", KEY)
            .build();
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      statuses.add(client.send(request, BodyHandlers.discarding()).statusCode());
    }
    return statuses;
  }

  private String deployed() {
    String id =
        gateway
            .call("ImportRestApi", Json.object().put("body", DEFINITION.getBytes(UTF_8)))
            .path("id")
            .asString();
    JsonNode _ =
        gateway.call(
            "CreateDeployment", Json.object().put("restApiId", id).put("stageName", "prod"));
    return id;
  }

  private String plan(String api, String quota) {
    ObjectNode plan = Json.object().put("name", "gold");
    plan.set("quota", Json.parse(quota));
    plan.putArray("apiStages").addObject().put("apiId", api).put("stage", "prod");
    return gateway.call("CreateUsagePlan", plan).path("id").asString();
  }

  private String key(String plan) {
    ObjectNode key = Json.object().put("name", "mobile").put("value", KEY).put("enabled", true);
    String id = gateway.call("CreateApiKey", key).path("id").asString();
    JsonNode _ =
        gateway.call(
            "CreateUsagePlanKey",
            Json.object().put("usagePlanId", plan).put("keyId", id).put("keyType", "API_KEY"));
    return id;
  }

  private JsonNode usage(String plan, LocalDate start, LocalDate end) {
    return gateway.call(
        "GetUsage",
        Json.object()
            .put("usagePlanId", plan)
            .put("startDate", start.toString())
            .put("endDate", end.toString()));
  }

  private JsonNode leave(String plan, String key, int remaining) {
    ObjectNode change = Json.object().put("usagePlanId", plan).put("keyId", key);
    change
        .putArray("patchOperations")
        .addObject()
        .put("op", "replace")
        .put("path", "/remaining")
        .put("value", Integer.toString(remaining));
    return gateway.call("UpdateUsage", change);
  }

  private void offset(String plan, int offset) {
    ObjectNode change = Json.object().put("usagePlanId", plan);
    change
        .putArray("patchOperations")
        .addObject()
        .put("op", "replace")
        .put("path", "/quota/offset")
        .put("value", Integer.toString(offset));
    JsonNode _ = gateway.call("UpdateUsagePlan", change);
  }
}
