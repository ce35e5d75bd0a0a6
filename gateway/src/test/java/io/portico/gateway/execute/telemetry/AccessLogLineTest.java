package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.ClientConnection.TlsSession;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.AccessLog.Escaping;
import io.portico.gateway.snapshot.ContextVariable;
import io.portico.gateway.snapshot.GatewaySnapshot;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AccessLogLineTest {

  private static String line(String userAgent, Escaping escaping, String before, String after) {
    AccessLog log =
        new AccessLog(
            List.of(
                new AccessLog.Text(before),
                new AccessLog.Variable(ContextVariable.IDENTITY_USER_AGENT),
                new AccessLog.Text(after)),
            escaping,
            "arn:aws:logs:us-east-1:000000000000:log-group:pets");
    return AccessLogLine.of(log, answer(request(userAgent, null)));
  }

  private static HttpRequest request(String userAgent, @Nullable TlsSession session) {
    // A parser that is not strict might let any of these through.
    Headers headers = Headers.builder().addChecked("User-Agent", userAgent).build();
    HttpRequest request = Requests.request("GET", "/pets", headers, Body.EMPTY);
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4566);
    return new HttpRequest(
        request.method(),
        request.target(),
        request.protocol(),
        request.headers(),
        request.body(),
        new ClientConnection(anywhere, anywhere, session),
        request.arrivalNanos());
  }

  private static Answer answer(HttpRequest request) {
    Invocation invocation =
        new Invocations(Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD)
            .begin(
                request,
                Objects.requireNonNull(ApiAddress.of(request)),
                new CaseApi().compile(),
                GatewaySnapshot.EMPTY);
    return new Answer(invocation, 200, Headers.empty(), 0, true, 1);
  }

  @ParameterizedTest
  @EnumSource
  void aLineStaysOneLine(Escaping escaping) {
    String agent = "a\r\nb\u0000\u000b\u0085\u2028\u2029\u001b[31mc\u007f";

    String line = line(agent, escaping, "<", ">");

    assertThat(line).startsWith("<a").endsWith(">").contains("[31mc");
    assertThat(line.chars().filter(Character::isISOControl)).isEmpty();
    assertThat(line.lines()).hasSize(1);
    assertThat(line).doesNotContain("\u2028", "\u2029");
  }

  /** AWS: {@code -} stands for what is not there, as on a connection without TLS. */
  @Test
  void whatAConnectionIsEncryptedWithIsShown() {
    AccessLog log =
        new AccessLog(
            List.of(
                new AccessLog.Variable(ContextVariable.TLS_VERSION),
                new AccessLog.Text(" "),
                new AccessLog.Variable(ContextVariable.CIPHER_SUITE)),
            Escaping.PLAIN,
            "arn:aws:logs:us-east-1:000000000000:log-group:pets");
    TlsSession session = new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", null);

    assertThat(AccessLogLine.of(log, answer(request("curl", session))))
        .isEqualTo("TLSv1.3 TLS_AES_128_GCM_SHA256");
    assertThat(AccessLogLine.of(log, answer(request("curl", null)))).isEqualTo("- -");
  }

  @Test
  void onlyMarkupIsEscapedWhereverItStands() {
    assertThat(line("<aé&>€\"b'", Escaping.XML, "", "")).isEqualTo("&lt;aé&amp;&gt;€&quot;b&#39;");
    assertThat(line("\"<é>€\\", Escaping.JSON, "", "")).isEqualTo("\\\"<é>€\\\\");
  }

  @Test
  void whateverAClientSendsIsOneJsonText() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      StringBuilder agent = new StringBuilder();
      for (int j = random.nextInt(1, 20); j > 0; j--) {
        agent.append("\"\\{}:,\n\ru0041aé€\u0000".charAt(random.nextInt(16)));
      }

      String line = line(agent.toString(), Escaping.JSON, "{\"agent\":\"", "\"}");

      assertThat(Json.parse(line).get("agent").stringValue())
          .as("seed %d", seed)
          .isEqualTo(agent.toString());
    }
  }
}
