package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import io.portico.server.config.ConfigLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Function URLs on the port that everything shares. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FunctionUrlsOnThePortTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CODE =
      """
      exports.handler = awslambda.streamifyResponse(async (event, stream) => {
        stream = awslambda.HttpResponseStream.from(stream, {
          statusCode: 201, headers: {'Content-Type': 'text/plain'}});
        stream.write(event.rawPath + ' ');
        await new Promise(resolve => setTimeout(resolve, 10));
        stream.end([event.requestContext.domainName, event.headers['x-forwarded-proto'],
          event.headers['x-amzn-tls-version'], event.headers['x-amzn-tls-cipher-suite']].join(' '));
      });
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private Gateway gateway;
  private URI url;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    gateway =
        GatewayAssembly.start(
            new ConfigLoader()
                .load(null, Map.of(), Map.of("ephemeral", "true", "port", "0", "tls-port", "0"))
                .config());
    ObjectNode creation =
        Json.object()
            .put("FunctionName", "streams")
            .put("Runtime", "nodejs20.x")
            .put("Handler", "index.handler")
            .put("Timeout", 20)
            .put("Role", "arn:aws:iam::000000000000:role/any");
    creation.putObject("Code").put("ZipFile", Base64.getEncoder().encodeToString(zip()));
    call("POST", "/2015-03-31/functions", creation, 201);
    awaitActive();
    JsonNode created =
        call(
            "POST",
            "/2021-10-31/functions/streams/url",
            Json.object().put("AuthType", "NONE").put("InvokeMode", "RESPONSE_STREAM"),
            201);
    url = URI.create(created.path("FunctionUrl").asString());
    permit(
        Json.object()
            .put("StatementId", "url")
            .put("Action", "lambda:InvokeFunctionUrl")
            .put("FunctionUrlAuthType", "NONE"));
    permit(
        Json.object()
            .put("StatementId", "function")
            .put("Action", "lambda:InvokeFunction")
            .put("InvokedViaFunctionUrl", true));
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

  private void permit(ObjectNode permission) throws IOException, InterruptedException {
    call("POST", "/2015-03-31/functions/streams/policy", permission.put("Principal", "*"), 201);
  }

  private void awaitActive() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode configuration =
          call("GET", "/2015-03-31/functions/streams/configuration", Json.object(), 200);
      if (configuration.path("State").asString("").equals("Active")) {
        return;
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new AssertionError("the function does not become active");
  }

  private JsonNode call(String method, String path, ObjectNode body, int status)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(gateway.url() + path))
                .timeout(PATIENCE)
                .method(method, BodyPublishers.ofByteArray(Json.bytes(body)))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return Json.parse(response.body());
  }

  @Test
  void aUrlNamesThePortThatItWasAskedForBy() {
    assertThat(url.getPort()).isEqualTo(URI.create(gateway.url()).getPort());
    assertThat(url.getHost()).matches("[a-z0-9]{32}\\.lambda-url\\.us-east-1\\.localhost");
  }

  @Test
  void theHostNameLeadsToTheFunctionWhateverThePath() throws IOException {
    String answer = exchange(url.getAuthority(), "/restapis");

    assertThat(answer).startsWith("HTTP/1.1 201 ").contains("Transfer-Encoding: chunked");
    assertThat(answer).contains("/restapis ").contains(url.getHost());
  }

  @Test
  void thePathFormLeadsToItToo() throws IOException, InterruptedException {
    String id = url.getHost().substring(0, url.getHost().indexOf('.'));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(gateway.url() + "/_aws/lambda-url/" + id + "/a/b"))
                .timeout(PATIENCE)
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("/a/b 127.0.0.1 http  ");
    assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
  }

  /** URL-02. */
  @Test
  void aBrokenEscapeOfThePathSurvives() throws IOException {
    assertThat(exchange(url.getAuthority(), "/pa2%Fth/1")).contains("/pa2%Fth/1 ");
  }

  /** URL-03. */
  @Test
  void byHttpsTheEventSaysWhichTls() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, null);
    int port = URI.create(String.valueOf(gateway.tlsUrl())).getPort();
    try (Socket socket =
        context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      String answer = exchange(socket, url.getHost() + ":" + port, "/secure");

      assertThat(answer)
          .startsWith("HTTP/1.1 201 ")
          .containsPattern(
              url.getHost() + " https TLSv1\\.[23] TLS_[A-Z0-9_]+_(SHA256|SHA384)\r\n");
    }
  }

  /** The certificate is one for development, and another one each time. */
  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private String exchange(String host, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
      return exchange(socket, host, path);
    }
  }

  private static String exchange(Socket socket, String host, String path) throws IOException {
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(path, host)
                .getBytes(StandardCharsets.ISO_8859_1));
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
