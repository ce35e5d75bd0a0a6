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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * does. That the calls beside it are answered is {@link CallsBesideTroubleTest}'s.
 */
@Portico
final class MisbehavingBackendsTest {
  private static final int TIMEOUT_MILLIS = 1_000;

  /** How the line begins that says why a call has failed. */
  private static final String FAILED = "Execution failed";

  private static final String WELL = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell";

  private static JavaSdk sdk;
  private static Endpoint portico;
  private static RawServer raw;
  private static RawServer plain;
  private static TlsBackend selfSigned;
  private static TlsBackend expired;
  private static TlsBackend ofAnother;

  /** Has a port that is nobody else's, and takes no connections. */
  private static Socket closed;

  private static SmallApi api;
  private static final Map<Trouble, String> RESOURCES = new HashMap<>();

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
    closed = new Socket();
    closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    api = SmallApi.build(sdk, "127.0.0.1:" + raw.port());
    for (Trouble trouble : Trouble.values()) {
      RESOURCES.put(trouble, resource(trouble));
    }
    api.deploy();
  }

  @AfterAll
  static void end() throws IOException {
    closed.close();
    sdk.close();
    raw.close();
    plain.close();
    selfSigned.close();
    expired.close();
    ofAnother.close();
  }

  @ParameterizedTest
  @EnumSource
  void aClientIsToldWhatAwsSaysAndAnExplanationWhichTroubleItWas(Trouble trouble) {
    HttpResponse<String> answer = get("/" + trouble.path());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(trouble.status());
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

    assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(trouble.status());
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
                uri(trouble)));
    if (trouble.isLate()) {
      integration.put("timeoutInMillis", TIMEOUT_MILLIS);
    }
    if (trouble.skipsVerification()) {
      integration.put("tlsConfig", Map.of("insecureSkipVerification", true));
    }
    api.call("PutIntegration", integration);
    return resource;
  }

  private static String uri(Trouble trouble) {
    return switch (trouble) {
      case HAS_NO_ADDRESS -> "http://no-such-host.invalid/";
      case REFUSES_CONNECTIONS -> "http://127.0.0.1:" + closed.getLocalPort() + "/";
      case SPEAKS_NO_TLS -> "https://localhost:" + plain.port() + "/";
      case SIGNED_ITS_CERTIFICATE_ITSELF, SIGNED_ITS_CERTIFICATE_ITSELF_AND_MAY -> selfSigned.uri();
      case HAS_A_CERTIFICATE_OF_ANOTHER -> ofAnother.uri();
      case HAS_A_CERTIFICATE_THAT_IS_OVER -> expired.uri();
      default -> "http://127.0.0.1:" + raw.port() + "/" + trouble.path();
    };
  }
}
