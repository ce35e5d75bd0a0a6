package io.portico.transport.listener;

import static io.portico.transport.support.FrameClient.END_HEADERS;
import static io.portico.transport.support.FrameClient.END_STREAM;
import static io.portico.transport.support.FrameClient.HEADERS;
import static io.portico.transport.support.FrameClient.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UnreadRequest;
import io.portico.transport.support.Answers;
import io.portico.transport.support.FrameClient;
import io.portico.transport.support.FrameClient.Answer;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a listener refuses it tells of, before the client hears of it. */
final class ToldRefusalsTest {
  private static final int PROTOCOL_ERROR = 1;

  private static final Duration SHORT = Duration.ofMillis(200);

  /** In which whoever connects has begun, also on a busy machine. */
  private static final Duration FAIR = Duration.ofSeconds(2);

  private static final Duration LONG = Duration.ofSeconds(60);

  private final Transport transport = new Transport();
  private final BlockingQueue<UnreadRequest> told = new LinkedBlockingQueue<>();
  private final HttpHandler handler =
      new HttpHandler() {
        @Override
        public HttpResponse handle(HttpRequest request) {
          try {
            return Answers.text("read " + request.body().readAll(1_000).length);
          } catch (IOException e) {
            return Answers.text(599, "unreadable");
          }
        }

        @Override
        public void refused(UnreadRequest request) {
          told.add(request);
        }
      };

  @AfterEach
  void close() {
    transport.close();
  }

  private InetSocketAddress address(Duration header, Duration body) throws IOException {
    return transport.listen(ListenerBoundsTest.times(header, body, LONG), handler).address();
  }

