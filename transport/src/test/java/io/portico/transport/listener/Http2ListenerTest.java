package io.portico.transport.listener;

import static io.portico.transport.support.Eventually.eventually;
import static io.portico.transport.support.FrameClient.DATA;
import static io.portico.transport.support.FrameClient.END_HEADERS;
import static io.portico.transport.support.FrameClient.END_STREAM;
import static io.portico.transport.support.FrameClient.GOAWAY;
import static io.portico.transport.support.FrameClient.HEADERS;
import static io.portico.transport.support.FrameClient.PING;
import static io.portico.transport.support.FrameClient.RST_STREAM;
import static io.portico.transport.support.FrameClient.SETTINGS;
import static io.portico.transport.support.FrameClient.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.transport.support.Answers;
import io.portico.transport.support.Certificates;
import io.portico.transport.support.FrameClient;
import io.portico.transport.support.FrameClient.Frame;
import io.portico.transport.support.Interruption;
import io.portico.transport.support.LogWatch;
import io.portico.transport.support.Transport;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.tls.TlsLibrary;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests by HTTP/2. */
final class Http2ListenerTest {
  private static final int PROTOCOL_ERROR = 1;
  private static final int CANCEL = 8;

  private final Transport transport = new Transport();

  @AfterEach
  void close() {
    transport.close();
  }

  private FrameClient client(HttpHandler handler) throws IOException {
    return FrameClient.greeting(transport.listen(handler).address());
  }

  static HttpResponse echo(HttpRequest request) {
    try {
      String text =
          request.method()
              + " "
              + request.target()
              + " "
              + request.protocol()
              + "\n"
              + request.headers();
      return new HttpResponse(
          200,
          Headers.of("X-Length", "" + request.body().readAll(10_000_000).length),
          Body.of(text));
    } catch (IOException e) {
      return Answers.text(599, "unreadable");
    }
  }

