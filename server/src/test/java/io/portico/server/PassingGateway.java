package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A gateway whose REST APIs pass all calls on to a backend; it is configured, called and asked over
 * its listener.
 */
final class PassingGateway implements AutoCloseable {
  /** For whatever is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String STAGE = "prod";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Gateway gateway;

  /** An API, by its id. */
  record Api(String id) {
    private String stage() {
      return "/restapis/" + id + "/stages/" + STAGE;
    }
  }

  /**
   * @param settings as the environment has them: {@code PORTICO_ACCESS_LOG_FILE}
   * @param environment what AWS's clients take from it
   */
  PassingGateway(
      Path data, Map<String, String> settings, Map<String, String> environment, Clock clock) {
    gateway =
        GatewayAssembly.start(
            new ConfigLoader()
                .load(null, settings, Map.of("port", "0", "data", data.toString()))
                .config(),
            environment,
            clock);
  }

  String url() {
    return gateway.url();
  }

  /** Makes and deploys an API. */
  Api api(String name, HeardBackend backend) throws Exception {
    String definition =
        """
        {"openapi": "3.0.1", "info": {"title": "%s", "version": "1"},
         "paths": {"/{any+}": {"get": {"x-amazon-apigateway-integration":
           {"type": "http_proxy", "httpMethod": "GET", "uri": "%s/"}}}}}
        """
            .formatted(name, backend.url());
    Api api = new Api(send("POST", "/restapis?mode=import", definition).path("id").asString());
    JsonNode _ =
        send("POST", "/restapis/" + api.id + "/deployments", "{\"stageName\": \"" + STAGE + "\"}");
    return api;
  }

  /** Lets its stage write an access log. */
  void log(Api api, String destination, String format) throws Exception {
    JsonNode _ =
        send(
            "PATCH",
            api.stage(),
            """
            {"patchOperations": [
              {"op": "replace", "path": "/accessLogSettings/destinationArn", "value": "%s"},
              {"op": "replace", "path": "/accessLogSettings/format", "value": "%s"}]}
            """
                .formatted(destination, format));
  }

  private JsonNode send(String method, String path, String body) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString(UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    return Json.parse(answer.body());
  }

  /**
   * Calls an API.
   *
   * @param path behind the stage: {@code /pets}
   * @return the status
   */
  int call(Api api, String path) throws IOException, InterruptedException {
    String url = gateway.url() + "/_aws/execute-api/" + api.id + "/" + STAGE + path;
    return client
        .send(
            HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  /** Calls an operation of CloudWatch. */
  JsonNode cloudWatch(String operation, String input) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(gateway.url()))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "GraniteServiceVersion20100801." + operation)
                .POST(BodyPublishers.ofString(input))
                .build(),
            BodyHandlers.ofString(UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().isEmpty() ? Json.object() : Json.parse(answer.body());
  }

  /**
   * The value of a meter, whatever its labels but one.
   *
   * @param name as Prometheus has it
   */
  double meter(String name, String label) throws Exception {
    String all =
        client
            .send(
                HttpRequest.newBuilder(URI.create(gateway.url() + "/_portico/metrics")).build(),
                BodyHandlers.ofString(UTF_8))
            .body();
    Matcher line =
        Pattern.compile("(?m)^%s\\{%s\\} (\\S+)$".formatted(name, Pattern.quote(label)))
            .matcher(all);
    assertThat(line.find()).as("%s{%s} in %s", name, label, all).isTrue();
    return Double.parseDouble(line.group(1));
  }

  /** Waits until something is so. */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time: %s", what).isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    gateway.close();
    client.close();
  }
}
