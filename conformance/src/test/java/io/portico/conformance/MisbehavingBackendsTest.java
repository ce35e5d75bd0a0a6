package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Caller;
import io.portico.conformance.wire.RawServer;
import io.portico.conformance.wire.RawServer.Connection;
import io.portico.conformance.wire.SelfSigned;
import io.portico.conformance.wire.TlsBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an API answers, and what its execution log and the explanation say, whatever an HTTP backend
 * does; and that the calls beside it are answered meanwhile.
 */
@Portico
final class MisbehavingBackendsTest {
  private static final int TIMEOUT_MILLIS = 300;

  /** How the line begins that says why a call has failed. */
  private static final String FAILED = "Execution failed";

  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String WELL = OK + "Content-Length: 4\r\n\r\nwell";

  private static final String CONFIGURATION = "Execution failed due to configuration error: ";
  private static final String NETWORK =
      "Execution failed due to a network error communicating with endpoint";
  private static final String LATE = "Execution failed due to a timeout error";
  private static final String NO_TRUST =
      CONFIGURATION
          + "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException:"
          + " unable to find valid certification path to requested target";
  private static final String NO_DATE =
      CONFIGURATION
          + "PKIX path validation failed: java.security.cert.CertPathValidatorException: validity"
          + " check failed";
  private static final String NO_NAME =
      CONFIGURATION
          + "Host name 'localhost' does not match the certificate subject provided by the peer";
  private static final String NO_TLS = CONFIGURATION + "General SSLEngine problem";

  private static final String LOST = "CONNECTION_LOST: <backend>: ";
  private static final String NO_HTTP = "INVALID_RESPONSE: the answer has ";
  private static final String LONG_HEAD = NO_HTTP + "header fields of more than 32768 bytes";
  private static final String LONG_BODY = "the backend's answer is longer than 10485760 bytes";
  private static final String TOO_LONG = CONFIGURATION + LONG_BODY;

  private static JavaSdk sdk;
  private static Endpoint portico;
  private static RawServer raw;
  private static RawServer plain;
  private static TlsBackend selfSigned;
  private static TlsBackend expired;
  private static TlsBackend ofAnother;
  private static SmallApi api;
  private static final Map<Trouble, String> RESOURCES = new HashMap<>();
  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

  /** What a backend does, and what becomes of it. */
  enum Trouble {
    HAS_NO_ADDRESS(
        500, CONFIGURATION + "Invalid endpoint address", "UNKNOWN_HOST: no address for <host>"),
    REFUSES_CONNECTIONS(504, NETWORK, "CONNECT_FAILED: no connection to <backend>: <refused>"),
    RESETS_WITHOUT_AN_ANSWER(
        504, NETWORK, LOST + "the connection broke without an answer: <reset>"),
    CLOSES_WITHOUT_AN_ANSWER(504, NETWORK, LOST + "the connection was closed without an answer"),
    CLOSES_WITHIN_THE_HEAD(
        504, NETWORK, LOST + "the connection was closed within the answer's head"),
    RESETS_WITHIN_THE_BODY(
        504,
        NETWORK,
        LOST + "the connection broke 5 bytes before the end of the answer's body: <reset>"),
    CLOSES_BEFORE_THE_LENGTH(
        504,
        NETWORK,
        LOST + "the connection was closed 5 bytes before the end of the answer's body"),
    CLOSES_WITHIN_THE_CHUNKS(
        504, NETWORK, LOST + "the connection was closed within the chunks of the answer's body"),
    SPEAKS_NO_HTTP(504, NETWORK, NO_HTTP + "no status line"),
    HAS_A_GARBLED_STATUS_LINE(504, NETWORK, NO_HTTP + "a control character"),
    HAS_BROKEN_CHUNKS(504, NETWORK, NO_HTTP + "no chunk size"),
    HAS_TWO_LENGTHS(504, NETWORK, NO_HTTP + "more than one Content-Length"),
    HAS_TOO_MANY_HEADERS(504, NETWORK, NO_HTTP + "more than 200 header fields"),
    HAS_A_HEADER_THAT_IS_TOO_LONG(504, NETWORK, LONG_HEAD),
    NEVER_ENDS_THE_HEAD(504, NETWORK, LONG_HEAD),
    NEVER_ANSWERS(504, LATE, "TIMEOUT: no answer in 300 ms"),
    NEVER_GOES_ON_WITHIN_THE_HEAD(504, LATE, "TIMEOUT: no end of the answer's head in 300 ms"),
    NEVER_GOES_ON_WITHIN_THE_BODY(504, LATE, "<any>body is not there in time"),
    NEVER_ENDS_THE_BODY(500, TOO_LONG, LONG_BODY),
    SAYS_A_LENGTH_THAT_IS_TOO_LONG(500, TOO_LONG, LONG_BODY),
    SAYS_MORE_THAN_THE_LENGTH(200),
    SPEAKS_HTTP_OF_OLD(200),
    SPEAKS_NO_TLS(500, NO_TLS, "TLS_FAILED: no TLS with <backend>: <any>"),
    SIGNED_ITS_CERTIFICATE_ITSELF(
        500, NO_TRUST, "TLS_FAILED: no TLS with <backend>: <any>PKIX path building failed<any>"),
    SIGNED_ITS_CERTIFICATE_ITSELF_AND_MAY(200),
    HAS_A_CERTIFICATE_OF_ANOTHER(
        500,
        NO_NAME,
        "TLS_FAILED: no TLS with <backend>: <any>Host name 'localhost' does not<any>"),
    HAS_A_CERTIFICATE_THAT_IS_OVER(
        500, NO_DATE, "TLS_FAILED: no TLS with <backend>: <any>PKIX path validation failed<any>");