  @ParameterizedTest
  @EnumSource(TlsLibrary.class)
  void speaksToTheJdksClient(TlsLibrary library) throws Exception {
    try (ServerTls tls = Certificates.tls(library);
        HttpClient client =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(Certificates.client())
                .build()) {
      HttpListener listener = transport.listen(Transport.patient(), Http2ListenerTest::echo, tls);
      URI uri = URI.create("https://localhost:" + listener.address().getPort() + "/a?b=c");
      client.send(java.net.http.HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
      List<CompletableFuture<java.net.http.HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(
            client.sendAsync(
                java.net.http.HttpRequest.newBuilder(uri)
                    .POST(BodyPublishers.ofByteArray(new byte[i * 10_000]))
                    .build(),
                BodyHandlers.ofString()));
      }
      for (int i = 0; i < 50; i++) {
        java.net.http.HttpResponse<String> answer = answers.get(i).get(20, TimeUnit.SECONDS);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.headers().firstValue("x-length")).hasValue("" + i * 10_000);
        assertThat(answer.body()).startsWith("POST /a?b=c HTTP/2.0\nhost: localhost:");
      }
      assertThat(listener.connections()).isEqualTo(1);
    }
  }

  @Test
  void answersWithNamesInLowerCaseAndWithoutFieldsOfConnections() throws IOException {
    Headers headers =
        Headers.of(
            "X-Some",
            " thing ",
            "Connection",
            "X-Named",
            "X-Named",
            "1",
            "Upgrade",
            "h2c",
            "Keep-Alive",
            "1",
            "Transfer-Encoding",
            "chunked",
            "Set-Cookie",
            "a=1",
            "Set-Cookie",
            "b=2",
            "X-Text",
            "é");
    try (FrameClient client = client(_ -> new HttpResponse(201, headers, Body.of("hello")))) {
      FrameClient.Answer answer = client.get(1, "/").send().answer(1);

      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(answer.fields().stream().map(field -> field.getKey()))
          .containsExactly(
              ":status", "x-some", "set-cookie", "set-cookie", "x-text", "date", "content-length");
      assertThat(answer.field("x-some")).isEqualTo("thing");
      assertThat(answer.field("x-text")).isEqualTo("é");
      assertThat(answer.field("content-length")).isEqualTo("5");
    }
  }

  @Test
  void joinsCookiesAndTakesTheAuthorityAsHost() throws IOException {
    try (FrameClient client = client(Http2ListenerTest::echo)) {
      client.get(1, "/x", "cookie", "a=1", "accept", "*/*", "cookie", "b=2", "te", "trailers");
      assertThat(client.send().answer(1).body())
          .isEqualTo(
              "GET /x HTTP/2.0\nhost: localhost\naccept: */*\nte: trailers\ncookie: a=1; b=2\n");
    }
  }

  @Test
  void answersHeadWithoutContent() throws IOException {
    try (FrameClient client = client(_ -> Answers.text("hello"))) {
      client.frame(
          HEADERS, END_HEADERS | END_STREAM, 1, FrameClient.block(FrameClient.usual("HEAD", "/")));
      FrameClient.Answer answer = client.send().answer(1);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.field("content-length")).isEqualTo("5");
    }
  }

  @Test
  void saysContinueWhenTheContentIsWanted() throws IOException {
    CountDownLatch read = new CountDownLatch(1);
    try (FrameClient client =
        client(
            request -> {
              await(read);
              return echo(request);
            })) {
      client.post(1, "/", "expect", "100-continue", "content-length", "2").send();
      read.countDown();
      Frame interim = client.next(HEADERS);
      assertThat(client.fields(interim).status()).hasToString("100");
      assertThat(interim.has(END_STREAM)).isFalse();
      client.frame(DATA, END_STREAM, 1, new byte[2]);
      assertThat(client.send().answer(1).field("x-length")).isEqualTo("2");
    }
  }

  @Test
  void dropsTrailersAndRefusesThoseThatChangeFraming() throws IOException {
    try (FrameClient client = client(Http2ListenerTest::echo)) {
      client.post(1, "/").frame(DATA, 0, 1, new byte[7]);
      client.frame(
          HEADERS, END_HEADERS | END_STREAM, 1, FrameClient.block(new String[] {"x-sum", "1"}));
      FrameClient.Answer answer = client.send().answer(1);
      assertThat(answer.field("x-length")).isEqualTo("7");
      assertThat(answer.body()).doesNotContain("x-sum");

      client.post(3, "/").frame(DATA, 0, 3, new byte[7]);
      client.frame(
          HEADERS, END_HEADERS | END_STREAM, 3, FrameClient.block(new String[] {":path", "/"}));
      assertThat(client.send().next(RST_STREAM).number(0)).isEqualTo(PROTOCOL_ERROR);
    }
  }

  @Test
  void aResetInterruptsTheHandler() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    CountDownLatch started = new CountDownLatch(1);
    try (FrameClient client =
        client(
            request -> {
              if (request.target().equals("/other")) {
                return Answers.text("other");
              }
              started.countDown();
              events.add(Interruption.awaited() ? "interrupted" : "never interrupted");
              return Answers.text("late").onCompletion((_, complete) -> events.add("" + complete));
            })) {
      client.get(1, "/").send();
      await(started);
      client.number(RST_STREAM, 1, CANCEL).get(3, "/other").send();

      assertThat(client.answer(3).body()).isEqualTo("other");
      assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
      assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("false");
    }
  }

  @Test
  void contentWaitsForItsReaderAndTheWindow() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    try (FrameClient client =
        client(
            request -> {
              if (!request.target().equals("/other")) {
                await(read);
              }
              return echo(request);
            })) {
      client.post(1, "/");
      // What is kept, whose window is given back, and the stream's window.
      for (int i = 0; i < 12; i++) {
        client.frame(DATA, 0, 1, new byte[16 * 1024]);
      }
      client.get(3, "/other").send();
      assertThat(client.answer(3).status()).isEqualTo(200);

      read.countDown();
      assertThat(client.next(WINDOW_UPDATE).stream()).isEqualTo(1);
      client.frame(DATA, END_STREAM, 1, new byte[1]).send();
      assertThat(client.answer(1).field("x-length")).isEqualTo("" + (192 * 1024 + 1));
    }
  }

  @Test
  void anAnswerWaitsForTheWindow() throws Exception {
    byte[] big = new byte[300_000];
    try (FrameClient client =
        client(request -> request.target().equals("/big") ? Answers.bytes(big) : echo(request))) {
      client.get(1, "/big").send();
      int received = 0;
      while (received < 65_535) {
        received += client.next(DATA).payload().length;
      }
      assertThat(received).isEqualTo(65_535);
      client.number(WINDOW_UPDATE, 0, 1_000_000);
      assertThat(client.get(3, "/other").send().answer(3).status()).isEqualTo(200);
      client.number(WINDOW_UPDATE, 1, 1_000_000).send();
      Frame last;
      do {
        last = client.next(DATA);
        received += last.payload().length;
      } while (!last.has(END_STREAM));
      assertThat(received).isEqualTo(big.length);
    }
  }

  @Test
  void streamsFromABackendAndPausesIt() throws Exception {
    HttpListener backend = transport.listen(_ -> Answers.bytes(new byte[5_000_000]));
    HttpHandler proxy =
        transport.proxy(
            new io.portico.gateway.http.UpstreamRequest.Origin(
                false, "127.0.0.1", backend.address().getPort(), true));
    try (FrameClient client = client(proxy)) {
      FrameClient.Answer answer = client.get(1, "/").send().answer(1);
      assertThat(answer.body()).hasSize(5_000_000);
      client.post(3, "/");
      client.frame(DATA, END_STREAM, 3, new byte[10_000]);
      assertThat(client.send().answer(3).body()).hasSize(5_000_000);
    }
  }

  @Test
  void endsARequestWhoseRestIsNotWanted() throws IOException {
    try (FrameClient client = client(_ -> Answers.text("enough"))) {
      client.post(1, "/").frame(DATA, 0, 1, new byte[100]);
      assertThat(client.send().answer(1).body()).isEqualTo("enough");
      Frame reset = client.next(RST_STREAM);
      assertThat(reset.number(0)).isZero();
      assertThat(client.get(3, "/").send().answer(3).body()).isEqualTo("enough");
    }
  }

  @Test
  void neverMindsAnUpgrade() throws IOException {
    HttpListener listener = transport.listen(Http2ListenerTest::echo);
    try (io.portico.transport.support.RawClient client =
        new io.portico.transport.support.RawClient(listener.address())) {
      client.send(
          """
          GET / HTTP/1.1\r
          Host: a\r
          Connection: Upgrade, HTTP2-Settings\r
          Upgrade: h2c\r
          HTTP2-Settings: AAMAAABkAAQAAP__\r
          \r
          """);
      assertThat(client.answer().body()).startsWith("GET / HTTP/1.1");
    }
  }

  @Test
  void aPrefaceInPiecesIsOneToo() throws Exception {
    HttpListener listener = transport.listen(Http2ListenerTest::echo);
    try (java.net.Socket socket = new java.net.Socket()) {
      socket.connect(listener.address());
      try (FrameClient client = new FrameClient(socket)) {
        for (char c : "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".toCharArray()) {
          client.bytes(new byte[] {(byte) c}).send();
        }
        client.frame(SETTINGS, 0, 0).get(1, "/").send();
        assertThat(client.answer(1).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void drainsInGoodOrder() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    HttpListener listener =
        transport.listen(
            request -> {
              if (request.target().equals("/slow")) {
                started.countDown();
                await(goOn);
              }
              return Answers.text("done");
            });
    try (FrameClient client = FrameClient.greeting(listener.address())) {
      client.get(1, "/slow").send();
      await(started);
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> listener.drain(Duration.ofSeconds(60)));

      Frame first = client.next(GOAWAY);
      assertThat(first.number(0)).isEqualTo(Integer.MAX_VALUE);
      Frame ping = client.next(PING);
      client.get(3, "/late").frame(PING, FrameClient.ACK, 0, ping.payload()).send();
      assertThat(client.answer(3).body()).isEqualTo("done");
      goOn.countDown();
      assertThat(client.answer(1).body()).isEqualTo("done");
      for (Frame frame = client.next(); frame != null; frame = client.next()) {
        assertThat(frame.type()).isEqualTo(GOAWAY);
        assertThat(frame.number(0)).isEqualTo(3);
      }
      client.endOutput();
      assertThat(drained.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void theConnectionsEndInterruptsEveryHandler() throws Exception {
    BlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();
    CountDownLatch started = new CountDownLatch(2);
    HttpListener listener =
        transport.listen(
            _ -> {
              started.countDown();
              ends.add(Interruption.awaited());
              return Answers.text("late");
            });
    try (FrameClient client = FrameClient.greeting(listener.address())) {
      client.get(1, "/").get(3, "/").send();
      await(started);
    }
    assertThat(Objects.requireNonNull(ends.poll(20, TimeUnit.SECONDS))).isTrue();
    assertThat(Objects.requireNonNull(ends.poll(20, TimeUnit.SECONDS))).isTrue();
    eventually("no connection is left", () -> listener.connections() == 0);
  }

  /** It closes what it has asked for, and takes the whole connection with it. */
  @Test
  void aResetRightBehindTheLastFrameIsNoticed() throws Exception {
    HttpListener listener =
        transport.listen(
            _ -> {
              boolean _ = Interruption.awaited();
              return Answers.text("late");
            });
    for (int i = 0; i < 200; i++) {
      FrameClient client = FrameClient.greeting(listener.address());
      client.post(1, "/").send();
      client.number(RST_STREAM, 1, 8).send();
      client.reset();
    }
    eventually("no connection is left", () -> listener.connections() == 0);
  }

  @Test
  void aClientThatLeavesInTheMiddleOfAnswersIsForgottenWithoutAWord() throws Exception {
    try (ServerTls tls = Certificates.tls(TlsLibrary.BORINGSSL);
        LogWatch log = new LogWatch(Http2Connection.class)) {
      CountDownLatch started = new CountDownLatch(20);
      HttpListener listener =
          transport.listen(
              Transport.patient(),
              _ -> {
                started.countDown();
                return Answers.bytes(new byte[500_000]);
              },
              tls);
      try (FrameClient client =
          new FrameClient(Certificates.connectHttp2(Certificates.client(), listener.address()))) {
        client.greet();
        for (int i = 0; i < 20; i++) {
          client.get(2 * i + 1, "/");
        }
        client.send();
        await(started);
      }
      eventually("no connection is left", () -> listener.connections() == 0);
      assertThat(log.errors()).isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
