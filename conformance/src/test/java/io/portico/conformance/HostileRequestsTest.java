package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import io.portico.conformance.wire.Caller;
import io.portico.conformance.wire.RawConnection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A request that two readers could understand differently is refused and its connection closed. */
@Portico
final class HostileRequestsTest {

  static Stream<Arguments> ambiguous() {
    return Stream.of(
        Arguments.of(
            "two Content-Lengths",
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        Arguments.of(
            "a list of Content-Lengths",
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1, 2\r\n\r\nab"),
        Arguments.of(
            "Content-Length with Transfer-Encoding",
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "an unknown Transfer-Encoding",
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "Transfer-Encoding twice",
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        Arguments.of(
            "Transfer-Encoding on HTTP/1.0",
            "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Arguments.of("a bare LF", "GET / HTTP/1.1\nHost: h\n\n"),
        Arguments.of("a bare LF within headers", "GET / HTTP/1.1\r\nHost: h\r\nA: b\nC: d\r\n\r\n"),
        Arguments.of("a folded header", "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n"),
        Arguments.of("a blank before the colon", "GET / HTTP/1.1\r\nHost: h\r\nA : b\r\n\r\n"),
        Arguments.of(
            "a control byte in a value", "GET / HTTP/1.1\r\nHost: h\r\nA: b\u0001c\r\n\r\n"),
        Arguments.of("a NUL in a name", "GET / HTTP/1.1\r\nHost: h\r\nA\u0000: b\r\n\r\n"),
        Arguments.of(
            "a negative Content-Length",
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n"),
        Arguments.of(
            "a Content-Length with a sign",
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\na"),
        Arguments.of(
            "a chunk size that is none",
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        Arguments.of("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        Arguments.of("no Host", "GET / HTTP/1.1\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ambiguous")
  void anAmbiguousRequestGets400AndAClose(String name, String request, Endpoint endpoint) {
    try (RawConnection connection = RawConnection.open(endpoint.port())) {
      // What follows would be a second request for a reader that saw the first one end early.
      connection.send(request + "GET /_portico/health/live HTTP/1.1\r\nHost: h\r\n\r\n");

      String answer = connection.readToClose();

      assertThat(answer).startsWith("HTTP/1.1 400 ");
      assertThat(answer.split("HTTP/1.1 ", -1)).as("one answer, no second").hasSize(2);
    }
  }

  @Test
  void headersWithoutEndAreRefused(Endpoint endpoint) {
    try (RawConnection connection = RawConnection.open(endpoint.port())) {
      connection.send("GET / HTTP/1.1\r\nHost: h\r\nA: " + "a".repeat(200_000));

      assertThat(connection.readToClose()).containsPattern("^HTTP/1.1 (400|431) ");
    }
  }

  @Test
  void aRequestLineWithoutEndIsRefused(Endpoint endpoint) {
    try (RawConnection connection = RawConnection.open(endpoint.port())) {
      connection.send("GET /" + "a".repeat(200_000));

      assertThat(connection.readToClose()).containsPattern("^HTTP/1.1 (400|414) ");
    }
  }

  @Test
  void noHiddenRequestReachesTheBackend(Endpoint endpoint) {
    try (Backend backend = Backend.answering(request -> Answer.ok("[]"));
        JavaSdk sdk = JavaSdk.of(endpoint);
        RawConnection connection = RawConnection.open(endpoint.port())) {
      String api = SmallApi.build(sdk, backend.address()).deploy().id();
      String path = "/_aws/execute-api/" + api + "/" + STAGE + "/backend/";
      String hidden = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n";

      connection.send(
          "POST "
              + path
              + "first HTTP/1.1\r\nHost: h\r\nContent-Length: "
              + hidden.length()
              + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
              + hidden);
      String refused = connection.readToClose();
      Caller.get(endpoint.pathForm(api, STAGE, "/backend/second"));

      assertThat(refused).startsWith("HTTP/1.1 400 ");
      assertThat(backend.taken().uri().getPath()).isEqualTo("/second");
    }
  }

  @Test
  void dotSegmentsDoNotLeaveTheApi(Endpoint endpoint) {
    try (Backend backend = Backend.answering(request -> Answer.ok("[]"));
        JavaSdk sdk = JavaSdk.of(endpoint);
        RawConnection connection = RawConnection.open(endpoint.port())) {
      String api = SmallApi.build(sdk, backend.address()).deploy().id();

      connection.send(
          "GET /_aws/execute-api/"
              + api
              + "/"
              + STAGE
              + "/backend/../../../../../_portico/metrics HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

      assertThat(connection.readToClose()).doesNotContain("# TYPE");
    }
  }
}
