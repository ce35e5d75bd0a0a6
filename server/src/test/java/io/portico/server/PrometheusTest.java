package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Prometheus is shown of APIs, and what the docs say of how to add it up. */
@Timeout(120)
final class PrometheusTest {
  private static final String METHOD =
      """
      {"get": {"responses": {"200": {"description": "ok"}},
       "x-amazon-apigateway-integration": {"type": "mock",
         "requestTemplates": {"application/json": "{\\"statusCode\\": 200}"},
         "responses": {"default": {"statusCode": "200"}}}}}
      """;
  private static final String DEFINITION =
      """
      {"openapi": "3.0.1", "info": {"title": "Pets", "version": "1"},
       "paths": {"/pets": %s, "/cats": %s}}
      """
          .formatted(METHOD, METHOD);

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
  }

  private static Gateway start(String mostRouteSeries) {
    return GatewayAssembly.start(
        new ConfigLoader()
            .load(
                null,
                Map.of(),
                Map.of(
                    "ephemeral", "true",
                    "port", "0",
                    "metrics.max-route-series", mostRouteSeries))
            .config());
  }

  private HttpResponse<String> send(Gateway to, String method, String path, String body)
      throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(to.url() + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
    return answer;
  }

  private String deploy(Gateway to) throws Exception {
    String id =
        Json.parse(send(to, "POST", "/restapis?mode=import", DEFINITION).body())
            .path("id")
            .asString();
    send(to, "POST", "/restapis/" + id + "/deployments", "{\"stageName\": \"prod\"}");
    return id;
  }

  private void call(Gateway to, String api, String path) throws Exception {
    send(to, "GET", "/_aws/execute-api/" + api + "/prod" + path, "");
  }

  private List<String> series(Gateway of, String name) throws Exception {
    return send(of, "GET", "/_portico/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .toList();
  }

  private double sum(Gateway of, String name, Predicate<String> which) throws Exception {
    return series(of, name).stream()
        .filter(which)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** A canary and detailed metrics count a call four times; the filter of the docs once. */
  @Test
  void callsAreAddedUpOnceWithTheFilterOfTheDocs() throws Exception {
    try (Gateway gateway = start("100")) {
      String api = deploy(gateway);
      send(
          gateway,
          "PATCH",
          "/restapis/" + api + "/stages/prod",
          """
          {"patchOperations": [
            {"op": "replace", "path": "/*/*/metrics/enabled", "value": "true"}]}
          """);
      send(
          gateway,
          "POST",
          "/restapis/" + api + "/deployments",
          "{\"stageName\": \"prod\", \"canarySettings\": {\"percentTraffic\": 100}}");
      for (int i = 0; i < 3; i++) {
        call(gateway, api, "/pets");
      }

      String count = "aws_apigateway_Count_total";
      assertThat(sum(gateway, count, any -> true)).isEqualTo(12);
      assertThat(
              sum(
                  gateway,
                  count,
                  line ->
                      line.contains("Resource=\"\"")
                          && line.contains("Method=\"\"")
                          && line.contains("Route=\"\"")
                          && !line.contains("/Canary\"")))
          .isEqualTo(3);
      assertThat(sum(gateway, "http_server_request_duration_seconds_count", any -> true))
          .isEqualTo(3);
      for (String documented :
          List.of(
              "aws_apigateway_Latency_milliseconds_sum",
              "http_server_request_duration_seconds_bucket",
              "http_server_active_requests",
              "portico_metrics_route_series_left_out")) {
        assertThat(series(gateway, documented)).as(documented).isNotEmpty();
      }
    }
  }

  @Test
  void routesHaveNoMoreSeriesThanAreConfigured() throws Exception {
    try (Gateway gateway = start("1")) {
      String api = deploy(gateway);
      for (int i = 0; i < 2; i++) {
        call(gateway, api, "/pets");
        call(gateway, api, "/cats");
      }

      String name = "http_server_request_duration_seconds_count";
      assertThat(series(gateway, name)).hasSize(2);
      assertThat(sum(gateway, name, line -> line.contains("http_route=\"/pets\""))).isEqualTo(2);
      assertThat(sum(gateway, name, line -> line.contains("http_route=\"_OVERFLOW\"")))
          .isEqualTo(2);
      assertThat(sum(gateway, "portico_metrics_route_series_left_out", any -> true)).isEqualTo(1);
    }
  }
}
