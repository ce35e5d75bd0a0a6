package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.server.config.ConfigLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser on the same machine sends for a web page, against a gateway that listens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebPagesTest {
  private static final int PATIENCE_MILLIS = 30_000;

  private Gateway gateway;
  private int port;

  @BeforeAll
  void start() {
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
                        "control-hosts",
                        "gateway.internal,control.example.com"))
                .config());
    port = URI.create(gateway.url()).getPort();
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void aRequestUnderAStrangersNameChangesAndShowsNothing() throws IOException {
    String created = exchange("POST", "/restapis", "evil.example:" + port, "", "{\"name\":\"x\"}");
    String listed = exchange("GET", "/restapis", "evil.example:" + port, "", "");

    assertThat(created)
        .startsWith("HTTP/1.1 403 ")
        .containsIgnoringCase("x-amzn-ErrorType: AccessDeniedException")
        .contains("{\"message\":\"The control plane does not answer to the host name evil.example");
    assertThat(listed).startsWith("HTTP/1.1 403 ");
    assertThat(exchange("GET", "/restapis", "localhost:" + port, "", ""))
        .startsWith("HTTP/1.1 200 ")
        .doesNotContain("\"x\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example\r\n",
        "Origin: null\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Sec-Fetch-Site: same-origin\r\n"
      })
  void aRequestOfAPageIsRefusedByEveryApi(String fields) throws IOException {
    String host = "127.0.0.1:" + port;

    for (String path : new String[] {"/restapis", "/v2/apis", "/2015-03-31/functions"}) {
      assertThat(exchange("POST", path, host, fields, "{\"name\":\"y\"}"))
          .startsWith("HTTP/1.1 403 ")
          .contains("AccessDeniedException");
    }
    assertThat(exchange("GET", "/restapis", host, "", "")).doesNotContain("\"y\"");
  }

  /** A backend's page in path form has the origin of the control plane. */
  @Test
  void soIsThatOfAPageAtTheGatewaysOwnAddress() throws IOException {
    String host = "127.0.0.1:" + port;

    assertThat(
            exchange(
                "POST", "/2015-03-31/functions", host, "Origin: http://" + host + "\r\n", "{}"))
        .startsWith("HTTP/1.1 403 ")
        .contains("AccessDeniedException");
  }

  @Test
  void aPreflightGetsNoPermission() throws IOException {
    assertThat(
            exchange(
                "OPTIONS",
                "/restapis",
                "127.0.0.1:" + port,
                "Origin: https://evil.example\r\nAccess-Control-Request-Method: PUT\r\n",
                ""))
        .startsWith("HTTP/1.1 403 ")
        .doesNotContainIgnoringCase("Access-Control-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "gateway.internal"})
  void theGatewaysOwnNamesAreAnswered(String name) throws IOException {
    assertThat(exchange("GET", "/restapis", name + ":" + port, "", "")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void noCustomDomainNameTakesThem() throws IOException {
    String own = "127.0.0.1:" + port;

    String wildcard = exchange("POST", "/domainnames", own, "", domainName("*.example.com"));
    String addresses = exchange("POST", "/domainnames", own, "", domainName("*.0.0.1"));

    assertThat(wildcard).startsWith("HTTP/1.1 201 ");
    assertThat(addresses).startsWith("HTTP/1.1 400 ");
    assertThat(exchange("GET", "/restapis", "any.example.com", "", ""))
        .startsWith("HTTP/1.1 403 ")
        .endsWith("{\"message\":\"Forbidden\"}");
    assertThat(exchange("GET", "/restapis", "control.example.com", "", ""))
        .startsWith("HTTP/1.1 200 ");
    assertThat(exchange("GET", "/restapis", own, "", "")).startsWith("HTTP/1.1 200 ");
  }

  private static String domainName(String name) {
    return "{\"domainName\":\"" + name + "\",\"certificateName\":\"mine\"}";
  }

  @Test
  void callsOfApisAndHealthAreForAnyPage() throws IOException {
    String fields = "Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n";

    assertThat(exchange("GET", "/_portico/health/live", "evil.example", fields, ""))
        .startsWith("HTTP/1.1 200 ");
    assertThat(exchange("GET", "/dev/pets", "abc.execute-api.evil.example", fields, ""))
        .doesNotContain("AccessDeniedException");
  }

  private String exchange(String method, String path, String host, String fields, String body)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      String request =
          "%s %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(method, path, host, fields, body.length(), body);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