    private final int status;
    private final @Nullable String sentence;
    private final String why;

    /** One that does no harm. */
    Trouble(int status) {
      this.status = status;
      this.sentence = null;
      this.why = "";
    }

    /**
     * @param sentence how the line of the execution log begins: AWS's words, which are the same for
     *     many
     * @param why how its explanation ends, and its line where AWS's words do not tell
     */
    Trouble(int status, String sentence, String why) {
      this.status = status;
      this.sentence = sentence;
      this.why = why;
    }

    private boolean isHarmless() {
      return sentence == null;
    }

    private boolean isLate() {
      return LATE.equals(sentence);
    }

    /** What the end of an explanation matches. */
    private Pattern explained() {
      return pattern("<any>: " + why);
    }

    /** What the line of the execution log matches. */
    private Pattern logged() {
      return pattern(NETWORK.equals(sentence) || isLate() ? sentence + ": " + why : sentence);
    }

    /** A system's own words are as it likes. */
    private static Pattern pattern(String text) {
      return Pattern.compile(
          "(?s)"
              + Stream.of(text.split("(?=<)|(?<=>)", -1))
                  .map(
                      part ->
                          switch (part) {
                            case "<any>" -> ".*";
                            case "<backend>" -> "(?:127\\.0\\.0\\.1|localhost):\\d+";
                            case "<host>" -> "no-such-host\\.invalid";
                            case "<refused>" -> ".*refused.*";
                            case "<reset>" -> ".*(?i:reset).*";
                            default -> Pattern.quote(part);
                          })
                  .collect(Collectors.joining()));
    }

    String path() {
      return name().toLowerCase(Locale.ROOT);
    }

    String body() {
      if (isHarmless()) {
        return "hello";
      }
      String message =
          switch (status) {
            case 500 -> "Internal server error";
            default ->
                isLate()
                    ? "Endpoint request timed out"
                    : "Network error communicating with endpoint";
          };
      return "{\"message\": \"" + message + "\"}";
    }

    private String uri() {
      return switch (this) {
        case HAS_NO_ADDRESS -> "http://no-such-host.invalid/";
        case REFUSES_CONNECTIONS -> "http://127.0.0.1:" + closedPort() + "/";
        case SPEAKS_NO_TLS -> "https://localhost:" + plain.port() + "/";
        case SIGNED_ITS_CERTIFICATE_ITSELF, SIGNED_ITS_CERTIFICATE_ITSELF_AND_MAY ->
            selfSigned.uri();
        case HAS_A_CERTIFICATE_OF_ANOTHER -> ofAnother.uri();
        case HAS_A_CERTIFICATE_THAT_IS_OVER -> expired.uri();
        default -> "http://127.0.0.1:" + raw.port() + "/" + path();
      };
    }

    /** AWS: names and dates are looked at all the same. */
    private boolean skipsVerification() {
      return switch (this) {
        case SIGNED_ITS_CERTIFICATE_ITSELF_AND_MAY,
            HAS_A_CERTIFICATE_OF_ANOTHER,
            HAS_A_CERTIFICATE_THAT_IS_OVER ->
            true;
        default -> false;
      };
    }