  private UnreadRequest told() throws InterruptedException {
    return Objects.requireNonNull(told.poll(20, TimeUnit.SECONDS), "nothing was told");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense\\r\\n                                          |     |    | 400 | no request line
          GET /a HTTP/1.1\\r\\n\\r\\n                             | GET | /a | 400 | no Host
          GET /a?b=c HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n | GET | /a?b=c | 400 | more than one Host
          GET /a HTTP/2.0\\r\\n\\r\\n                             | GET | /a | 505 | neither HTTP/1.0 nor HTTP/1.1
          GET /a HTTP/1.1\\r\\nHost: a\\r\\nExpect: x\\r\\n\\r\\n | GET | /a | 417 | an expectation other than 100-continue
          """)
  void byHttp1(String sent, String method, String target, int status, String reason)
      throws Exception {
    try (RawClient client = new RawClient(address(LONG, LONG))) {
      client.send(sent.replace("\\r", "\r").replace("\\n", "\n"));
      assertThat(client.answer().status()).isEqualTo(status);
    }

    UnreadRequest refused = told();
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.method()).isEqualTo(Objects.requireNonNullElse(method, ""));
    assertThat(refused.target()).isEqualTo(Objects.requireNonNullElse(target, ""));
    assertThat(refused.protocol()).isEqualTo(method == null || status == 505 ? "" : "HTTP/1.1");
    assertThat(refused.connection().remoteIp()).isEqualTo("127.0.0.1");
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsTooMuchNamesTheLimit() throws Exception {
    InetSocketAddress address = address(LONG, LONG);
    try (RawClient client = new RawClient(address)) {
      assertThat(client.get("/" + "x".repeat(200)).status()).isEqualTo(414);
    }
    assertThat(told().reason()).isEqualTo("a start line of more than 200 bytes");
    try (RawClient client = new RawClient(address)) {
      client.send("GET /b HTTP/1.1\r\nHost: a\r\nX-A: " + "x".repeat(400));
      assertThat(client.answer().status()).isEqualTo(431);
    }
    UnreadRequest tooLong = told();
    assertThat(tooLong.reason()).isEqualTo("header fields of more than 400 bytes");
    assertThat(tooLong.target()).isEqualTo("/b");
    try (RawClient client = new RawClient(address)) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n" + "a: b\r\n".repeat(5) + "\r\n");
      assertThat(client.answer().status()).isEqualTo(431);
    }
    assertThat(told().reason()).isEqualTo("more than 5 header fields");
  }

  @Test
  void whatIsTooSlowNamesTheTime() throws Exception {
    try (RawClient client = new RawClient(address(FAIR, LONG))) {
      client.send("GET / HTTP/1.1\r\nHo");
      assertThat(client.answer().status()).isEqualTo(408);
    }
    assertThat(told().reason()).isEqualTo("a head that did not end within 2000 ms");
    try (RawClient client = new RawClient(address(LONG, SHORT))) {
      client.send("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
      assertThat(client.answer().status()).isEqualTo(408);
    }
    assertThat(told).as("it is a call, and tells of itself").isEmpty();
  }

  @Test
  void whoIsNamedBeforeAHostIsNotTold() throws Exception {
    try (RawClient client = new RawClient(address(LONG, LONG))) {
      client.send("GET http://admin:s3cret@b/x?a=b HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(400);
    }
    assertThat(told().target()).isEqualTo("http://b/x?a=b");
  }

  @Test
  void byHttp2() throws Exception {
    try (FrameClient client =
        FrameClient.greeting(transport.listen(Transport.patient(), handler).address())) {
      client.get(1, "/" + "x".repeat(16 * 1024));
      assertThat(client.send().answer(1).status()).isEqualTo(414);
      assertThat(told().reason()).isEqualTo("a path of more than 16384 bytes");
      client.get(3, "/a", "expect", "something");
      assertThat(client.send().answer(3).status()).isEqualTo(417);
      UnreadRequest expecting = told();
      assertThat(expecting.method() + " " + expecting.target()).isEqualTo("GET /a");
      assertThat(expecting.protocol()).isEqualTo("HTTP/2.0");
      client.frame(
          HEADERS,
          END_HEADERS | END_STREAM,
          5,
          FrameClient.block(new String[] {":method", "CONNECT", ":authority", "a:443"}));
      assertThat(client.send().answer(5).status()).isEqualTo(501);
      assertThat(told().status()).isEqualTo(501);
      assertThat(client.get(7, "/").send().answer(7).status()).isEqualTo(200);
    }
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          connection: close   | /a                      | /a         | a field of HTTP/1.1's connections
          x-a: b              | http://admin:s3cret@b/x | http://b/x | a target that is not in origin form
          content-length: 5   | /a                      | /a         | a Content-Length without content
          """)
  void whatHttp2ResetsIsToldToo(String field, String path, String target, String reason)
      throws Exception {
    try (FrameClient client =
        FrameClient.greeting(transport.listen(Transport.patient(), handler).address())) {
      client.get(1, path, field.split(": ", 2));
      assertThat(client.send().next(RST_STREAM).number(0)).isEqualTo(PROTOCOL_ERROR);

      UnreadRequest reset = told();
      assertThat(reset.status() + " " + reset.message()).isEqualTo("400 Bad Request (RST_STREAM)");
      assertThat(reset.reason()).isEqualTo(reason);
      assertThat(reset.method() + " " + reset.target()).isEqualTo("GET " + target);
      assertThat(client.get(3, "/").send().answer(3).status()).isEqualTo(200);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void contentOfAnotherLengthIsToldOnce() throws Exception {
    try (FrameClient client =
        FrameClient.greeting(transport.listen(Transport.patient(), handler).address())) {
      client.post(1, "/a", "content-length", "5").data(1, new byte[6]);
      assertThat(client.send().next(RST_STREAM).number(0)).isEqualTo(PROTOCOL_ERROR);

      UnreadRequest reset = told();
      assertThat(reset.reason()).isEqualTo("content of another length than it says");
      assertThat(reset.method() + " " + reset.target()).isEqualTo("POST /a");
    }
    assertThat(told).isEmpty();
  }

  @Test
  void aHeadThatHttp2NeverUnpacksIsToldAsFarAsItWas() throws Exception {
    try (FrameClient client =
        FrameClient.greeting(transport.listen(Transport.patient(), handler).address())) {
      client.get(1, "http://admin:s3cret@b/x", "cookie", "x".repeat(60_000));
      Answer answer = client.send().answer(1);
      assertThat(answer.status()).isEqualTo(431);
      assertThat(answer.body()).isEqualTo("{\"message\": \"Request Header Fields Too Large\"}");
      UnreadRequest tooLong = told();
      assertThat(tooLong.status()).isEqualTo(431);
      assertThat(tooLong.reason())
          .isEqualTo("a head of more than 55808 bytes, 32 for each field included");
      assertThat(tooLong.method() + " " + tooLong.target()).isEqualTo("GET http://b/x");

      byte[] head =
          FrameClient.block(FrameClient.usual("POST", "/b"), "cookie", "x".repeat(60_000));
      client.head(0, 3, head).data(3, new byte[100]);
      assertThat(client.send().answer(3).status()).isEqualTo(431);
      assertThat(told().target()).isEqualTo("/b");
      assertThat(client.get(5, "/").send().answer(5).status()).isEqualTo(200);
    }
    assertThat(told).isEmpty();
  }
}
