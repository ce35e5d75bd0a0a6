package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Private integrations of REST and HTTP APIs, to servers that come and go. */
final class PrivateIntegrationsTest {
  private static final String ELB = "arn:aws:elasticloadbalancing:us-east-1:000000000000:";
  private static final String LISTENER = ELB + "listener/app/orders/1/2";
  private static final int LONG = 3_000_000;

  @TempDir private Path folder = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Server one = new Server("one", plain());
  private final Server two = new Server("two", plain());
  private Gateway gateway = gateway(Map.of());
  private int loadBalancers;

  @AfterEach
  void end() {
    gateway.close();
    client.close();
    one.close();
    two.close();
  }

  private Gateway gateway(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>();
    environment.put(
        "PORTICO_VPC_LINKS_TARGETS",
        "arn:aws:elasticloadbalancing:*:*:*/orders/*=%s|%s".formatted(one.url(), two.url()));
    environment.put("PORTICO_VPC_LINKS_HEALTH_CHECK_INTERVAL", "20ms");
    environment.putAll(more);
    return GatewayAssembly.start(
        new ConfigLoader()
            .load(null, environment, Map.of("port", "0", "ephemeral", "true"))
            .config(),
        Map.of());
  }

  private static HttpServer plain() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Answers with its name and the request's line; keeps what it was sent. */
  private static final class Server implements AutoCloseable {
    private final String name;
    private final HttpServer server;
    private final String url;
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();

    Server(String name, HttpServer server) {
      this.name = name;
      this.server = server;
      this.url = "http://127.0.0.1:" + server.getAddress().getPort();
      server.createContext("/", this::answer);
      server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
      try (exchange) {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        byte[] answer =
            (name
                    + " "
                    + exchange.getRequestMethod()
                    + " "
                    + exchange.getRequestURI()
                    + " "
                    + exchange.getRequestHeaders().getFirst("Host"))
                .getBytes(UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
      }
    }

    String url() {
      return url;
    }

    String authority() {
      return url.substring("http://".length());
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  private JsonNode control(String path, ObjectNode input) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.text(input)))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return Json.parse(answer.body());
  }

  /** An HTTP API, all of whose requests go to the listener; its base URL without stage. */
  private String httpApi(String stage) throws Exception {
    ObjectNode link = Json.object().put("name", "orders");
    link.putArray("subnetIds").add("subnet-a");
    String linkId = control("/v2/vpclinks", link).path("vpcLinkId").asString();
    String api =
        control("/v2/apis", Json.object().put("name", "shop").put("protocolType", "HTTP"))
            .path("apiId")
            .asString();
    String integration =
        control(
                "/v2/apis/" + api + "/integrations",
                Json.object()
                    .put("integrationType", "HTTP_PROXY")
                    .put("integrationMethod", "ANY")
                    .put("connectionType", "VPC_LINK")
                    .put("connectionId", linkId)
                    .put("payloadFormatVersion", "1.0")
                    .put("integrationUri", LISTENER))
            .path("integrationId")
            .asString();
    JsonNode _ =
        control(
            "/v2/apis/" + api + "/routes",
            Json.object().put("routeKey", "$default").put("target", "integrations/" + integration));
    JsonNode _ =
        control(
            "/v2/apis/" + api + "/stages",
            Json.object().put("stageName", stage).put("autoDeploy", true));
    return gateway.url() + "/_aws/execute-api/" + api;
  }

  /** A REST API whose stages each have their VPC link in a variable; the stage's URL. */
  private String restApi(String uri) throws Exception {
    ObjectNode link = Json.object().put("name", "orders");
    link.putArray("targetArns").add(ELB + "loadbalancer/net/orders/" + ++loadBalancers);
    String linkId = control("/vpclinks", link).path("id").asString();
    String definition =
        """
        openapi: 3.0.1
        info: {title: shop, version: "1"}
        paths:
          /{proxy+}:
            x-amazon-apigateway-any-method:
              parameters: [{name: proxy, in: path, required: true, schema: {type: string}}]
              x-amazon-apigateway-integration:
                type: http_proxy
                httpMethod: ANY
                uri: %s
                connectionType: VPC_LINK
                connectionId: ${stageVariables.link}
                tlsConfig: {insecureSkipVerification: true}
                requestParameters: {integration.request.path.proxy: method.request.path.proxy}
        """
            .formatted(uri);
    String api =
        gateway
            .call("ImportRestApi", Json.object().put("body", definition.getBytes(UTF_8)))
            .path("id")
            .asString();
    ObjectNode deployment = Json.object().put("restApiId", api).put("stageName", "prod");
    deployment.putObject("variables").put("link", linkId);
    JsonNode _ = gateway.call("CreateDeployment", deployment);
    return gateway.url() + "/_aws/execute-api/" + api + "/prod";
  }

