package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What CloudWatch says of calls of APIs. */
@Timeout(120)
final class CloudWatchTest {
  private static final String DEFINITION =
      """
      openapi: 3.0.1
      info: {title: shop, version: "1"}
      paths:
        /pets:
          get:
            responses: {"200": {description: ok}}
            x-amazon-apigateway-integration:
              type: mock
              requestTemplates: {application/json: '{"statusCode": 200}'}
              responses: {default: {statusCode: "200"}}
      """;

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void end() {
    client.close();
  }

  private Gateway start() {
    return GatewayAssembly.start(
        new ConfigLoader()
            .load(null, Map.of(), Map.of("port", "0", "data", folder.resolve("data").toString()))
            .config(),
        Map.of());
  }

  private JsonNode send(HttpRequest request) throws Exception {
    String body = client.send(request, BodyHandlers.ofString(UTF_8)).body();
    return body.isEmpty() ? Json.object() : Json.parse(body);
  }

  private JsonNode post(Gateway gateway, String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private JsonNode ask(Gateway gateway, String operation, String input) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(gateway.url()))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "GraniteServiceVersion20100801." + operation)
            .POST(BodyPublishers.ofString(input))
            .build());
  }

  private void call(String url) throws Exception {
    client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding());
  }

  private JsonNode statistic(Gateway gateway, String name, String dimensions, String statistics)
      throws Exception {
    long now = Instant.now().getEpochSecond();
    return ask(
            gateway,
            "GetMetricStatistics",
            """
            {"Namespace": "AWS/ApiGateway", "MetricName": "%s", "StartTime": %d, "EndTime": %d,
             "Period": 86400, "Dimensions": [%s], %s}
            """
                .formatted(name, now - 43_200, now + 43_200, dimensions, statistics))
        .path("Datapoints")
        .path(0);
  }

  private static String dimension(String name, String value) {
    return "{\"Name\": \"%s\", \"Value\": \"%s\"}".formatted(name, value);
  }

  @Test
  void callsOfARestApiAreFoundAtOnceAndAfterARestart() throws Exception {
    String stage = dimension("ApiName", "shop") + ", " + dimension("Stage", "prod");
    try (Gateway gateway = start()) {
      String api = post(gateway, "/restapis?mode=import", DEFINITION).path("id").asString();
      post(gateway, "/restapis/" + api + "/deployments", "{\"stageName\": \"prod\"}");
      for (String path : List.of("/pets", "/pets", "/pets", "/nowhere")) {
        call(gateway.url() + "/_aws/execute-api/" + api + "/prod" + path);
      }

      JsonNode errors =
          statistic(gateway, "4XXError", stage, "\"Statistics\": [\"Sum\", \"Average\"]");
      JsonNode latency = statistic(gateway, "Latency", stage, "\"ExtendedStatistics\": [\"p99\"]");

      assertThat(errors.path("Sum").doubleValue()).isEqualTo(1);
      assertThat(errors.path("Average").doubleValue()).isEqualTo(0.25);
      assertThat(errors.path("Unit").asString()).isEqualTo("Count");
      assertThat(latency.path("Unit").asString()).isEqualTo("Milliseconds");
      assertThat(latency.at("/ExtendedStatistics/p99").doubleValue()).isPositive();
      call(gateway.url() + "/_aws/execute-api/" + api + "/prod/pets");
    }

    try (Gateway gateway = start()) {
      JsonNode count =
          statistic(
              gateway, "Count", dimension("ApiName", "shop"), "\"Statistics\": [\"SampleCount\"]");

      assertThat(count.path("SampleCount").doubleValue()).isEqualTo(5);
    }
  }

  @Test
  void callsOfAnHttpApiAreFoundByItsId() throws Exception {
    try (HeardBackend backend = HeardBackend.start();
        Gateway gateway = start()) {
      String api =
          post(
                  gateway,
                  "/v2/apis",
                  "{\"name\": \"h\", \"protocolType\": \"HTTP\", \"target\": \"%s\"}"
                      .formatted(backend.url()))
              .path("apiId")
              .asString();
      call(gateway.url() + "/_aws/execute-api/" + api + "/$default/");

      JsonNode metrics =
          ask(
                  gateway,
                  "ListMetrics",
                  "{\"Namespace\": \"AWS/ApiGateway\", \"Dimensions\": ["
                      + dimension("ApiId", api)
                      + "]}")
              .path("Metrics");

      assertThat(
              metrics
                  .valueStream()
                  .map(
                      metric ->
                          metric.path("MetricName").asString()
                              + metric
                                  .path("Dimensions")
                                  .valueStream()
                                  .map(dimension -> " " + dimension.path("Name").asString())
                                  .collect(Collectors.joining())))
          .containsExactlyInAnyOrder(
              "4xx ApiId",
              "5xx ApiId",
              "Count ApiId",
              "DataProcessed ApiId",
              "IntegrationLatency ApiId",
              "Latency ApiId",
              "4xx ApiId Stage",
              "5xx ApiId Stage",
              "Count ApiId Stage",
              "DataProcessed ApiId Stage",
              "IntegrationLatency ApiId Stage",
              "Latency ApiId Stage");
    }
  }
}
