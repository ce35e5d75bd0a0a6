package io.portico.transport.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.transport.support.Answers;
import io.portico.transport.support.Interruption;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an honest client sees of a listener. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpListenerTest {
  private static final HttpHandler ECHO =
      request -> Answers.text(request.method() + " " + request.target() + " " + text(request));

  private final Transport transport = new Transport();

  private static String text(HttpRequest request) {
    try {
      return new String(request.body().readAll(10_000_000), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RawClient clientOf(HttpHandler handler) throws IOException {
    return new RawClient(transport.listen(handler).address());
  }

  @AfterAll
  void close() {
    transport.close();
  }

  @Test
  void handsTheRequestOverAsItStoodOnTheWire() throws Exception {
    BlockingQueue<HttpRequest> seen = new LinkedBlockingQueue<>();
    try (RawClient client =
        clientOf(
            request -> {
              seen.add(request);
              return Answers.text("");
            })) {

      client.send(
          "get /a%2Fb/../c?q=%41&q HTTP/1.1\r\nhOST: Example:80\r\nx-ONE:  1 \r\nX-one: \t2\r\nEmpty:\r\nLatin:"
              + " \u00e4\r\n\r\n");
      client.answer();

      HttpRequest request = seen.poll(20, TimeUnit.SECONDS);
      assertThat(request.method()).isEqualTo("get");
      assertThat(request.target()).isEqualTo("/a%2Fb/../c?q=%41&q");
      assertThat(request.protocol()).isEqualTo("HTTP/1.1");
      assertThat(request.headers())
          .isEqualTo(
              Headers.of(
                  "hOST",
                  "Example:80",
                  "x-ONE",
                  "1",
                  "X-one",
                  "2",
                  "Empty",
                  "",
                  "Latin",
                  "\u00e4"));
      assertThat(request.body()).isEqualTo(Body.EMPTY);
      assertThat(request.connection().remoteIp()).isEqualTo("127.0.0.1");
      assertThat(request.connection().scheme()).isEqualTo("http");
    }
  }

  @Test
  void keepsTheConnectionForFurtherRequests() throws IOException {
    try (RawClient client = clientOf(ECHO)) {
      assertThat(client.get("/1").body()).isEqualTo("GET /1 ");
      assertThat(client.get("/2").body()).isEqualTo("GET /2 ");
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      requests
          .append("POST /")
          .append(i)
          .append(" HTTP/1.1\r\nHost: a\r\n")
          .append(
              i % 2 == 0
                  ? "Content-Length: 3\r\n\r\nabc"
                  : "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
    }
    try (RawClient client = clientOf(ECHO)) {

      client.send(requests.toString());

      for (int i = 0; i < 200; i++) {
        assertThat(client.answer().body()).isEqualTo("POST /" + i + " abc");
      }
    }
  }

  @Test
  void readsBodiesThatArriveInPieces() throws IOException {
    try (RawClient client = clientOf(ECHO)) {
      client.send("POST /s HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n");
      client.send("abc").send("def");
      assertThat(client.answer().body()).isEqualTo("POST /s abcdef");

      client.send("POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n");
      client
          .send("3;ext=\"x\"\r")
          .send("\nabc\r\n0")
          .send("3\r\ndef\r\n")
          .send("0\r\nT: r\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("POST /c abcdef");

      assertThat(client.get("/next").body()).isEqualTo("GET /next ");
    }
  }

  @Test
  void acceptsAnAbsoluteTargetThatAgreesWithHost() throws IOException {
    try (RawClient client = clientOf(ECHO)) {
      client.send("GET http://LocalHost:80/x?y HTTP/1.1\r\nHost: localhost:80\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("GET /x?y ");
      client.send("GET http://localhost?y HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("GET /?y ");
    }
  }

  @Test
  void letsOneEmptyLinePassBeforeARequest() throws IOException {
    try (RawClient client = clientOf(ECHO)) {
      client.send("\r\nGET /1 HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("GET /1 ");
      assertThat(client.answer().body()).isEqualTo("GET /2 ");
    }
  }

  @Test
  void sendsABigBodyFromMemory() throws IOException {
    String big = "0123456789".repeat(500_000);
    try (RawClient client = clientOf(_ -> Answers.text(big))) {
      assertThat(client.get("/1").body()).isEqualTo(big);
      assertThat(client.get("/2").body()).isEqualTo(big);
    }
  }

  @Test
  void sends100ContinueOnlyWhenTheBodyIsRead() throws IOException {
    HttpHandler handler =
        request ->
            Answers.text(request.target().equals("/read") ? text(request) : "not interested");
    try (RawClient client = clientOf(handler)) {
      client.send(
          "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-Continue\r\n\r\n");
      assertThat(client.answerWithoutBody().status()).isEqualTo(100);
      client.send("hello");
      assertThat(client.answer().body()).isEqualTo("hello");

      client.send(
          "POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      RawClient.Answer answer = client.answer();
      assertThat(answer.body()).isEqualTo("not interested");
      assertThat(answer.field("Connection")).isEqualTo("close");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void keepsTheConnectionWhenAShortBodyIsNotRead() throws IOException {
    try (RawClient client = clientOf(_ -> Answers.text("unread"))) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc");
      assertThat(client.answer().body()).isEqualTo("unread");
      client.send("def");
      assertThat(client.get("/").body()).isEqualTo("unread");
    }
  }

  @Test
  void closesWhenALongBodyIsNotRead() throws IOException {
    HttpHandler handler =
        request -> {
          try {
            return Answers.text("read " + request.body().readAll(1000).length);
          } catch (BodyTooLargeException e) {
            return Answers.text(413, "over " + e.limit());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    try (RawClient client = clientOf(handler)) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n");
      client.send(new byte[100_000]);

      RawClient.Answer answer = client.answer();

      assertThat(answer.body()).isEqualTo("over 1000");
      assertThat(answer.field("Connection")).isEqualTo("close");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void refusesAChunkedBodyOverTheReadersLimit() throws IOException {
    HttpHandler handler =
        request -> {
          try {
            return Answers.text("read " + request.body().readAll(1000).length);
          } catch (IOException e) {
            return Answers.text(413, e.getClass().getSimpleName());
          }
        };
    try (RawClient client = clientOf(handler)) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("2000\r\n").send(new byte[0x2000]);

      assertThat(client.answer().body()).isEqualTo("BodyTooLargeException");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void answersABare500WhenTheHandlerFails() throws IOException {
    HttpHandler handler =
        request -> {
          if (request.target().equals("/ok")) {
            return Answers.text("ok");
          }
          throw new IllegalStateException("a secret");
        };
    try (RawClient client = clientOf(handler)) {

      RawClient.Answer answer = client.get("/");

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).isEqualTo("{\"message\": \"Internal server error\"}");
      assertThat(client.get("/ok").body()).isEqualTo("ok");
    }
  }

  @Test
  void answersABare500InPlaceOfAnAnswerThatCannotBeWritten() throws IOException {
    List<HttpResponse> impossible =
        List.of(
            new HttpResponse(200, Headers.builder().addChecked("a b", "c").build(), Body.of("x")),
            new HttpResponse(99, Headers.empty(), Body.EMPTY),
            new HttpResponse(1000, Headers.empty(), Body.EMPTY));
    HttpHandler handler =
        request -> impossible.get(Integer.parseInt(request.target().substring(1)));
    try (RawClient client = clientOf(handler)) {
      for (int i = 0; i < impossible.size(); i++) {
        assertThat(client.get("/" + i).status()).isEqualTo(500);
      }
    }
  }

  @Test
  void answersABare500WhenTheHandlerCannotTellWhatIsHeavy() throws IOException {
    HttpHandler handler =
        new HttpHandler() {
          @Override
          public HttpResponse handle(HttpRequest request) {
            return Answers.text("never");
          }

          @Override
          public boolean isHeavy(HttpRequest request) {
            throw new IllegalStateException("a bug");
          }
        };
    try (RawClient client = clientOf(handler)) {
      assertThat(client.get("/1").status()).isEqualTo(500);
      assertThat(client.get("/2").status()).isEqualTo(500);
    }
  }

  @Test
  void answersABare500ForAStreamThatIsNotItsOwn() throws IOException {
    BlockingQueue<String> given = new LinkedBlockingQueue<>();
    HttpHandler handler =
        _ ->
            new HttpResponse(
                200,
                Headers.empty(),
                new Body.Streamed() {
                  @Override
                  public long length() {
                    return -1;
                  }

                  @Override
                  public byte[] readAll(long limit, long deadlineNanos) {
                    return readAll(limit);
                  }

                  @Override
                  public byte[] readAll(long limit) {
                    return new byte[] {'h', 'i'};
                  }

                  @Override
                  public Body gather(long limit, long deadlineNanos) {
                    return Body.of(readAll(limit));
                  }

                  @Override
                  public Body gatherText(long limit, long deadlineNanos) {
                    return gather(limit, deadlineNanos);
                  }

                  @Override
                  public InputStream open() {
                    throw new AssertionError("read piece by piece");
                  }

                  @Override
                  public void discard() {
                    given.add("up");
                  }

                  @Override
                  public void limitTo(long bytes) {}
                });
    try (RawClient client = clientOf(handler)) {
      assertThat(client.get("/1").status()).isEqualTo(500);
      assertThat(client.get("/2").status()).isEqualTo(500);
    }
    assertThat(given).containsExactly("up", "up");
  }

  @Test
  void writesOctetsAsTheyCameAndOtherTextAsUtf8() throws IOException {
    // U+010A ends in the octet of a line feed: truncated it would split the answer.
    HttpHandler handler =
        _ ->
            new HttpResponse(
                200, Headers.of("X-A", "\u00e4", "X-B", "a\u010a\u010dSet-Cookie: x"), Body.EMPTY);
    try (RawClient client = clientOf(handler)) {
      RawClient.Answer answer = client.get("/");
      assertThat(answer.field("X-A")).isEqualTo("\u00e4");
      assertThat(answer.field("X-B")).isEqualTo("a\u00c4\u008a\u00c4\u008dSet-Cookie: x");
      assertThat(answer.field("Set-Cookie")).isNull();
    }
  }

  @Test
  void tellsHowAnAnswerEnded() throws Exception {
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    HttpHandler handler =
        _ ->
            Answers.text("hello")
                .onCompletion((bytes, complete) -> ends.add(bytes + " " + complete));
    try (RawClient client = clientOf(handler)) {
      client.get("/");
      assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("5 true");
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
      client.answerWithoutBody();
      assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("0 true");
    }
  }

  @Test
  void refusesAnAddressThatIsInUse() throws IOException {
    HttpListener first = transport.listen(ECHO);
    ListenerConfig patient = Transport.patient();
    ListenerConfig same =
        new ListenerConfig(
            first.address(),
            patient.limits(),
            patient.headerTimeout(),
            patient.bodyTimeout(),
            patient.keepAliveTimeout(),
            patient.lingerTimeout(),
            patient.maxConnections(),
            patient.leastBodyRate(),
            patient.http2());

    assertThatThrownBy(() -> transport.listen(same, ECHO))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use");
  }

  @Test
  void interruptsTheHandlerWhenTheClientGoesAway() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    HttpHandler handler =
        request -> {
          events.add("started");
          events.add(Interruption.awaited() ? "interrupted" : "never interrupted");
          return Answers.text("late")
              .onCompletion((bytes, complete) -> events.add(bytes + " " + complete));
        };
    try (RawClient client = clientOf(handler)) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(next(events)).isEqualTo("started");

      client.reset();

      assertThat(next(events)).isEqualTo("interrupted");
      assertThat(next(events)).isEqualTo("0 false");
    }
  }

  private static @Nullable String next(BlockingQueue<String> events) throws InterruptedException {
    return events.poll(20, TimeUnit.SECONDS);
  }
}
