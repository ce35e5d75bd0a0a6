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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where AWS's clients in functions find services. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FunctionsCallPorticoTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Asks as AWS's clients do, but for the signature. */
  private static final String CODE =
      """
      exports.handler = async event => {
        if (!event.ask) {
          return Object.fromEntries(
            Object.entries(process.env).filter(([name]) => name.startsWith('AWS_ENDPOINT_URL')));
        }
        const answer = await fetch(process.env.AWS_ENDPOINT_URL_STS, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/x-www-form-urlencoded',
            'Authorization': 'AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/sts/aws4_request,'
              + ' SignedHeaders=host, Signature=0',
          },
          body: 'Action=GetCallerIdentity&Version=2011-06-15',
        });
        return `${answer.status} ${await answer.text()}`;
      };
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private Gateway gateway;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    gateway =
        GatewayAssembly.start(
            new ConfigLoader()
                .load(
                    null,
                    Map.of(),
                    Map.of(
                        "ephemeral",
                        "true",
                        "port",
                        "0",
                        "aws.endpoints",
                        "sqs=http://127.0.0.1:9324"))
                .config(),
            Map.of("PATH", String.valueOf(System.getenv("PATH"))));
    create("asks", Map.of());
    create("other", Map.of("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1"));
    create("elsewhere", Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:2"));
  }

  @AfterAll
  void stop() {
    gateway.close();
    client.close();
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("index.js"));
      zip.write(CODE.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private void create(String name, Map<String, String> variables)
      throws IOException, InterruptedException {
    ObjectNode creation =
        Json.object()
            .put("FunctionName", name)
            .put("Runtime", "nodejs20.x")
            .put("Handler", "index.handler")
            .put("Timeout", 20)
            .put("Role", "arn:aws:iam::000000000000:role/any");
    creation.putObject("Code").put("ZipFile", Base64.getEncoder().encodeToString(zip()));
    ObjectNode environment = creation.putObject("Environment").putObject("Variables");
    variables.forEach(environment::put);
    assertThat(call("POST", "/2015-03-31/functions", creation).statusCode()).isEqualTo(201);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Json.parse(
                call("GET", "/2015-03-31/functions/" + name + "/configuration", Json.object())
                    .body())
            .path("State")
            .asString("")
            .equals("Active")
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private HttpResponse<String> call(String method, String path, ObjectNode body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofByteArray(Json.bytes(body)))
            .build(),
        BodyHandlers.ofString());
  }

  private JsonNode invoke(String function, ObjectNode event)
      throws IOException, InterruptedException {
    return Json.parse(
        call("POST", "/2015-03-31/functions/" + function + "/invocations", event).body());
  }

  @Test
  void theServicesThatPorticoSpeaksAreFoundAtPortico() throws Exception {
    assertThat(invoke("asks", Json.object().put("ask", true)).asString())
        .startsWith("200 ")
        .contains("<GetCallerIdentityResult>");
  }

  @Test
  void othersAreFoundWhereIntegrationsFindThem() throws Exception {
    JsonNode variables = invoke("asks", Json.object());

    assertThat(variables.propertyStream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            "AWS_ENDPOINT_URL_API_GATEWAY",
            "AWS_ENDPOINT_URL_APIGATEWAYV2",
            "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI",
            "AWS_ENDPOINT_URL_CLOUDWATCH",
            "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
            "AWS_ENDPOINT_URL_IAM",
            "AWS_ENDPOINT_URL_LAMBDA",
            "AWS_ENDPOINT_URL_SQS",
            "AWS_ENDPOINT_URL_STS");
    assertThat(variables.path("AWS_ENDPOINT_URL_SQS").asString())
        .isEqualTo("http://127.0.0.1:9324");
    assertThat(variables.path("AWS_ENDPOINT_URL_LAMBDA").asString()).isEqualTo(gateway.url());
  }

  @Test
  void whatTheFunctionSaysItselfCounts() throws Exception {
    assertThat(invoke("other", Json.object()).path("AWS_ENDPOINT_URL_STS").asString())
        .isEqualTo("http://127.0.0.1:1");
    assertThat(invoke("elsewhere", Json.object()))
        .isEqualTo(Json.object().put("AWS_ENDPOINT_URL", "http://127.0.0.1:2"));
  }
}
