package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigException;
import io.portico.server.config.ConfigLoader;
import io.portico.server.config.GatewayConfig;
import io.portico.transport.tls.DevelopmentCertificate;
import io.portico.transport.tls.ServerIdentity;
import io.portico.transport.tls.TrustedAuthorities;
import io.portico.transport.upstream.UpstreamConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The keys {@code backends.*}. */
final class BackendsTest {
  private static final String CERTIFICATE = "development-certificate.pem";
  private static final String KEY = "development-key.pem";
  private static final long SECONDS = 20;

  @TempDir private Path folder = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void end() {
    client.close();
  }

  private static GatewayConfig config(Map<String, String> environment) {
    return new ConfigLoader()
        .load(null, environment, Map.of("port", "0", "ephemeral", "true"))
        .config();
  }

  private static String deployed(Gateway gateway, String uri) {
    String definition =
        """
        openapi: 3.0.1
        info: {title: proxy, version: "1"}
        paths:
          /call:
            get:
              responses: {"200": {description: ok}}
              x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: "%s"}
        """
            .formatted(uri);
    JsonNode api =
        gateway.call("ImportRestApi", Json.object().put("body", definition.getBytes(UTF_8)));
    String id = api.path("id").asString();
    JsonNode _ =
        gateway.call(
            "CreateDeployment", Json.object().put("restApiId", id).put("stageName", "prod"));
    return gateway.url() + "/_aws/execute-api/" + id + "/prod/call";
  }

  private CompletableFuture<HttpResponse<String>> call(String url) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(SECONDS)).build(),
        BodyHandlers.ofString());
  }

  /** The backend is the gateway's own port for HTTPS. */
  @Test
  void whoIsNamedByTheFileIsTrustedFromThenOn() throws Exception {
    for (String each : List.of("shown", "other")) {
      ServerIdentity _ =
          DevelopmentCertificate.in(folder.resolve(each), List.of("localhost"), Instant.now());
    }
    Path shown = folder.resolve("shown");
    Path file =
        Files.copy(folder.resolve("other").resolve(CERTIFICATE), folder.resolve("authorities.pem"));
    Map<String, String> environment =
        Map.of(
            "PORTICO_TLS_PORT", "0",
            "PORTICO_TLS_CERT", shown.resolve(CERTIFICATE).toString(),
            "PORTICO_TLS_KEY", shown.resolve(KEY).toString(),
            "PORTICO_TLS_RELOAD_INTERVAL", "10ms",
            "PORTICO_BACKENDS_CA_FILE", file.toString());
    try (Gateway gateway = GatewayAssembly.start(config(environment))) {
      int port = URI.create(Objects.requireNonNull(gateway.tlsUrl())).getPort();
      String url = deployed(gateway, "https://localhost:" + port + "/_portico/health/live");
      assertThat(call(url).get(SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(500);

      Files.copy(shown.resolve(CERTIFICATE), file, REPLACE_EXISTING);

      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (call(url).get(SECONDS, TimeUnit.SECONDS).statusCode() != 200) {
        assertThat(System.nanoTime()).as("still not trusted").isLessThan(end);
      }
    }
  }

  @Test
  void aFileThatCannotBeUsedRefusesTheStart() throws Exception {
    Path missing = folder.resolve("missing.pem");
    Path none = Files.writeString(folder.resolve("none.pem"), "no certificate");

    refuses(missing, "backends.ca-file: " + missing + ": no such file");
    refuses(none, "backends.ca-file: " + none + ": holds no certificate in PEM");
  }

  private static void refuses(Path file, String told) {
    GatewayConfig config = config(Map.of("PORTICO_BACKENDS_CA_FILE", file.toString()));
    assertThatThrownBy(() -> GatewayAssembly.start(config).close())
        .isInstanceOf(ConfigException.class)
        .hasMessage(told);
  }

  @Test
  void theFileAddsToWhomTheJdkTrusts() throws Exception {
    ServerIdentity one = DevelopmentCertificate.in(folder, List.of("localhost"), Instant.now());
    TrustedAuthorities authorities = TrustedAuthorities.of(folder.resolve(CERTIFICATE));

    TrustManagerFactory jdk = TrustManagerFactory.getInstance("PKIX");
    jdk.init((KeyStore) null);

    assertThat(trusted(authorities.trust()))
        .contains(one.certificate())
        .containsAll(trusted(jdk))
        .hasSize(trusted(jdk).size() + 1);
  }

  private static Set<X509Certificate> trusted(TrustManagerFactory trust) {
    return Stream.of(trust.getTrustManagers())
        .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
        .collect(Collectors.toSet());
  }

  @Test
  void withoutSettingsTheUsualLimitsHold() {
    assertThat(ConfiguredBackends.upstream(config(Map.of()), null))
        .isEqualTo(UpstreamConfig.standard());
  }

  @Test
  void limitsAreThoseThatAreSet() {
    UpstreamConfig set =
        ConfiguredBackends.upstream(
            config(
                Map.of(
                    "PORTICO_BACKENDS_CONNECT_TIMEOUT", "250ms",
                    "PORTICO_BACKENDS_MAX_CONNECTIONS", "7",
                    "PORTICO_BACKENDS_MAX_WAITING", "8")),
            null);

    assertThat(set.connectTimeout()).isEqualTo(Duration.ofMillis(250));
    assertThat(set.connectionsPerOrigin()).isEqualTo(7);
    assertThat(set.waitingPerOrigin()).isEqualTo(8);
  }

  @Test
  void callsBeyondTheConnectionsOfABackendAreRefusedWhereNoneMayWait() throws Exception {
    Semaphore arrived = new Semaphore(0);
    CountDownLatch goOn = new CountDownLatch(1);
    Map<String, String> environment = new HashMap<>();
    environment.put("PORTICO_HTTP_EVENT_LOOPS", "1");
    environment.put("PORTICO_BACKENDS_MAX_CONNECTIONS", "1");
    environment.put("PORTICO_BACKENDS_MAX_WAITING", "0");
    HttpServer backend =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Gateway gateway = GatewayAssembly.start(config(environment))) {
      backend.setExecutor(threads);
      backend.createContext(
          "/",
          exchange -> {
            try (exchange) {
              arrived.release();
              goOn.await();
              exchange.sendResponseHeaders(200, -1);
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
          });
      backend.start();
      String url = deployed(gateway, "http://127.0.0.1:" + backend.getAddress().getPort() + "/");
      CompletableFuture<HttpResponse<String>> first = call(url);
      assertThat(arrived.tryAcquire(SECONDS, TimeUnit.SECONDS)).isTrue();

      HttpResponse<String> second = call(url).get(SECONDS, TimeUnit.SECONDS);
      goOn.countDown();

      assertThat(second.statusCode()).isEqualTo(504);
      assertThat(explained(gateway, second)).contains("too many requests wait for");
      assertThat(first.get(SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    } finally {
      goOn.countDown();
      backend.stop(0);
    }
  }

  private String explained(Gateway gateway, HttpResponse<String> answer) throws Exception {
    String id = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
    return call(gateway.url() + "/_portico/explain/" + id).get(SECONDS, TimeUnit.SECONDS).body();
  }
}
