package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import io.portico.server.config.GatewayConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A gateway whose functions run in another process's host: here, in another gateway. */
final class FunctionHostOfItsOwnTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:greeting";
  private static final String DEFINITION =
      """
      openapi: 3.0.1
      info: {title: Greeting, version: "1"}
      paths:
        /greeting:
          get:
            x-amazon-apigateway-integration:
              type: aws_proxy
              httpMethod: POST
              uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%s/invocations
      """
          .formatted(ARN);

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void closeTheClient() {
    client.close();
  }

  @Test
  void functionsAreInvokedThereAndOnlyAsTheirPolicyAllows()
      throws IOException, InterruptedException {
    Map<String, String> path = Map.of("PATH", System.getenv("PATH"));
    try (Gateway host = GatewayAssembly.start(config(Map.of()), path);
        Gateway gateway =
            GatewayAssembly.start(
                config(
                    Map.of(
                        "lambda.host",
                        "false",
                        "lambda.endpoints",
                        "arn:aws:lambda:*:*:function:gree*=" + host.url())),
                Map.of())) {
      createFunction(host);
      String api = deployed(gateway);

      HttpResponse<String> refused = call(gateway, api);
      permit(host, api);
      HttpResponse<String> answered = call(gateway, api);

      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(500);
      assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
      assertThat(answered.body()).isEqualTo("hello from there");
    }
  }

  private void createFunction(Gateway host) throws IOException, InterruptedException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream entries = new ZipOutputStream(zip)) {
      entries.putNextEntry(new ZipEntry("index.js"));
      entries.write(
          "exports.handler = async () => ({statusCode: 200, body: 'hello from there'})"
              .getBytes(StandardCharsets.UTF_8));
    }
    ObjectNode function =
        Json.object()
            .put("FunctionName", "greeting")
            .put("Runtime", "nodejs20.x")
            .put("Handler", "index.handler")
            .put("Role", "arn:aws:iam::000000000000:role/greeting");
    function.putObject("Code").put("ZipFile", zip.toByteArray());
    HttpResponse<String> created = post(host, "", function);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);

    long deadline = System.nanoTime() + PATIENCE.toNanos();
    HttpResponse<String> invoked = post(host, "/greeting/invocations", Json.object());
    while (invoked.statusCode() == 409 && System.nanoTime() < deadline) {
      invoked = post(host, "/greeting/invocations", Json.object());
    }
    assertThat(invoked.statusCode()).as(invoked.body()).isEqualTo(200);
  }

  private void permit(Gateway host, String api) throws IOException, InterruptedException {
    ObjectNode permission =
        Json.object()
            .put("StatementId", "api")
            .put("Action", "lambda:InvokeFunction")
            .put("Principal", "apigateway.amazonaws.com")
            .put(
                "SourceArn",
                "arn:aws:execute-api:us-east-1:000000000000:" + api + "/*/GET/greeting");
    assertThat(post(host, "/greeting/policy", permission).statusCode()).isEqualTo(201);
  }

  private HttpResponse<String> post(Gateway host, String path, ObjectNode body)
      throws IOException, InterruptedException {
    URI uri = URI.create(host.url() + "/2015-03-31/functions" + path);
    return client.send(
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(Json.bytes(body))).build(),
        BodyHandlers.ofString());
  }

  private static String deployed(Gateway gateway) {
    ObjectNode definition = Json.object().put("body", DEFINITION.getBytes(StandardCharsets.UTF_8));
    String api = gateway.call("ImportRestApi", definition).path("id").asString();
    JsonNode _ =
        gateway.call(
            "CreateDeployment", Json.object().put("restApiId", api).put("stageName", "dev"));
    return api;
  }

  private HttpResponse<String> call(Gateway gateway, String api)
      throws IOException, InterruptedException {
    URI uri = URI.create(gateway.url() + "/_aws/execute-api/" + api + "/dev/greeting");
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static GatewayConfig config(Map<String, String> keys) {
    Map<String, String> flags = new HashMap<>(keys);
    flags.put("port", "0");
    flags.put("ephemeral", "true");
    return new ConfigLoader().load(null, Map.of(), flags).config();
  }
}
