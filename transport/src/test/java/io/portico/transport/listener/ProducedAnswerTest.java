package io.portico.transport.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpResponse;
import io.portico.transport.support.Certificates;
import io.portico.transport.support.Interruption;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Stall;
import io.portico.transport.support.Transport;
import io.portico.transport.support.Transport.Mode;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.tls.TlsLibrary;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers whose content is made while it is sent. */
final class ProducedAnswerTest {
  private static final int PIECE = 64 * 1024;
  private static final int PIECES = 1600;

  /** More than sockets and buffers hold, far less than the whole. */
  private static final long MOST_UNDER_WAY = 40_000_000;

  static List<Mode> modes() {
    return Mode.all();
  }

  private static Transport transport(Mode mode) {
    return new Transport(mode, 2, config -> config);
  }

  private static HttpResponse produced(Body.Producer producer) {
    return new HttpResponse(
        200, Headers.of("Content-Type", "text/plain"), new Body.Produced(producer));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static @Nullable String next(BlockingQueue<String> events) throws InterruptedException {
    return events.poll(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aPieceIsWithTheClientBeforeTheNextIsMade(Mode mode) throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    HttpHandler handler =
        request ->
            produced(
                    out -> {
                      out.write(bytes("first"));
                      if (!awaited(seen)) {
                        throw new IOException("the client saw nothing");
                      }
                      out.write(bytes("second"));
                    })
                .onCompletion((count, complete) -> ends.add(count + " " + complete));
    try (Transport transport = transport(mode);
        RawClient client = new RawClient(transport.listen(handler).address())) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
      while (!client.line().isEmpty()) {
        assertThat(ends).isEmpty();
      }
      assertThat(client.line()).isEqualTo("5");
      assertThat(client.text(5)).isEqualTo("first");
      seen.countDown();
      assertThat(client.text(2 + 3 + 8 + 5)).isEqualTo("\r\n6\r\nsecond\r\n0\r\n\r\n");
      assertThat(next(ends)).isEqualTo("11 true");
      assertThat(client.get("/again").status()).isEqualTo(200);
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aClientThatDoesNotReadIsWaitedFor(Mode mode) throws Exception {
    AtomicLong written = new AtomicLong();
    HttpHandler handler =
        request ->
            produced(
                out -> {
                  byte[] piece = new byte[PIECE];
                  for (int i = 0; i < PIECES; i++) {
                    out.write(piece);
                    written.addAndGet(PIECE);
                  }
                });
    try (Transport transport = transport(mode);
        RawClient client = new RawClient(transport.listen(handler).address(), 16 * 1024)) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(Stall.of(written)).isPositive().isLessThan(MOST_UNDER_WAY);

      assertThat(client.answer().body()).hasSize(PIECE * PIECES);
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void whenTheClientGoesTheProducerIsInterruptedWhereverItWaits(Mode mode) throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    HttpHandler handler =
        request ->
            produced(
                    out -> {
                      out.write(bytes("first"));
                      events.add("written");
                      events.add(Interruption.awaited() ? "interrupted" : "never interrupted");
                      try {
                        out.write(bytes("second"));
                        events.add("taken");
                      } catch (IOException e) {
                        events.add("refused");
                        throw e;
                      }
                    })
                .onCompletion((count, complete) -> events.add(count + " " + complete));
    try (Transport transport = transport(mode);
        RawClient client = new RawClient(transport.listen(handler).address())) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(next(events)).isEqualTo("written");

      client.reset();

      assertThat(List.of("" + next(events), "" + next(events), "" + next(events)))
          .containsExactlyInAnyOrder("5 false", "interrupted", "refused");
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void whatStaysIncompleteBreaksOff(Mode mode) throws Exception {
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    HttpHandler handler =
        request ->
            produced(
                    out -> {
                      out.write(bytes("first"));
                      if (request.rawPath().equals("/bug")) {
                        throw new IllegalStateException("a bug");
                      }
                      throw new IOException("no more");
                    })
                .onCompletion(
                    new HttpResponse.Completion() {
                      @Override
                      public void finished(long count, boolean complete) {
                        ends.add(count + " " + complete);
                      }

                      @Override
                      public void brokeOff(long count, IOException cause) {
                        ends.add(count + " " + cause.getMessage());
                      }
                    });
    try (Transport transport = transport(mode)) {
      HttpListener listener = transport.listen(handler);
      for (String path : List.of("/failure", "/bug")) {
        try (RawClient client = new RawClient(listener.address())) {
          client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");

          assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
        }
      }
      assertThat(List.of("" + next(ends), "" + next(ends)))
          .containsExactly("5 no more", "5 its content cannot be made");
    }
  }

  @Test
  void nothingOfItIsSentToHead() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    HttpHandler handler =
        request ->
            produced(
                out -> {
                  try {
                    for (int i = 0; i < 100; i++) {
                      out.write(bytes("piece"));
                    }
                    events.add("taken");
                  } catch (IOException e) {
                    events.add("refused");
                    throw e;
                  }
                });
    try (Transport transport = transport(Mode.BEST);
        RawClient client = new RawClient(transport.listen(handler).address())) {
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(client.answerWithoutBody().status()).isEqualTo(200);
      assertThat(next(events)).isEqualTo("refused");
    }
  }

  @Test
  void goesOutByHttp2Too() throws Exception {
    HttpHandler handler =
        request ->
            produced(
                out -> {
                  for (int i = 0; i < 100; i++) {
                    out.write(new byte[PIECE]);
                  }
                });
    try (Transport transport = transport(Mode.BEST);
        ServerTls tls = Certificates.tls(TlsLibrary.best());
        HttpClient client =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(Certificates.client())
                .build()) {
      HttpListener listener = transport.listen(Transport.patient(), handler, tls);
      URI uri = URI.create("https://localhost:" + listener.address().getPort() + "/");

      assertThat(
              client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray()).body())
          .hasSize(100 * PIECE);
    }
  }

  @Test
  void isReadIntoMemoryWhereNothingIsSent() throws Exception {
    Body body = new Body.Produced(out -> out.write(bytes("all of it")));

    assertThat(body.length()).isEqualTo(-1);
    assertThat(body.readAll(9)).isEqualTo(bytes("all of it"));
    assertThatThrownBy(() -> body.readAll(8)).isInstanceOf(IOException.class);
  }
}
