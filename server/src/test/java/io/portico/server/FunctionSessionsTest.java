package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
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
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The credentials that a function has are known to every API of the same Portico. */
final class FunctionSessionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Asks STS who it is; who signs, all that the control plane reads, is the function. */
  private static final String CODE =
      """
      exports.handler = async ({endpoint}) => {
        const response = await fetch(endpoint, {
          method: 'POST',
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            'x-amz-security-token': process.env.AWS_SESSION_TOKEN,
            authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID
              + '/20261129/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=00'
          },
          body: 'Action=GetCallerIdentity&Version=2011-06-15'
        });
        return await response.text();
      };
      """;

  @Test
  void aFunctionSeesItselfAsASessionOfItsRole() throws IOException, InterruptedException {
    try (Gateway gateway =
            GatewayAssembly.start(
                new ConfigLoader()
                    .load(null, Map.of(), Map.of("ephemeral", "true", "port", "0"))
                    .config());
        HttpClient client = HttpClient.newHttpClient()) {
      ObjectNode creation =
          Json.object()
              .put("FunctionName", "who")
              .put("Runtime", "nodejs20.x")
              .put("Handler", "index.handler")
              .put("Timeout", 20)
              .put("Role", "arn:aws:iam::000000000000:role/team/any");
      creation.putObject("Code").put("ZipFile", Base64.getEncoder().encodeToString(zip()));
      call(client, gateway, "POST", "", creation);
      awaitActive(client, gateway);

      JsonNode answer =
          call(
              client,
              gateway,
              "POST",
              "/who/invocations",
              Json.object().put("endpoint", gateway.url()));

      assertThat(answer.asString())
          .contains("<Arn>arn:aws:sts::000000000000:assumed-role/any/who</Arn>")
          .contains("<Account>000000000000</Account>");
    }
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("index.js"));
      zip.write(CODE.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void awaitActive(HttpClient client, Gateway gateway)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode configuration = call(client, gateway, "GET", "/who/configuration", Json.object());
      if (configuration.path("State").asString("").equals("Active")) {
        return;
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new AssertionError("the function does not become active");
  }

  private static JsonNode call(
      HttpClient client, Gateway gateway, String method, String path, ObjectNode body)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(gateway.url() + "/2015-03-31/functions" + path))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.ofByteArray(Json.bytes(body)))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
    return Json.parse(response.body());
  }
}
