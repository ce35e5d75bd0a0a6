package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsService;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.client.ServiceClient;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Caller;
import io.portico.conformance.wire.RawServer;
import io.portico.conformance.wire.RawServer.Connection;
import io.portico.conformance.wire.TokenKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Whatever the issuer of a JWT authorizer does, nobody gets in by a token that cannot be verified,
 * whoever brings one is answered, so are the calls beside his, and the issuer is asked again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MisbehavingIssuersTest {
  private static final String LET_IN = "let in";
  private static final String DOWN = "/down";
  private static final String AUDIENCE = "client7";
  private static final String CONFIGURATION = "/.well-known/openid-configuration";
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  /** Behind the path to which a document redirects that is elsewhere; all is well there. */
  private static final String ELSEWHERE = "/elsewhere";

  /** More than the 150,000 bytes that AWS takes. */
  private static final int HUGE = 150_001;

  private final TokenKey key = TokenKey.generate();
  private final Set<String> well = ConcurrentHashMap.newKeySet();
  private final RawServer issuers = RawServer.saying(this::answer);
  private final Socket silent = taken();
  private final Backend backend = Backend.answering(request -> Answer.ok(LET_IN));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final PorticoProcess server =
      PorticoProcess.start(
          Map.of("PORTICO_JWT_ISSUER_TIMEOUT", "300ms"), "serve", "--ephemeral", "--port", "0");
  private String refusing = "";
  private String recovering = "";

  /** Which of an issuer's two documents it is that cannot be had. */
  enum Document {
    OPENID_CONFIGURATION,
    KEY_SET
  }

  /** What becomes of it. */
  enum Trouble {
    NEVER_COMES,
    COMES_BYTE_BY_BYTE,
    COMES_BYTE_BY_BYTE_FROM_THE_HEAD_ON,
    NEVER_ENDS,
    IS_HUGE,
    SAYS_THAT_IT_IS_HUGE,
    IS_ELSEWHERE,
    ENDS_BY_A_RESET,
    IS_AN_ERROR,
    IS_GARBAGE,
    IS_EMPTY,
    IS_NO_HTTP;

    /**
     * @param path of the document
     * @param document as it would be
     */
    private void happen(Connection connection, String path, String document) throws IOException {
      switch (this) {
        case NEVER_COMES -> connection.hold();
        case COMES_BYTE_BY_BYTE -> {
          connection.say(OK + "Content-Length: " + document.length() + "\r\n\r\n");
          connection.drip(document);
        }
        case COMES_BYTE_BY_BYTE_FROM_THE_HEAD_ON -> connection.drip(whole(document));
        case NEVER_ENDS -> {
          connection.say(OK + "Transfer-Encoding: chunked\r\n\r\n");
          while (true) {
            connection.say("1000\r\n" + " ".repeat(0x1000) + "\r\n");
          }
        }
        case IS_HUGE -> connection.say(whole(document + " ".repeat(HUGE)));
        case SAYS_THAT_IT_IS_HUGE -> {
          connection.say(OK + "Content-Length: 1000000000000\r\n\r\n" + document);
          connection.hold();
        }
        case IS_ELSEWHERE ->
            connection.say(
                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: %s%s\r\n\r\n"
                    .formatted(path, ELSEWHERE));
        case ENDS_BY_A_RESET -> {
          connection.say(OK + "Content-Length: 1000\r\n\r\n" + document);
          connection.reset();
        }
        case IS_AN_ERROR ->
            connection.say(whole(document).replace("200 OK", "500 Internal Server Error"));
        case IS_GARBAGE -> connection.say(whole("<html>\u0000</html>"));
        case IS_EMPTY -> connection.say(whole(""));
        case IS_NO_HTTP -> connection.say("SSH-2.0-OpenSSH_9.2p1\r\n\r\n");
      }
    }
  }

  /**
   * An issuer, one of its own for each trouble.
   *
   * @param api the name of the API that trusts it
   */
  record Issuer(String api, Document document, Trouble trouble) {
    String path() {
      return "/" + api + "/" + document + "/" + trouble;
    }

    @Override
    public String toString() {
      return "the " + document + " " + trouble;
    }
  }

  private static Stream<Issuer> of(String api) {
    return Stream.of(Document.values())
        .flatMap(
            document ->
                Stream.of(Trouble.values()).map(trouble -> new Issuer(api, document, trouble)));
  }

  private static Stream<Issuer> refused() {
    return of("refused");
  }

  @BeforeAll
  void build() {
    try (JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      ServiceClient v2 = sdk.of(AwsService.API_GATEWAY_V2);
      refusing = api(v2, "refused");
      recovering = api(v2, "recovered");
    }
  }

  @AfterAll
  void end() throws IOException {
    server.close();
    issuers.close();
    silent.close();
    backend.close();
    threads.close();
  }

  /** An open route, one for each issuer, and one for an issuer that is not there. */
  private String api(ServiceClient v2, String name) {
    String api = created(v2, "Api", Map.of("Name", name, "ProtocolType", "HTTP"));
    String target =
        "integrations/"
            + created(
                v2,
                "Integration",
                Map.of(
                    "ApiId",
                    api,
                    "IntegrationType",
                    "HTTP_PROXY",
                    "IntegrationMethod",
                    "ANY",
                    "IntegrationUri",
                    "http://" + backend.address(),
                    "PayloadFormatVersion",
                    "1.0"));
    route(v2, api, "/open", target, Map.of());
    guarded(v2, api, DOWN, target, nobody());
    of(name).forEach(issuer -> guarded(v2, api, issuer.path(), target, url(issuer)));
    JsonNode _ =
        v2.call("CreateStage", Map.of("ApiId", api, "StageName", "$default", "AutoDeploy", true));
    return api;
  }

  private static void guarded(
      ServiceClient v2, String api, String path, String target, String issuer) {
    String authorizer =
        created(
            v2,
            "Authorizer",
            Map.of(
                "ApiId",
                api,
                "AuthorizerType",
                "JWT",
                "Name",
                "tokens of " + path.replace('/', ' '),
                "IdentitySource",
                List.of("$request.header.Authorization"),
                "JwtConfiguration",
                Map.of("Issuer", issuer, "Audience", List.of(AUDIENCE))));
    route(v2, api, path, target, Map.of("AuthorizationType", "JWT", "AuthorizerId", authorizer));
  }

  private static void route(
      ServiceClient v2, String api, String path, String target, Map<String, ?> members) {
    Map<String, Object> input = new HashMap<>(members);
    input.put("ApiId", api);
    input.put("RouteKey", "GET " + path);
    input.put("Target", target);
    String _ = created(v2, "Route", input);
  }

  private static String created(ServiceClient v2, String what, Map<String, ?> members) {
    return v2.call("Create" + what, members).path(what + "Id").asString();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void nobodyGetsInAndCallsBesideAreAnswered(Issuer issuer) throws Exception {
    CompletableFuture<HttpResponse<String>> call =
        CompletableFuture.supplyAsync(() -> get(refusing, issuer.path(), url(issuer)), threads);

    for (int i = 0; i < 5; i++) {
      assertThat(open().body()).isEqualTo(LET_IN);
    }

    assertRefused(call.get(30, TimeUnit.SECONDS));
    assertThat(open().body()).isEqualTo(LET_IN);
  }

  @Test
  void nobodyGetsInByAnIssuerThatIsDown() {
    assertRefused(get(refusing, DOWN, nobody()));
    assertThat(open().body()).isEqualTo(LET_IN);
  }

  @Test
  void whoeverIsWellAgainLetsItsBearersIn() throws Exception {
    Map<Issuer, CompletableFuture<HttpResponse<String>>> calls = new HashMap<>();
    of("recovered")
        .forEach(
            issuer ->
                calls.put(
                    issuer,
                    CompletableFuture.supplyAsync(
                        () -> get(recovering, issuer.path(), url(issuer)), threads)));
    for (CompletableFuture<HttpResponse<String>> call : calls.values()) {
      assertRefused(call.get(30, TimeUnit.SECONDS));
    }

    calls.keySet().forEach(issuer -> well.add(issuer.path()));

    for (Issuer issuer : calls.keySet()) {
      awaitLetIn(issuer);
    }
  }

  /** It is asked again a second after it has failed, and then at growing distances. */
  private void awaitLetIn(Issuer issuer) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    HttpResponse<String> answer;
    do {
      answer = get(recovering, issuer.path(), url(issuer));
      assertThat(System.nanoTime()).as("%s: %s", issuer, answer).isLessThan(deadline);
    } while (answer.statusCode() != 200);
    assertThat(answer.body()).isEqualTo(LET_IN);
  }

  private static void assertRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
    assertThat(answer.headers().firstValue("www-authenticate"))
        .hasValue(
            "Bearer scope=\"\" error=\"invalid_token\""
                + " error_description=\"OIDC discovery endpoint communication error\"");
  }

  private HttpResponse<String> get(String api, String path, String issuer) {
    return Caller.send(
        HttpRequest.newBuilder(url(api, path))
            .header("Authorization", "Bearer " + key.token(issuer, AUDIENCE))
            .GET());
  }

  private HttpResponse<String> open() {
    return Caller.get(url(refusing, "/open"));
  }

  private URI url(String api, String path) {
    return server.endpoint().uri().resolve("/_aws/execute-api/" + api + path);
  }

  private String url(Issuer issuer) {
    return "http://127.0.0.1:" + issuers.port() + issuer.path();
  }

  private String nobody() {
    return "http://127.0.0.1:" + silent.getLocalPort();
  }

  /** A port that is nobody else's, and takes no connections. */
  private static Socket taken() {
    try {
      Socket socket = new Socket();
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(Connection connection) throws IOException {
    for (String head = connection.head(); !head.isEmpty(); head = connection.head()) {
      String path = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"));
      if (!answered(connection, path)) {
        return;
      }
    }
  }

  /** Whether the connection can go on. */
  private boolean answered(Connection connection, String path) throws IOException {
    boolean isConfiguration = path.contains(CONFIGURATION);
    String[] parts = path.split("/", -1);
    Issuer issuer = new Issuer(parts[1], Document.valueOf(parts[2]), Trouble.valueOf(parts[3]));
    String document =
        isConfiguration
            ? "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(url(issuer), url(issuer))
            : key.keySet();
    boolean isTroubled =
        !well.contains(issuer.path())
            && !path.endsWith(ELSEWHERE)
            && isConfiguration == (issuer.document() == Document.OPENID_CONFIGURATION);
    if (isTroubled) {
      issuer.trouble().happen(connection, path, document);
    } else {
      connection.say(whole(document));
    }
    return !isTroubled;
  }

  private static String whole(String document) {
    return OK + "Content-Length: " + document.length() + "\r\n\r\n" + document;
  }
}
