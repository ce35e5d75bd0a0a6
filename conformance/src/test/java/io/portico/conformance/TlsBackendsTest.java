package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import io.portico.conformance.wire.RawServer;
import io.portico.conformance.wire.SelfSigned;
import io.portico.conformance.wire.SignedByAuthority;
import io.portico.conformance.wire.TlsBackend;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What becomes of calls of HTTPS backends, by the certificate that a backend shows and the TLS that
 * it speaks: what clients are told, what the execution log says, and what an explanation does.
 */
final class TlsBackendsTest {
  private static final String CONFIGURATION = "Execution failed due to configuration error: ";

  /** Its answer to a client's greeting: TLS 1.1 it is. */
  private static final String HELLO_OF_OLD =
      "\u0016\u0003\u0002\u0000*\u0002\u0000\u0000&\u0003\u0002"
          + "r".repeat(32)
          + "\u0000\u0000/\u0000";

  /** Kinds of backends. */
  enum Kind {
    TRUSTED(null),
    SELF_SIGNED(
        "PKIX path building failed:"
            + " sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid"
            + " certification path to requested target"),
    OVER(
        "PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check"
            + " failed"),
    NOT_YET(OVER.told),
    OF_ANOTHER("Host name 'localhost' does not match the certificate subject provided by the peer"),
    OF_OLD("General SSLEngine problem");

    /** Behind that it is an error of the configuration; null where it is none. */
    private final @Nullable String told;

    Kind(@Nullable String told) {
      this.told = told;
    }

    String path() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** AWS: insecureSkipVerification takes any issuer, and no other name, date or TLS. */
    @Nullable String toldUnverified() {
      return this == SELF_SIGNED ? null : told;
    }
  }

  private static final Map<Kind, TlsBackend> BACKENDS = new EnumMap<>(Kind.class);
  private static final Map<String, String> RESOURCES = new HashMap<>();
  private static RawServer old;
  private static PorticoProcess server;
  private static JavaSdk sdk;
  private static SmallApi rest;
  private static String http = "";

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException, GeneralSecurityException {
    String ofLocalhost = "san=dns:localhost";
    Map<String, SignedByAuthority> signed =
        SignedByAuthority.makeAll(
            folder,
            Map.of(
                Kind.TRUSTED.path(), List.of("-ext", ofLocalhost),
                Kind.OVER.path(),
                    List.of("-ext", ofLocalhost, "-startdate", "-3d", "-validity", "1"),
                Kind.NOT_YET.path(), List.of("-ext", ofLocalhost, "-startdate", "+3d"),
                Kind.OF_ANOTHER.path(), List.of("-ext", "san=dns:elsewhere.example")));
    for (Kind kind : Kind.values()) {
      SignedByAuthority own = signed.get(kind.path());
      if (own != null) {
        BACKENDS.put(kind, TlsBackend.showing(own));
      }
    }
    BACKENDS.put(Kind.SELF_SIGNED, TlsBackend.showing(SelfSigned.make(folder, "localhost")));
    old =
        RawServer.saying(
            connection -> {
              connection.say(HELLO_OF_OLD);
              connection.hold();
            });
    Path trusted =
        Files.writeString(
            folder.resolve("authorities.pem"),
            Objects.requireNonNull(signed.get(Kind.TRUSTED.path())).chainPem());
    server =
        PorticoProcess.start(
            Map.of("PORTICO_BACKENDS_CA_FILE", trusted.toString()),
            "serve",
            "--ephemeral",
            "--port",
            "0");
    sdk = JavaSdk.of(server.endpoint());
    rest = SmallApi.build(sdk, "127.0.0.1:9");
    http = httpApi();
    for (Kind kind : Kind.values()) {
      RESOURCES.put(kind.path(), resource(kind, kind.path(), false));
      RESOURCES.put(unverified(kind), resource(kind, unverified(kind), true));
      route(kind);
    }
    rest.deploy();
    sdk.of(AwsService.API_GATEWAY_V2)
        .call("CreateStage", Map.of("ApiId", http, "StageName", STAGE, "AutoDeploy", true));
  }

  @AfterAll
  static void end() {
    sdk.close();
    server.close();
    old.close();
    BACKENDS.values().forEach(TlsBackend::close);
  }

