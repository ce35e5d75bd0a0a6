package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import io.portico.server.config.GatewayConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
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
              uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%1$s/invocations
        /greeting-as-a-role:
          get:
            x-amazon-apigateway-integration:
              type: aws_proxy
              httpMethod: POST
              credentials: arn:aws:iam::000000000000:role/gateway
              uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%1$s/invocations
      """
          .formatted(ARN);

  /** The one path of AWS's runtime interface emulator. */
  private static final String EMULATOR = "/2015-03-31/functions/function/invocations";

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
      HttpResponse<String> asARoleThatNobodyHasMade = call(gateway, api, "/greeting-as-a-role");
      iam(
          host,
          "Action=CreateRole&RoleName=gateway&AssumeRolePolicyDocument=",
          "{'Version': '2012-10-17', 'Statement': {'Effect': 'Allow', 'Action': 'sts:AssumeRole',"
              + " 'Principal': {'Service': 'apigateway.amazonaws.com'}}}");
      HttpResponse<String> asARoleThatMayNothing = call(gateway, api, "/greeting-as-a-role");
      iam(
          host,
          "Action=PutRolePolicy&RoleName=gateway&PolicyName=invoke&PolicyDocument=",
          "{'Version': '2012-10-17', 'Statement': {'Effect': 'Allow', 'Resource': '"
              + ARN
              + "',"
              + " 'Action': 'lambda:InvokeFunction'}}");
      HttpResponse<String> asARole = call(gateway, api, "/greeting-as-a-role");
      permit(host, api);
      HttpResponse<String> answered = call(gateway, api);

      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(500);
      assertThat(asARoleThatNobodyHasMade.statusCode()).isEqualTo(200);
      assertThat(asARoleThatMayNothing.statusCode()).isEqualTo(500);
      assertThat(asARole.statusCode()).as(asARole.body()).isEqualTo(200);
      assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
      assertThat(answered.body()).isEqualTo("hello from there");
    }
  }

  @Test
  void aFunctionMayBeBehindAnEmulatorThatServesItAlone() throws IOException, InterruptedException {
    HttpServer emulator =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Deque<String> answers =
        new ArrayDeque<>(
            List.of(
                "{\"statusCode\": 200, \"body\": \"hello from an image\"}",
                "{\"errorType\": \"Error\", \"errorMessage\": \"no\", \"trace\": []}"));
    emulator.createContext("/", exchange -> emulate(exchange, answers));
    emulator.start();
    String url = "http://127.0.0.1:" + emulator.getAddress().getPort() + EMULATOR;
    try (Gateway gateway =
        GatewayAssembly.start(
            config(Map.of("lambda.endpoints", "arn:aws:lambda:*:*:function:gree*=" + url)),
            Map.of())) {
      String api = deployed(gateway);

      HttpResponse<String> answered = call(gateway, api);
      HttpResponse<String> failed = call(gateway, api);

      assertThat(answered.body()).isEqualTo("hello from an image");
      assertThat(failed.statusCode()).isEqualTo(502);
    } finally {
      emulator.stop(0);
    }
  }

  private static void emulate(HttpExchange exchange, Deque<String> answers) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestURI().getPath().equals(EMULATOR)) {
        byte[] answer = answers.remove().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  @Test
  void whereNoFunctionsAreRunAUrlIsNotThereInsteadOfTheControlPlane() throws IOException {
    try (Gateway gateway =
        GatewayAssembly.start(config(Map.of("lambda.host", "false")), Map.of())) {
      URI url = URI.create(gateway.url());
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket
            .getOutputStream()
            .write(
                "GET /restapis HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                    .formatted("abc.lambda-url.us-east-1.localhost")
                    .getBytes(StandardCharsets.ISO_8859_1));
        String answer =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

        assertThat(answer)
            .startsWith("HTTP/1.1 404 ")
            .endsWith("\r\n\r\n{\"Message\":null}")
            .containsIgnoringCase("x-amzn-RequestId: ");
      }
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
      LockSupport.parkNanos(20_000_000);
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

  private void iam(Gateway host, String form, String document)
      throws IOException, InterruptedException {
    String body =
        "Version=2010-05-08&"
            + form
            + URLEncoder.encode(document.replace('\'', '"'), StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(host.url() + "/"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
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
    return call(gateway, api, "/greeting");
  }

  private HttpResponse<String> call(Gateway gateway, String api, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create(gateway.url() + "/_aws/execute-api/" + api + "/dev" + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static GatewayConfig config(Map<String, String> keys) {
    Map<String, String> flags = new HashMap<>(keys);
    flags.put("port", "0");
    flags.put("ephemeral", "true");
    return new ConfigLoader().load(null, Map.of(), flags).config();
  }
}