    private void happen(Connection connection) throws IOException {
      switch (this) {
        case RESETS_WITHOUT_AN_ANSWER -> connection.reset();
        case CLOSES_WITHOUT_AN_ANSWER -> {
          // The end of the script closes the connection.
        }
        case CLOSES_WITHIN_THE_HEAD -> connection.say(OK + "Content-Le");
        case RESETS_WITHIN_THE_BODY -> {
          connection.say(OK + "Content-Length: 10\r\n\r\nhello");
          connection.reset();
        }
        case CLOSES_BEFORE_THE_LENGTH -> connection.say(OK + "Content-Length: 10\r\n\r\nhello");
        case CLOSES_WITHIN_THE_CHUNKS ->
            connection.say(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        case SPEAKS_NO_HTTP -> connection.say("SSH-2.0-OpenSSH_9.2p1\r\n\r\n");
        case HAS_A_GARBLED_STATUS_LINE ->
            connection.say("HTTP/1.1 \u0000\u0007OK\r\nContent-Length: 5\r\n\r\nhello");
        case HAS_BROKEN_CHUNKS ->
            connection.say(OK + "Transfer-Encoding: chunked\r\n\r\nfive\r\nhello\r\n0\r\n\r\n");
        case HAS_TWO_LENGTHS ->
            connection.say(OK + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!");
        case HAS_TOO_MANY_HEADERS ->
            connection.say(OK + "X-A: b\r\n".repeat(1000) + "Content-Length: 5\r\n\r\nhello");
        case HAS_A_HEADER_THAT_IS_TOO_LONG ->
            connection.say(
                OK + "X-A: " + "b".repeat(100_000) + "\r\nContent-Length: 5\r\n\r\nhello");
        case NEVER_ENDS_THE_HEAD -> {
          connection.say(OK);
          endless(connection, "X-A: " + "b".repeat(1000) + "\r\n");
        }
        case NEVER_ANSWERS -> connection.hold();
        case NEVER_GOES_ON_WITHIN_THE_HEAD -> {
          connection.say(OK + "X-A: b\r\n");
          connection.hold();
        }
        case NEVER_GOES_ON_WITHIN_THE_BODY -> {
          connection.say(OK + "Content-Length: 10\r\n\r\nhello");
          connection.hold();
        }
        case NEVER_ENDS_THE_BODY -> {
          connection.say(OK + "Transfer-Encoding: chunked\r\n\r\n");
          endless(connection, "10000\r\n" + "b".repeat(0x10000) + "\r\n");
        }
        case SAYS_A_LENGTH_THAT_IS_TOO_LONG -> {
          connection.say(OK + "Content-Length: 1000000000000\r\n\r\nhello");
          connection.hold();
        }
        case SAYS_MORE_THAN_THE_LENGTH ->
            connection.say(OK + "Content-Length: 5\r\n\r\nhello" + OK + "X-A: b\r\n\r\n");
        case SPEAKS_HTTP_OF_OLD -> connection.say("HTTP/1.0 200 OK\r\n\r\nhello");
        case HAS_NO_ADDRESS,
            REFUSES_CONNECTIONS,
            SPEAKS_NO_TLS,
            SIGNED_ITS_CERTIFICATE_ITSELF,
            SIGNED_ITS_CERTIFICATE_ITSELF_AND_MAY,
            HAS_A_CERTIFICATE_OF_ANOTHER,
            HAS_A_CERTIFICATE_THAT_IS_OVER ->
            throw new AssertionError("nobody gets as far as asking: " + this);
      }
    }

    /** More than anybody takes; whoever has enough closes. */
    private static void endless(Connection connection, String piece) throws IOException {
      for (int i = 0; i < 100_000; i++) {
        connection.say(piece);
      }
    }
  }

  @BeforeAll
  static void build(Endpoint endpoint, @TempDir Path folder)
      throws IOException, GeneralSecurityException {
    portico = endpoint;
    sdk = JavaSdk.of(endpoint);
    raw = RawServer.saying(MisbehavingBackendsTest::answer);
    plain = RawServer.saying(connection -> connection.say("HTTP/1.1 400 Bad Request\r\n\r\n"));
    selfSigned = TlsBackend.showing(SelfSigned.make(folder, "localhost"));
    expired = TlsBackend.showing(SelfSigned.expired(folder, "localhost"));
    ofAnother = TlsBackend.showing(SelfSigned.make(folder, "elsewhere.example"));
    api = SmallApi.build(sdk, "127.0.0.1:" + raw.port());
    for (Trouble trouble : Trouble.values()) {
      RESOURCES.put(trouble, resource(trouble));
    }
    api.deploy();
  }

  @AfterAll
  static void end() {
    sdk.close();
    raw.close();
    plain.close();
    selfSigned.close();
    expired.close();
    ofAnother.close();
    THREADS.close();
  }

  @ParameterizedTest
  @EnumSource
  void aClientIsToldWhatAwsSaysAndAnExplanationWhichTroubleItWas(Trouble trouble) throws Exception {
    CompletableFuture<HttpResponse<String>> call =
        CompletableFuture.supplyAsync(() -> get("/" + trouble.path()), THREADS);

    for (int i = 0; i < 5; i++) {
      assertThat(get("/backend/well").body()).isEqualTo("well");
    }
    HttpResponse<String> answer = call.get(30, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(trouble.status);
    assertThat(answer.body()).isEqualTo(trouble.body());
    assertThat(answer.headers().firstValue("x-amzn-ErrorType").isPresent())
        .isEqualTo(!trouble.isHarmless());
    assertThat(get("/backend/well").body()).isEqualTo("well");
    if (!trouble.isHarmless()) {
      assertThat(explanation(answer)).matches(trouble.explained());
    }
  }

  private static String explanation(HttpResponse<String> answer) {
    String id = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
    return JsonMapper.shared()
        .readTree(Caller.get(portico.uri().resolve("/_portico/explain/" + id)).body())
        .path("summary")
        .asString();
  }

  @ParameterizedTest
  @EnumSource
  void theExecutionLogSaysWhichInOneLine(Trouble trouble) {
    JsonNode answer =
        api.call(
            "TestInvokeMethod", Map.of("resourceId", RESOURCES.get(trouble), "httpMethod", "GET"));

    assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(trouble.status);
    assertThat(answer.path("body").asString()).isEqualTo(trouble.body());
    List<String> failures =
        answer
            .path("log")
            .asString()
            .lines()
            .filter(line -> line.contains(FAILED))
            .map(line -> line.substring(line.indexOf(" : ") + 3))
            .toList();
    if (trouble.isHarmless()) {
      assertThat(failures).isEmpty();
    } else {
      assertThat(failures).singleElement().asString().matches(trouble.logged());
    }
  }

  /** But for those of which no more is known, when the gateway has enough, than that it is much. */
  @Test
  void eachTroubleHasALineOfItsOwn() {
    Map<String, List<Trouble>> byLine =
        Stream.of(Trouble.values())
            .filter(trouble -> !trouble.isHarmless())
            .collect(Collectors.groupingBy(trouble -> trouble.logged().pattern()));

    assertThat(byLine.values())
        .filteredOn(same -> same.size() > 1)
        .containsExactlyInAnyOrder(
            List.of(Trouble.HAS_A_HEADER_THAT_IS_TOO_LONG, Trouble.NEVER_ENDS_THE_HEAD),
            List.of(Trouble.NEVER_ENDS_THE_BODY, Trouble.SAYS_A_LENGTH_THAT_IS_TOO_LONG));
  }

  /** A connection that is free is of no use any more: whoever asked for it has not been heard. */
  @ParameterizedTest
  @EnumSource(names = {"SAYS_MORE_THAN_THE_LENGTH", "SPEAKS_HTTP_OF_OLD"})
  void whatCannotBeUsedAgainIsNot(Trouble trouble) {
    for (int i = 0; i < 5; i++) {
      assertThat(get("/" + trouble.path()).body()).isEqualTo("hello");
    }
  }

  private static HttpResponse<String> get(String path) {
    return Caller.get(portico.pathForm(api.id(), STAGE, path));
  }

  private static void answer(Connection connection) throws IOException {
    for (String head = connection.head(); !head.isEmpty(); head = connection.head()) {
      String path = head.substring(head.indexOf(' ') + 2, head.indexOf(" HTTP/"));
      if (!path.equals("well")) {
        Trouble.valueOf(path.toUpperCase(Locale.ROOT)).happen(connection);
        return;
      }
      connection.say(WELL);
    }
  }

  private static String resource(Trouble trouble) {
    String resource = api.resource(api.root(), trouble.path());
    api.putMethod(resource, "GET", Map.of());
    Map<String, Object> integration =
        new HashMap<>(
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
                trouble.uri()));
    if (trouble.isLate()) {
      integration.put("timeoutInMillis", TIMEOUT_MILLIS);
    }
    if (trouble.skipsVerification()) {
      integration.put("tlsConfig", Map.of("insecureSkipVerification", true));
    }
    api.call("PutIntegration", integration);
    return resource;
  }

  private static int closedPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError("no port is free", e);
    }
  }
}
