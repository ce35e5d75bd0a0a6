package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Spans of a gateway's calls, as a collector gets them, and traces by {@code traceparent}. */
@Timeout(120)
final class OtlpTracesTest {
  private static final String DIGITS = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "00-" + DIGITS + "-b7ad6b7169203331-01";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final BlockingQueue<Received> COLLECTED = new LinkedBlockingQueue<>();
  private static final BlockingQueue<Map<String, List<String>>> PASSED_ON =
      new LinkedBlockingQueue<>();
  private static HttpServer others;
  private static Gateway gateway;
  private static String backend;
  private static String traced;

  /** A request that a collector has got. */
  private record Received(
      String method, String path, String contentType, String authorization, JsonNode content) {
    JsonNode spans() {
      return content.at("/resourceSpans/0/scopeSpans/0/spans");
    }
  }

  @BeforeAll
  static void start() throws Exception {
    others = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    others.createContext(
        "/v1/traces",
        exchange -> {
          try (exchange) {
            COLLECTED.add(
                new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    Json.parse(exchange.getRequestBody().readAllBytes())));
            byte[] answer = "{}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    others.createContext(
        "/backend",
        exchange -> {
          try (exchange) {
            PASSED_ON.add(Map.copyOf(exchange.getRequestHeaders()));
            exchange.sendResponseHeaders(503, -1);
          }
        });
    others.start();
    String address = "http://127.0.0.1:" + others.getAddress().getPort();
    gateway =
        GatewayAssembly.start(
            new ConfigLoader()
                .load(
                    null,
                    Map.of(
                        "PORTICO_TRACING_OTLP_ENDPOINT",
                        address + "/v1/traces",
                        "PORTICO_TRACING_OTLP_HEADERS",
                        "Authorization=Bearer%20of-a-vendor",
                        "PORTICO_TRACING_TRACE_CONTEXT",
                        "true",
                        "PORTICO_TRACING_SAMPLING_RESERVOIR",
                        "0",
                        "PORTICO_TRACING_SAMPLING_RATE",
                        "0"),
                    Map.of("port", "0", "ephemeral", "true"))
                .config(),
            Map.of());
    backend = address + "/backend";
    String definition =
        """
        {"openapi": "3.0.1", "info": {"title": "Pets", "version": "1"},
         "paths": {"/pets/{id}": {"get": {"x-amazon-apigateway-integration":
           {"type": "http_proxy", "httpMethod": "GET", "uri": "%s"}}}}}
        """
            .formatted(backend);
    String id = post("/restapis?mode=import", definition).get("id").asString();
    post("/restapis/" + id + "/deployments", "{\"stageName\": \"prod\", \"tracingEnabled\": true}");
    traced = gateway.url() + "/_aws/execute-api/" + id + "/prod/pets/7?token=secret";
  }

  @AfterAll
  static void end() {
    gateway.close();
    CLIENT.close();
    others.stop(0);
  }

  @BeforeEach
  void forget() {
    COLLECTED.clear();
    PASSED_ON.clear();
  }

  private static JsonNode post(String path, String body) throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Json.parse(answer.body());
  }

  private static void call(String address, String... headers) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).headers(headers).build();
    assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    return Objects.requireNonNull(queue.poll(60, TimeUnit.SECONDS), "nothing in time");
  }

  @Test
  void aCallThatIsSampledIsASpanWithWhatItCalled() throws Exception {
    call(traced, "X-Amzn-Trace-Id", "Root=1-67f4a3b1-0123456789abcdef01234567;Sampled=0");
    call(traced, "traceparent", PARENT, "tracestate", "a=1");

    Received received = next(COLLECTED);

    assertThat(received.method() + " " + received.path()).isEqualTo("POST /v1/traces");
    assertThat(received.contentType()).isEqualTo("application/json");
    assertThat(received.authorization()).isEqualTo("Bearer of-a-vendor");
    assertThat(received.spans()).hasSize(2);
    JsonNode server = received.spans().get(0);
    JsonNode client = received.spans().get(1);
    assertThat(server.get("traceId").asString()).isEqualTo(DIGITS);
    assertThat(server.get("parentSpanId").asString()).isEqualTo("b7ad6b7169203331");
    assertThat(server.get("traceState").asString()).isEqualTo("a=1");
    assertThat(server.get("name").asString()).isEqualTo("GET /pets/{id}");
    assertThat(server.at("/status/code").asInt()).isEqualTo(2);
    assertThat(client.get("traceId").asString()).isEqualTo(DIGITS);
    assertThat(client.get("parentSpanId")).isEqualTo(server.get("spanId"));
    assertThat(received.content().toString()).doesNotContain("secret");
    assertThat(next(PASSED_ON).get("X-amzn-trace-id"))
        .singleElement()
        .asString()
        .startsWith("Root=1-67f4a3b1-0123456789abcdef01234567;Parent=")
        .endsWith(";Sampled=0");
    Map<String, List<String>> passedOn = next(PASSED_ON);
    assertThat(passedOn.get("Traceparent"))
        .containsExactly("00-" + DIGITS + "-" + client.get("spanId").asString() + "-01");
    assertThat(passedOn.get("Tracestate")).containsExactly("a=1");
    assertThat(COLLECTED).isEmpty();
  }

  @Test
  void callsThatAreRecordedAreCounted() throws Exception {
    call(traced, "traceparent", PARENT);
    assertThat(next(COLLECTED).spans()).isNotEmpty();
    HttpRequest metrics =
        HttpRequest.newBuilder(URI.create(gateway.url() + "/_portico/metrics"))
            .timeout(Duration.ofSeconds(10))
            .build();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    String counted = "";
    while (!counted.matches("(?s).*portico_traces_recorded_total\\{sink=\"otlp\"\\} [1-9].*")) {
      assertThat(System.nanoTime()).as(counted).isLessThan(deadline);
      counted = CLIENT.send(metrics, BodyHandlers.ofString()).body();
    }
    assertThat(counted).contains("portico_traces_dropped_total{sink=\"otlp\"} 0");
  }

  @Test
  void anHttpApiPassesTheTraceOn() throws Exception {
    JsonNode api =
        post(
            "/v2/apis",
            "{\"name\": \"http\", \"protocolType\": \"HTTP\", \"target\": \"" + backend + "\"}");
    String address =
        gateway.url() + "/_aws/execute-api/" + api.get("apiId").asString() + "/$default/pets";

    call(address, "traceparent", PARENT, "tracestate", "a=1");

    Map<String, List<String>> passedOn = next(PASSED_ON);
    assertThat(passedOn.get("X-amzn-trace-id"))
        .containsExactly(
            "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1");
    assertThat(passedOn.get("Traceparent")).containsExactly(PARENT);
    assertThat(passedOn.get("Tracestate")).containsExactly("a=1");
  }
}