  private HttpResponse<String> get(String url) throws Exception {
    return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private Set<String> answers(String url, int requests) throws Exception {
    Set<String> answers = new TreeSet<>();
    for (int i = 0; i < requests; i++) {
      HttpResponse<String> answer = get(url);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      answers.add(answer.body());
    }
    return answers;
  }

  @Test
  void anHttpApiGoesToBothAndThenToWhoIsLeft() throws Exception {
    String url = httpApi("test");

    assertThat(answers(url + "/test/orders/1?x=1", 4))
        .containsExactly(
            "one GET /test/orders/1?x=1 " + one.authority(),
            "two GET /test/orders/1?x=1 " + two.authority());

    one.close();

    assertThat(answers(url + "/test/orders/1", 6))
        .containsExactly("two GET /test/orders/1 " + two.authority());
    awaitMetrics(
        "portico_vpclink_targets_healthy{arn=\"" + LISTENER + "\"} 1.0",
        "portico_vpclink_targets_unhealthy{arn=\"" + LISTENER + "\"} 1.0");

    two.close();
    HttpResponse<String> nobody = get(url + "/test/orders/1");
    assertThat(nobody.statusCode()).isEqualTo(503);
    assertThat(nobody.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
  }

  /** Each call waits for the only connection there may be, and no look does. */
  @Test
  void aServerThatIsOnlyBusyStaysHealthy() throws Exception {
    gateway.close();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch looks = new CountDownLatch(5);
    HttpServer server = plain();
    server.createContext(
        "/held",
        exchange -> {
          busy.countDown();
          awaited(held);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.createContext(
        "/health",
        exchange -> {
          if (busy.getCount() == 0) {
            looks.countDown();
          }
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.setExecutor(threads);
      try (Server slow = new Server("slow", server)) {
        gateway =
            gateway(
                Map.of(
                    "PORTICO_VPC_LINKS_TARGETS",
                    "arn:aws:elasticloadbalancing:*:*:*/orders/*=" + slow.url(),
                    "PORTICO_VPC_LINKS_HEALTH_CHECK_PATH",
                    "/health",
                    "PORTICO_VPC_LINKS_UNHEALTHY_THRESHOLD",
                    "1",
                    "PORTICO_BACKENDS_MAX_CONNECTIONS",
                    "1",
                    "PORTICO_BACKENDS_MAX_WAITING",
                    "0",
                    "PORTICO_HTTP_EVENT_LOOPS",
                    "1"));
        URI url = URI.create(httpApi("$default") + "/held");
        CompletableFuture<HttpResponse<String>> call =
            client.sendAsync(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
        try {
          awaited(busy);
          awaited(looks);

          assertThat(get(gateway.url() + "/_portico/metrics").body())
              .contains("portico_vpclink_targets_healthy{arn=\"" + LISTENER + "\"} 1.0");
          assertThat(call).isNotDone();
        } finally {
          held.countDown();
        }
        assertThat(call.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
      }
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).as("in time").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theStageDefaultIsNotInThePath() throws Exception {
    assertThat(answers(httpApi("$default") + "/orders", 2))
        .containsExactly(
            "one GET /orders " + one.authority(), "two GET /orders " + two.authority());
  }

  @Test
  void aRestApiGoesToBothAndThenToWhoIsLeft() throws Exception {
    String url = restApi("http://orders.internal:8080/in/{proxy}");

    assertThat(answers(url + "/orders/1", 4))
        .containsExactly(
            "one GET /in/orders/1 orders.internal:8080",
            "two GET /in/orders/1 orders.internal:8080");

    two.close();

    assertThat(answers(url + "/orders/1", 6))
        .containsExactly("one GET /in/orders/1 orders.internal:8080");
  }

  @Test
  void aBodyThatStreamsReachesWhoIsLeftWhole() throws Exception {
    gateway.close();
    gateway = gateway(Map.of("PORTICO_VPC_LINKS_HEALTH_CHECK_INTERVAL", "0s"));
    List<String> urls =
        List.of(httpApi("test") + "/test/orders", restApi("http://orders.internal/{proxy}") + "/a");
    one.close();

    for (String url : urls) {
      for (int i = 0; i < 2; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofInputStream(PrivateIntegrationsTest::content))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Objects.requireNonNull(two.bodies.poll(60, TimeUnit.SECONDS)))
            .isEqualTo("o".repeat(LONG));
      }
    }
    assertThat(two.bodies).isEmpty();
  }

  private static InputStream content() {
    return new ByteArrayInputStream("o".repeat(LONG).getBytes(UTF_8));
  }

  @Test
  void theUriOfARestApiNamesWhoseCertificateItHasToBe() throws Exception {
    gateway.close();
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(certifiedAs("orders.internal")));
    try (Server encrypted = new Server("encrypted", https)) {
      gateway =
          gateway(
              Map.of(
                  "PORTICO_VPC_LINKS_TARGETS",
                  "arn:aws:elasticloadbalancing:*:*:*/orders/*=" + encrypted.url()));

      assertThat(answers(restApi("https://orders.internal/{proxy}") + "/a", 1))
          .containsExactly("encrypted GET /a orders.internal");
      assertThat(get(restApi("https://pets.internal/{proxy}") + "/a").statusCode()).isEqualTo(500);
    }
  }

  private SSLContext certifiedAs(String host) throws Exception {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.out").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void aMethodIsTestedByThem() throws Exception {
    String url = restApi("http://orders.internal/{proxy}");
    String api = url.split("/", -1)[5];
    JsonNode resources = gateway.call("GetResources", Json.object().put("restApiId", api));
    String resource =
        resources
            .path("item")
            .valueStream()
            .filter(each -> each.path("path").asString().equals("/{proxy+}"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asString();
    JsonNode links = gateway.call("GetVpcLinks", Json.object());
    ObjectNode input =
        Json.object()
            .put("restApiId", api)
            .put("resourceId", resource)
            .put("httpMethod", "GET")
            .put("pathWithQueryString", "/a");
    input.putObject("stageVariables").put("link", links.path("item").path(0).path("id").asString());

    JsonNode tested = gateway.call("TestInvokeMethod", input);

    assertThat(tested.path("body").asString()).isEqualTo("one GET /a orders.internal");
    assertThat(tested.path("log").asString())
        .contains("Endpoint request URI: http://orders.internal/a");
  }

  private void awaitMetrics(String... lines) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String metrics;
    do {
      assertThat(System.nanoTime()).as("in time: %s", List.of(lines)).isLessThan(deadline);
      metrics = get(gateway.url() + "/_portico/metrics").body();
    } while (!List.of(lines).stream().allMatch(metrics::contains));
  }
}
