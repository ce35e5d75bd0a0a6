package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import io.portico.server.config.GatewayConfig;
import io.portico.transport.tls.DevelopmentCertificate;
import io.portico.transport.tls.ServerIdentity;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A gateway that listens for HTTPS as well, called by whoever trusts the certificate it keeps. */
final class HttpsTest {
  private static final String ECHO =
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
              responses:
                default:
                  statusCode: "200"
                  responseTemplates:
                    application/json: >-
                      $context.protocol $input.params('X-Forwarded-Proto')
                      $input.params('X-Forwarded-Port') $context.domainName
      """;

  @TempDir Path folder;

  private GatewayConfig config() {
    return new ConfigLoader()
        .load(
            null,
            Map.of(),
            Map.of("port", "0", "tls-port", "0", "data", folder.resolve("data").toString()))
        .config();
  }

  private SSLContext trustingTheKeptCertificate() throws Exception {
    return trusting(folder.resolve("data").resolve("tls").resolve("development-certificate.pem"));
  }

  private static SSLContext trusting(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      store.setCertificateEntry(
          "portico", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void callsAreKnownToHaveComeByHttps() throws Exception {
    String[] answers = new String[2];
    for (int start = 0; start < 2; start++) {
      try (Gateway gateway = GatewayAssembly.start(config())) {
        String id = deployed(gateway);
        String url = Objects.requireNonNull(gateway.tlsUrl());
        assertThat(url).startsWith("https://127.0.0.1:");
        try (HttpClient client =
            HttpClient.newBuilder().sslContext(trustingTheKeptCertificate()).build()) {
          HttpResponse<String> answer =
              client.send(
                  HttpRequest.newBuilder(URI.create(url + "/_aws/execute-api/" + id + "/prod/echo"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
          assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
          int port = URI.create(url).getPort();
          assertThat(answer.body()).startsWith("HTTP/2.0 https " + port + " ");
          answers[start] =
              Files.readString(
                  folder.resolve("data").resolve("tls").resolve("development-certificate.pem"));
        }
      }
    }
    assertThat(answers[1]).as("the certificate of the second start").isEqualTo(answers[0]);
  }

  @Test
  void aRenewedCertificateIsShownWithoutARestart() throws Exception {
    Path live = folder.resolve("live");
    Path renewed = folder.resolve("renewed");
    for (Path each : List.of(live, renewed)) {
      ServerIdentity _ = DevelopmentCertificate.in(each, List.of("127.0.0.1"), Instant.now());
    }
    GatewayConfig config =
        new ConfigLoader()
            .load(
                null,
                Map.of(),
                Map.of(
                    "port", "0",
                    "ephemeral", "true",
                    "tls-port", "0",
                    "tls-cert", live.resolve("development-certificate.pem").toString(),
                    "tls-key", live.resolve("development-key.pem").toString(),
                    "tls-reload-interval", "10ms"))
            .config();
    try (Gateway gateway = GatewayAssembly.start(config)) {
      SSLContext before = trusting(live.resolve("development-certificate.pem"));
      SSLContext after = trusting(renewed.resolve("development-certificate.pem"));
      assertThat(isTrusted(gateway, before)).isTrue();
      assertThat(isTrusted(gateway, after)).isFalse();

      for (String file : List.of("development-certificate.pem", "development-key.pem")) {
        Files.copy(renewed.resolve(file), live.resolve(file), REPLACE_EXISTING);
      }

      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!isTrusted(gateway, after)) {
        assertThat(System.nanoTime()).as("still the old one").isLessThan(end);
      }
    }
  }

  private static boolean isTrusted(Gateway gateway, SSLContext context) throws Exception {
    URI url = URI.create(Objects.requireNonNull(gateway.tlsUrl()) + "/_portico/health/live");
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return client
              .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (SSLHandshakeException _) {
      return false;
    }
  }

  private static String deployed(Gateway gateway) {
    JsonNode api = gateway.call("ImportRestApi", Json.object().put("body", ECHO.getBytes(UTF_8)));
    String id = api.path("id").asString();
    JsonNode _ =
        gateway.call(
            "CreateDeployment", Json.object().put("restApiId", id).put("stageName", "prod"));
    return id;
  }
}
