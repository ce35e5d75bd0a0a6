package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigException;
import io.portico.server.config.ConfigLoader;
import io.portico.server.config.GatewayConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The keys {@code execution-log.*}. */
@Timeout(120)
final class ExecutionLogOutputTest {
  private static final long SECONDS = 60;
  private static final String DEFINITION =
      """
      openapi: 3.0.1
      info: {title: echo, version: "1"}
      paths:
        /echo:
          get:
            responses: {"200": {description: ok}}
            x-amazon-apigateway-integration:
              type: mock
              requestTemplates: {application/json: '{"statusCode": 200}'}
              responses: {default: {statusCode: "200"}}
      """;

  @TempDir private Path folder = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();
  private String id = "";

  @AfterEach
  void end() {
    client.close();
  }

  private static GatewayConfig config(Map<String, String> environment) {
    return new ConfigLoader()
        .load(null, environment, Map.of("port", "0", "ephemeral", "true"))
        .config();
  }

  /** A gateway with an API whose stage logs every step. */
  private Gateway started(Map<String, String> environment) {
    Gateway gateway = GatewayAssembly.start(config(environment));
    JsonNode api =
        gateway.call("ImportRestApi", Json.object().put("body", DEFINITION.getBytes(UTF_8)));
    id = api.path("id").asString();
    JsonNode _ =
        gateway.call(
            "CreateDeployment", Json.object().put("restApiId", id).put("stageName", "prod"));
    JsonNode _ =
        gateway.call(
            "UpdateAccount",
            replacing("/cloudwatchRoleArn", "arn:aws:iam::000000000000:role/logs", Json.object()));
    JsonNode _ =
        gateway.call(
            "UpdateStage",
            replacing(
                "/*/*/logging/loglevel",
                "INFO",
                Json.object().put("restApiId", id).put("stageName", "prod")));
    return gateway;
  }

  private static ObjectNode replacing(String path, String value, ObjectNode of) {
    of.putArray("patchOperations")
        .addObject()
        .put("op", "replace")
        .put("path", path)
        .put("value", value);
    return of;
  }

  /** The id of a call's request. */
  private String called(Gateway gateway) throws Exception {
    HttpResponse<String> answer = get(gateway.url() + "/_aws/execute-api/" + id + "/prod/echo");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
  }

  private HttpResponse<String> get(String url) throws Exception {
    return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  @Test
  void eachEventIsALineOfJson() throws Exception {
    Path file = folder.resolve("execution.log");
    long before = System.currentTimeMillis();
    String one;
    String two;
    try (Gateway gateway = started(Map.of("PORTICO_EXECUTION_LOG_FILE", file.toString()))) {
      one = called(gateway);
      two = called(gateway);
    }

    String group = "API-Gateway-Execution-Logs_" + id + "/prod";
    List<JsonNode> events = Files.readAllLines(file).stream().map(Json::parse).toList();
    assertThat(events)
        .isNotEmpty()
        .allSatisfy(
            event -> {
              assertThat(event.propertyNames())
                  .containsExactly("logGroup", "logStream", "timestamp", "requestId", "message");
              assertThat(event.path("logGroup").asString()).isEqualTo(group);
              assertThat(event.path("logStream").asString())
                  .isEqualTo(StoredLogs.streamName(group));
              assertThat(event.path("timestamp").asLong())
                  .isBetween(before, System.currentTimeMillis());
              assertThat(event.path("message").asString())
                  .startsWith("(" + event.path("requestId").asString() + ") ");
            });
    for (String each : List.of(one, two)) {
      assertThat(events)
          .filteredOn(event -> event.path("requestId").asString().equals(each))
          .extracting(event -> event.path("message").asString())
          .contains(
              "(" + each + ") Starting execution for request: " + each,
              "(" + each + ") Method completed with status: 200");
    }
  }

  @Test
  void bothPlacesAreCounted() throws Exception {
    Path file = folder.resolve("execution.log");
    try (Gateway gateway = started(Map.of("PORTICO_EXECUTION_LOG_FILE", file.toString()))) {
      String _ = called(gateway);

      for (String place : List.of("file", "log-groups")) {
        String meter = "portico_executionlog_calls_total{sink=\"" + place + "\"} 1.0";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!get(gateway.url() + "/_portico/metrics").body().contains(meter)) {
          assertThat(System.nanoTime()).as(meter).isLessThan(end);
        }
      }
    }
  }

  @Test
  void aFileThatIsLongEnoughIsRotated() throws Exception {
    Path file = folder.resolve("execution.log");
    try (Gateway gateway =
        started(
            Map.of(
                "PORTICO_EXECUTION_LOG_FILE", file.toString(),
                "PORTICO_EXECUTION_LOG_MAX_SIZE", "1",
                "PORTICO_EXECUTION_LOG_MAX_FILES", "1"))) {
      Path rotated = folder.resolve("execution.log.1");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (!Files.exists(rotated)) {
        assertThat(System.nanoTime()).as("it only grows").isLessThan(end);
        String _ = called(gateway);
      }
      assertThat(Files.size(rotated)).isGreaterThanOrEqualTo(1024 * 1024);
    }
  }

  @Test
  void aFileThatCannotBeUsedRefusesTheStart() throws Exception {
    Path log = folder.resolve("log");
    assertThatThrownBy(
            () ->
                GatewayAssembly.start(
                        config(Map.of("PORTICO_EXECUTION_LOG_FILE", folder.toString())))
                    .close())
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("execution-log.file: " + folder + ": not a file that can be");
    assertThatThrownBy(
            () ->
                GatewayAssembly.start(
                        config(
                            Map.of(
                                "PORTICO_EXECUTION_LOG_FILE", log.toString(),
                                "PORTICO_ACCESS_LOG_FILE", log.toString())))
                    .close())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "execution-log.file: " + log + ": allowed is another file than access-log.file");
    Path link = Files.createSymbolicLink(folder.resolve("link"), log);
    assertThatThrownBy(
            () ->
                GatewayAssembly.start(
                        config(
                            Map.of(
                                "PORTICO_EXECUTION_LOG_FILE", link.toString(),
                                "PORTICO_ACCESS_LOG_FILE", log.toString())))
                    .close())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "execution-log.file: " + link + ": allowed is another file than access-log.file");
  }
}
