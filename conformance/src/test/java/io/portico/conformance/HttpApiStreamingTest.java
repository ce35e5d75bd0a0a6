package io.portico.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.RawServer;
import io.portico.conformance.wire.RawServer.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Beyond AWS: answers of the HTTP backends of an HTTP API go on as they come, where the stage says
 * so; and only there.
 */
@Portico
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class HttpApiStreamingTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int TOO_LONG = 10 * 1024 * 1024 + 1;
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private static final String BREAK = "break";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final RawServer backend = RawServer.saying(this::answer);

  /** What lets the backend go on. */
  private final BlockingQueue<String> next = new LinkedBlockingQueue<>();

  private Endpoint portico = new Endpoint(0);
  private String api = "";

  @BeforeAll
  void build(Endpoint endpoint) {
    portico = endpoint;
    try (JavaSdk sdk = JavaSdk.of(endpoint)) {
      ServiceClient v2 = sdk.of(AwsService.API_GATEWAY_V2);
      api =
          v2.call(
                  "CreateApi",
                  Map.of(
                      "Name",
                      "events",
                      "ProtocolType",
                      "HTTP",
                      "Target",
                      "http://127.0.0.1:" + backend.port()))
              .path("ApiId")
              .asString();
      JsonNode integration = v2.call("GetIntegrations", Map.of("ApiId", api)).path("Items").path(0);
      JsonNode _ =
          v2.call(
              "UpdateIntegration",
              Map.of(
                  "ApiId",
                  api,
                  "IntegrationId",
                  integration.path("IntegrationId").asString(),
                  "ResponseParameters",
                  Map.of("200", Map.of("overwrite:header.x-by", "the API"))));
      String impatient =
          v2.call(
                  "CreateIntegration",
                  Map.of(
                      "ApiId",
                      api,
                      "IntegrationType",
                      "HTTP_PROXY",
                      "IntegrationMethod",
                      "GET",
                      "IntegrationUri",
                      "http://127.0.0.1:" + backend.port() + "/silent",
                      "PayloadFormatVersion",
                      "1.0",
                      "TimeoutInMillis",
                      1_000))
              .path("IntegrationId")
              .asString();
      JsonNode _ =
          v2.call(
              "CreateRoute",
              Map.of(
                  "ApiId", api, "RouteKey", "GET /silent", "Target", "integrations/" + impatient));
      JsonNode _ =
          v2.call(
              "CreateStage",
              Map.of(
                  "ApiId",
                  api,
                  "StageName",
                  "streaming",
                  "AutoDeploy",
                  true,
                  "StageVariables",
                  Map.of("responseTransferMode", "STREAM")));
      JsonNode _ =
          v2.call("CreateStage", Map.of("ApiId", api, "StageName", "whole", "AutoDeploy", true));
    }
  }

  @AfterAll
  void end() {
    client.close();
    backend.close();
  }

  @Test
  void eachPieceGoesOnAsItComes() throws Exception {
    HttpResponse<InputStream> answer = get("streaming", "pieces");

    try (InputStream content = answer.body()) {
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-by")).hasValue("the API");
      assertThat(new String(content.readNBytes(4), US_ASCII)).isEqualTo("one ");
      next.add("two ");
      assertThat(new String(content.readNBytes(4), US_ASCII)).isEqualTo("two ");
      next.add("");
      assertThat(content.read()).isEqualTo(-1);
    }
  }

  @Test
  void anAnswerMayBeOfAnyLength() throws Exception {
    try (InputStream content = get("streaming", "long").body()) {
      assertThat(content.readAllBytes()).hasSize(TOO_LONG);
    }
  }

  @Test
  void onesThatBreakOffEndTheirConnectionAndAreFailures() throws Exception {
    HttpResponse<InputStream> answer = get("streaming", "broken");

    try (InputStream content = answer.body()) {
      assertThat(new String(content.readNBytes(4), US_ASCII)).isEqualTo("some");
      next.add(BREAK);
      assertThatThrownBy(content::read).isInstanceOf(IOException.class);
    }
    JsonNode explanation = JsonMapper.shared().readTree(lastRefusal());
    assertThat(explanation.path("requestId").asString())
        .isEqualTo(answer.headers().firstValue("Apigw-Requestid").orElseThrow());
    assertThat(explanation.path("summary").asString())
        .startsWith("200: the client has the beginning of the answer")
        .contains("CONNECTION_LOST");
    assertThat(get("streaming", "well").statusCode()).isEqualTo(200);
  }

  /** A client that has gone is told nothing more, and its backend is let go. */
  @Test
  void aBackendIsLetGoWithItsClient() throws Exception {
    try (InputStream content = get("streaming", "endless").body()) {
      assertThat(content.readNBytes(5)).containsExactly("again".getBytes(US_ASCII));
    }

    assertThat(next.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("let go");
  }

  @Test
  void aHeadThatDoesNotComeIsWaitedForAsLongAsEver() throws Exception {
    assertThat(get("streaming", "silent").statusCode()).isEqualTo(503);
  }

  @Test
  void nothingStreamsByDefault() throws Exception {
    assertThat(get("whole", "long").statusCode()).isEqualTo(500);
    assertThat(get("whole", "well").statusCode()).isEqualTo(200);
  }

  private String lastRefusal() throws Exception {
    URI url = portico.uri().resolve("/_portico/explain/last-refusal");
    return client
        .send(HttpRequest.newBuilder(url).timeout(LIMIT).build(), BodyHandlers.ofString())
        .body();
  }

  private HttpResponse<InputStream> get(String stage, String path) throws Exception {
    URI url = portico.pathForm(api, stage, "/" + path);
    return client.send(
        HttpRequest.newBuilder(url).timeout(LIMIT).build(), BodyHandlers.ofInputStream());
  }

  private void answer(Connection connection) throws IOException {
    String head = connection.head();
    String path = head.substring(head.lastIndexOf('/', head.indexOf(" HTTP/") - 1) + 1);
    switch (path.substring(0, path.indexOf(' '))) {
      case "pieces" -> pieces(connection, "one ");
      case "broken" -> pieces(connection, "some");
      case "long" ->
          connection.say(
              "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(TOO_LONG, "b".repeat(TOO_LONG)));
      case "endless" -> endless(connection);
      case "silent" -> connection.hold();
      default -> connection.say("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell");
    }
  }

  /** Says one, and then what it is told to. */
  private void pieces(Connection connection, String first) throws IOException {
    connection.say(CHUNKED + chunk(first));
    try {
      for (String piece = next.take(); !piece.isEmpty(); piece = next.take()) {
        if (piece.equals(BREAK)) {
          connection.reset();
          return;
        }
        connection.say(chunk(piece));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    connection.say("0\r\n\r\n");
  }

  private static String chunk(String piece) {
    return "%x\r\n%s\r\n".formatted(piece.length(), piece);
  }

  private void endless(Connection connection) throws IOException {
    connection.say(CHUNKED);
    try {
      while (true) {
        connection.say(chunk("again"));
      }
    } catch (IOException e) {
      next.add("let go");
      throw e;
    }
  }
}
