package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.process.Needed;
import io.portico.conformance.process.Program;
import io.portico.conformance.process.Program.Outcome;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** VPC links are made by AWS's clients, and lead to servers that the gateway is told of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PrivateIntegrationsTest {
  private static final Path PAGE =
      Path.of(System.getProperty("portico.repository", ".."))
          .toAbsolutePath()
          .normalize()
          .resolve("docs/private-integrations.md");
  private static final Pattern COMMANDS = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final String ELB = "arn:aws:elasticloadbalancing:us-east-1:000000000000:";
  private static final String PASSWORD = "changeit";
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Backend one = Backend.answering(request -> named("one", request));
  private final Backend two = Backend.answering(request -> named("two", request));
  private final Path folder;
  private final HttpsServer encrypted;
  private final PorticoProcess server;
  private final JavaSdk sdk;

  PrivateIntegrationsTest(@TempDir Path folder) throws IOException, GeneralSecurityException {
    this.folder = folder;
    Path keys = folder.resolve("keys.p12");
    Outcome made =
        Program.run(
            folder,
            Map.of(),
            LIMIT,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "orders",
                "-keyalg",
                "EC",
                "-dname",
                "CN=orders.internal",
                "-ext",
                "san=dns:orders.internal",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                keys.toString()));
    assertThat(made.succeeded()).as(made.toString()).isTrue();
    encrypted = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    encrypted.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
    encrypted.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] answer = "encrypted".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    encrypted.start();
    server =
        PorticoProcess.start(
            Map.of(
                "PORTICO_VPC_LINKS_TARGETS",
                "arn:aws:elasticloadbalancing:*:*:*/orders/*=http://%s|http://%s, arn:aws:elasticloadbalancing:*:*:*/encrypted/*=http://127.0.0.1:%d"
                    .formatted(one.address(), two.address(), encrypted.getAddress().getPort()),
                // Whom the servers' certificates are issued by.
                "JAVA_TOOL_OPTIONS",
                "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
                    .formatted(keys, PASSWORD)),
            "serve",
            "--ephemeral",
            "--port",
            "0");
    sdk = JavaSdk.of(server.endpoint());
  }

  private static Answer named(String name, Backend.Request request) {
    return new Answer(200, Map.of(), name + " " + request.method() + " " + request.uri());
  }

  private static SSLContext tls(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @AfterAll
  void end() {
    sdk.close();
    server.close();
    encrypted.stop(0);
    one.close();
    two.close();
  }

  @Test
  void thePageIsTrue() throws IOException {
    Path _ = Needed.program("aws");
    Path _ = Needed.program("curl");
    Matcher commands = COMMANDS.matcher(Files.readString(PAGE));
    assertThat(commands.find()).isTrue();
    assertThat(commands.find()).as("what is said to a gateway that runs").isTrue();
    String script =
        "set -e\n"
            + commands
                .group(1)
                .replace("http://127.0.0.1:4566", server.endpoint().uri().toString());

    Outcome outcome =
        Program.run(folder, server.endpoint().environment(), LIMIT, List.of("bash", "-c", script));

    assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
    assertThat(outcome.out()).matches("(one|two) GET /prod/orders/1");
  }

  @Test
  void aRestApiReachesBoth() {
    String link =
        sdk.call(
                "CreateVpcLink",
                Map.of(
                    "name",
                    "orders",
                    "targetArns",
                    List.of(ELB + "loadbalancer/net/orders/50dc6c495c0c9188")))
            .get("id")
            .asString();
    SmallApi api = SmallApi.build(sdk, "127.0.0.1:9");
    api.putMethod(api.root(), "GET", Map.of());
    sdk.call(
        "PutIntegration",
        Map.of(
            "restApiId",
            api.id(),
            "resourceId",
            api.root(),
            "httpMethod",
            "GET",
            "type",
            "HTTP_PROXY",
            "integrationHttpMethod",
            "GET",
            "uri",
            "http://orders.internal/in?a=1",
            "connectionType",
            "VPC_LINK",
            "connectionId",
            link));
    api.deploy();

    List<String> answers =
        List.of(call(api.id(), STAGE, "/").body(), call(api.id(), STAGE, "/").body());

    assertThat(answers).containsExactlyInAnyOrder("one GET /in?a=1", "two GET /in?a=1");
  }

  @Test
  void anHttpApiReachesWhoHasTheCertificateThatItAsksFor() {
    ServiceClient v2 = sdk.of(AwsService.API_GATEWAY_V2);

    assertThat(call(httpApi(v2, "orders.internal"), "prod", "/").body()).isEqualTo("encrypted");
    HttpResponse<String> refused = call(httpApi(v2, "pets.internal"), "prod", "/");

    assertThat(refused.statusCode()).isEqualTo(500);
    assertThat(refused.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
  }

  private String httpApi(ServiceClient v2, String serverName) {
    String link =
        v2.call("CreateVpcLink", Map.of("Name", "orders", "SubnetIds", List.of("subnet-a")))
            .path("VpcLinkId")
            .asString();
    String api =
        v2.call("CreateApi", Map.of("Name", "shop", "ProtocolType", "HTTP"))
            .path("ApiId")
            .asString();
    Map<String, Object> integration = new HashMap<>();
    integration.put("ApiId", api);
    integration.put("IntegrationType", "HTTP_PROXY");
    integration.put("IntegrationMethod", "ANY");
    integration.put("ConnectionType", "VPC_LINK");
    integration.put("ConnectionId", link);
    integration.put("PayloadFormatVersion", "1.0");
    integration.put("IntegrationUri", ELB + "listener/app/encrypted/1/2");
    integration.put("TlsConfig", Map.of("ServerNameToVerify", serverName));
    String id = v2.call("CreateIntegration", integration).path("IntegrationId").asString();
    v2.call(
        "CreateRoute",
        Map.of("ApiId", api, "RouteKey", "$default", "Target", "integrations/" + id));
    v2.call("CreateStage", Map.of("ApiId", api, "StageName", "prod", "AutoDeploy", true));
    return api;
  }

  private HttpResponse<String> call(String api, String stage, String path) {
    return Caller.get(server.endpoint().pathForm(api, stage, path));
  }
}
