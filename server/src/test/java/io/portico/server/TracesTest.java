package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigException;
import io.portico.server.config.ConfigLoader;
import io.portico.server.config.TracingConfig;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Segments of a gateway's calls, as a daemon gets them by UDP. */
final class TracesTest {
  private static final int LONG = 30_000;
  private static final String ROOT = "1-67f4a3b1-0123456789abcdef01234567";

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<String> passedOn = new LinkedBlockingQueue<>();
  private DatagramSocket daemon;
  private HttpServer backend;
  private Gateway gateway;

  @BeforeEach
  void start() throws Exception {
    daemon = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    daemon.setSoTimeout(LONG);
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/",
        exchange -> {
          passedOn.add(exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id"));
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    backend.start();
    gateway =
        GatewayAssembly.start(
            new ConfigLoader()
                .load(
                    null,
                    Map.of(
                        "PORTICO_TRACING_SAMPLING_RESERVOIR",
                        "0",
                        "PORTICO_TRACING_SAMPLING_RATE",
                        "0"),
                    Map.of("port", "0", "ephemeral", "true"))
                .config(),
            Map.of("AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:" + daemon.getLocalPort()));
  }

  @AfterEach
  void end() {
    gateway.close();
    client.close();
    backend.stop(0);
    daemon.close();
  }

  private JsonNode post(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Json.parse(answer.body().getBytes(UTF_8));
  }

  /** The address of a stage with tracing. */
  private String traced() throws Exception {
    String definition =
        """
        {"openapi": "3.0.1", "info": {"title": "Pets", "version": "1"},
         "paths": {"/pets": {"get": {"x-amazon-apigateway-integration":
           {"type": "http_proxy", "httpMethod": "GET", "uri": "http://127.0.0.1:%d/"}}}}}
        """
            .formatted(backend.getAddress().getPort());
    String id = post("/restapis?mode=import", definition).get("id").asString();
    post("/restapis/" + id + "/deployments", "{\"stageName\": \"prod\", \"tracingEnabled\": true}");
    return gateway.url() + "/_aws/execute-api/" + id + "/prod/pets";
  }

  private void call(String address, String trace) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).header("X-Amzn-Trace-Id", trace).build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
  }

  @Test
  void aCallThatIsSampledIsASegmentWithWhatItCalled() throws Exception {
    String address = traced();
    call(address, "Root=" + ROOT + ";Parent=1111111111111111;Sampled=0");
    call(address, "Root=" + ROOT + ";Parent=2222222222222222;Sampled=1");

    byte[] buffer = new byte[65_535];
    DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
    daemon.receive(datagram);

    String[] parts = new String(buffer, 0, datagram.getLength(), UTF_8).split("\n", 2);
    assertThat(parts[0]).isEqualTo("{\"format\": \"json\", \"version\": 1}");
    JsonNode segment = Json.parse(parts[1].getBytes(UTF_8));
    assertThat(segment.get("trace_id").asString()).isEqualTo(ROOT);
    assertThat(segment.get("parent_id").asString()).isEqualTo("2222222222222222");
    assertThat(segment.at("/http/response/status").asInt()).isEqualTo(503);
    assertThat(segment.get("fault").asBoolean()).isTrue();
    String notSampled = passedOn.take();
    assertThat(notSampled).startsWith("Root=" + ROOT + ";Parent=").endsWith(";Sampled=0");
    assertThat(passedOn.take())
        .isEqualTo(
            "Root="
                + ROOT
                + ";Parent="
                + segment.at("/subsegments/0/id").asString()
                + ";Sampled=1");
    double start = segment.get("start_time").asDouble();
    assertThat(segment.at("/subsegments/0/start_time").asDouble()).isGreaterThanOrEqualTo(start);
    assertThat(segment.at("/subsegments/0/end_time").asDouble())
        .isLessThanOrEqualTo(segment.get("end_time").asDouble() + 0.001);
  }

  @Test
  void theDaemonsAddressIsReadInBothForms() {
    assertThat(address(null, "tcp:127.0.0.1:1 udp:collector:2000"))
        .isEqualTo(InetSocketAddress.createUnresolved("collector", 2000));
    assertThat(address(null, "127.0.0.1:2000"))
        .isEqualTo(InetSocketAddress.createUnresolved("127.0.0.1", 2000));
    assertThat(address("[::1]:2000", "127.0.0.1:1"))
        .isEqualTo(InetSocketAddress.createUnresolved("::1", 2000));
    assertThat(address(null, "")).isNull();
    assertThatThrownBy(() -> address("2000", ""))
        .isInstanceOf(ConfigException.class)
        .hasMessage("tracing.xray-daemon: 2000: allowed is a host and a port, 127.0.0.1:2000");
    assertThatThrownBy(() -> address(null, "127.0.0.1:70000"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("AWS_XRAY_DAEMON_ADDRESS");
  }

  private static @Nullable InetSocketAddress address(@Nullable String configured, String variable) {
    return ConfiguredTracing.daemon(
        new TracingConfig(configured, 1, 5, null, null, false),
        Map.of("AWS_XRAY_DAEMON_ADDRESS", variable));
  }
}