  private static String uri(Kind kind) {
    TlsBackend backend = BACKENDS.get(kind);
    return backend == null ? "https://localhost:" + old.port() + "/" : backend.uri();
  }

  private static String unverified(Kind kind) {
    return kind.path() + "_unverified";
  }

  private static String resource(Kind kind, String path, boolean skipsVerification) {
    String resource = rest.resource(rest.root(), path);
    rest.putMethod(resource, "GET", Map.of());
    rest.call(
        "PutIntegration",
        Map.of(
            "resourceId",
            resource,
            "httpMethod",
            "GET",
            "type",
            "HTTP_PROXY",
            "integrationHttpMethod",
            "GET",
            "uri",
            uri(kind),
            "tlsConfig",
            Map.of("insecureSkipVerification", skipsVerification)));
    return resource;
  }

  private static String httpApi() {
    return sdk.of(AwsService.API_GATEWAY_V2)
        .call("CreateApi", Map.of("Name", "tls", "ProtocolType", "HTTP"))
        .get("ApiId")
        .asString();
  }

  private static void route(Kind kind) {
    ServiceClient v2 = sdk.of(AwsService.API_GATEWAY_V2);
    String integration =
        v2.call(
                "CreateIntegration",
                Map.of(
                    "ApiId",
                    http,
                    "IntegrationType",
                    "HTTP_PROXY",
                    "IntegrationMethod",
                    "GET",
                    "IntegrationUri",
                    uri(kind),
                    "PayloadFormatVersion",
                    "1.0"))
            .get("IntegrationId")
            .asString();
    v2.call(
        "CreateRoute",
        Map.of(
            "ApiId", http,
            "RouteKey", "GET /" + kind.path(),
            "Target", "integrations/" + integration));
  }

  @ParameterizedTest
  @EnumSource
  void aRestApiCallsWhoIsTrusted(Kind kind) {
    assertCalled(kind, kind.path(), kind.told);
  }

  @ParameterizedTest
  @EnumSource
  void withoutVerificationAnyIssuerWillDoAndNoOtherNameDateOrTls(Kind kind) {
    assertCalled(kind, unverified(kind), kind.toldUnverified());
  }

  private static void assertCalled(Kind kind, String path, @Nullable String told) {
    HttpResponse<String> answer =
        Caller.get(server.endpoint().pathForm(rest.id(), STAGE, "/" + path));
    JsonNode test =
        rest.call(
            "TestInvokeMethod", Map.of("resourceId", RESOURCES.get(path), "httpMethod", "GET"));

    List<String> failures =
        test.path("log")
            .asString()
            .lines()
            .filter(line -> line.contains("Execution failed"))
            .map(line -> line.substring(line.indexOf(" : ") + 3))
            .toList();
    if (told == null) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(failures).isEmpty();
      return;
    }
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(answer.headers().firstValue("x-amzn-ErrorType"))
        .hasValue("InternalServerErrorException");
    assertThat(failures).containsExactly(CONFIGURATION + told);
    assertExplained(answer, kind, told);
  }

  @ParameterizedTest
  @EnumSource
  void anHttpApiCallsWhoIsTrusted(Kind kind) {
    HttpResponse<String> answer =
        Caller.get(server.endpoint().pathForm(http, STAGE, "/" + kind.path()));

    if (kind.told == null) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("hello");
      return;
    }
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
    assertExplained(answer, kind, kind.told);
  }

  /** Of an old TLS, the library's own words are all that is known. */
  private static void assertExplained(HttpResponse<String> answer, Kind kind, String told) {
    String id =
        answer
            .headers()
            .firstValue("x-amzn-RequestId")
            .or(() -> answer.headers().firstValue("apigw-requestid"))
            .orElseThrow();
    JsonNode reason =
        JsonMapper.shared()
            .readTree(Caller.get(server.endpoint().uri().resolve("/_portico/explain/" + id)).body())
            .path("reason");

    assertThat(reason.path("cause").asString()).isEqualTo("BACKEND_TLS");
    assertThat(reason.path("setting").asString()).isEqualTo("tlsConfig");
    assertThat(reason.path("text").asString())
        .startsWith("there is no TLS with the backend of `GET /")
        .contains(kind == Kind.OF_OLD ? "no TLS with localhost" : told);
  }
}
