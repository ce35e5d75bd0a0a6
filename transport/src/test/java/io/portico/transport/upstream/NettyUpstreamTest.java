package io.portico.transport.upstream;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.support.RawBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client towards backends: what is sent, what is read, which connections are used again. */
final class NettyUpstreamTest extends UpstreamCalls {
  @Test
  void sendsFieldsInOrderAndCasingWithoutHopByHop() throws IOException {
    try (RawBackend backend = RawBackend.answering(HELLO)) {
      UpstreamRequest request =
          new UpstreamRequest(
              "PoST",
              backend.origin(),
              "/a%2fb?c={d}",
              Headers.of(
                  "x-B", "1",
                  "Connection", "keep-alive, X-Secret",
                  "HOST", "elsewhere",
                  "x-secret", "2",
                  "Trailer", "x",
                  "Upgrade", "y",
                  "Expect", "100-continue",
                  "Content-Length", "77",
                  "Transfer-Encoding", "chunked",
                  "X-b", "3"),
              Body.of("hello"),
              LONG);

      UpstreamResponse response = transport.upstream().send(request);

      assertThat(text(response)).isEqualTo("hello");
      assertThat(backend.heads())
          .containsExactly(
              "PoST /a%2fb?c={d} HTTP/1.1\r\nx-B: 1\r\nHOST: elsewhere\r\nTrailer: x\r\nUpgrade: y\r\nX-b: 3\r\nContent-Length: 5\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b", "/a\r\nX: y", "/\u00e4", "", "/a#b"})
  void refusesATargetThatWouldNotArriveAsOne(String target) throws IOException {
    try (RawBackend backend = RawBackend.answering(HELLO)) {
      UpstreamRequest request =
          new UpstreamRequest("GET", backend.origin(), target, Headers.empty(), Body.EMPTY, LONG);

      assertThatThrownBy(() -> transport.upstream().send(request))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(backend.heads()).isEmpty();
    }
  }

  @Test
  void saysTheLengthOfNothingWhereContentIsExpected() throws IOException {
    try (RawBackend backend = RawBackend.answering(HELLO)) {
      send(backend, "POST", Body.EMPTY, LONG);
      send(backend, "DELETE", Body.EMPTY, LONG);
      assertThat(backend.heads().get(0)).contains("Content-Length: 0\r\n");
      assertThat(backend.heads().get(1)).doesNotContain("Content-Length");
    }
  }

  @Test
  void usesAConnectionAgain() throws IOException {
    try (RawBackend backend = RawBackend.answering(HELLO)) {
      for (int i = 0; i < 20; i++) {
        assertThat(text(get(backend))).isEqualTo("hello");
      }
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void readsBodiesOfEveryFraming() throws IOException {
    List<String> answers =
        List.of(
            "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\nhe\r\n003\r\nllo\r\n0\r\nT: r\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.0 200 OK\r\n\r\nhello");
    for (String answer : answers) {
      try (RawBackend backend =
          new RawBackend(
              connection -> {
                connection.head();
                for (byte octet : answer.getBytes(StandardCharsets.US_ASCII)) {
                  connection.send(new byte[] {octet});
                }
              })) {
        assertThat(text(get(backend))).as(answer).isEqualTo("hello");
      }
    }
  }

  @Test
  void readsNoBodyWhereThereIsNone() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              while (true) {
                String head = connection.head();
                if (head.isEmpty()) {
                  return;
                }
                connection.send(
                    head.startsWith("HEAD")
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
                        : head.startsWith("PUT")
                            ? "HTTP/1.1 204 No Content\r\n\r\n"
                            : "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n");
              }
            })) {
      UpstreamResponse head = send(backend, "HEAD", Body.EMPTY, LONG);
      assertThat(head.body()).isEqualTo(Body.EMPTY);
      assertThat(head.headers().first("Content-Length")).isEqualTo("5");
      assertThat(send(backend, "PUT", Body.EMPTY, LONG).status()).isEqualTo(204);
      assertThat(get(backend).status()).isEqualTo(304);
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void doesNotKeepAConnectionTheBackendCloses() throws IOException {
    try (RawBackend backend =
        RawBackend.answering(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello")) {
      get(backend);
      get(backend);
      assertThat(backend.connections()).isEqualTo(2);
    }
  }

  @Test
  void doesNotKeepAConnectionTheBackendIsAboutToClose() throws IOException {
    try (RawBackend backend =
        RawBackend.answering(
            "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1, max=5\r\nContent-Length: 5\r\n\r\nhello")) {
      get(backend);
      get(backend);
      assertThat(backend.connections()).isEqualTo(2);
    }
  }

  @Test
  void takesAnIdleConnectionOutWhenTheBackendClosesIt() throws Exception {
    BlockingQueue<Boolean> closed = new LinkedBlockingQueue<>();
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              connection.head();
              connection.send(HELLO);
              connection.close();
              closed.add(true);
            })) {
      get(backend);
      assertThat(closed.poll(20, TimeUnit.SECONDS)).isTrue();
      // Whether the client has noticed by now or not: a POST must not be lost to an old connection.
      assertThat(text(get(backend))).isEqualTo("hello");
    }
  }

  @Test
  void findsABackendByName() throws IOException {
    try (RawBackend backend = RawBackend.answering(HELLO)) {
      Origin named = new Origin(false, "localhost", backend.origin().port(), true);
      assertThat(text(to(named))).isEqualTo("hello");
      assertThat(backend.heads().getFirst()).contains("Host: localhost:" + named.port() + "\r\n");
    }
  }

  @Test
  void keepsEachAnswerWithItsCallWhenManyWaitForOneConnection() throws Exception {
    configured(
        c ->
            new UpstreamConfig(
                c.limits(),
                c.connectTimeout(),
                c.tlsTimeout(),
                c.idleTimeout(),
                1,
                99,
                null,
                null));
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              for (String head = connection.head(); !head.isEmpty(); head = connection.head()) {
                String number = head.substring(5, head.indexOf(' ', 5));
                connection.send(
                    "HTTP/1.1 200 OK\r\nX-N: " + number + "\r\nContent-Length: 5\r\n\r\nhello");
              }
            })) {
      List<CompletableFuture<String>> calls =
          IntStream.range(0, 50)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            UpstreamRequest request =
                                new UpstreamRequest(
                                    "GET",
                                    backend.origin(),
                                    "/" + i,
                                    Headers.empty(),
                                    Body.EMPTY,
                                    LONG);
                            try {
                              return transport.upstream().send(request).headers().first("X-N");
                            } catch (UpstreamException e) {
                              return e.reason().name();
                            }
                          },
                          command -> Thread.ofVirtual().start(command)))
              .toList();

      for (int i = 0; i < calls.size(); i++) {
        assertThat(calls.get(i).get(20, TimeUnit.SECONDS)).isEqualTo("" + i);
      }
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void keepsAConnectionWhoseShortBodyIsDiscarded() throws IOException {
    try (RawBackend backend =
        new RawBackend(
            connection -> {
              while (!connection.head().isEmpty()) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                connection.send("hello");
              }
            })) {
      get(backend).body().readAll(9);
      UpstreamResponse second = get(backend);
      if (second.body() instanceof Body.Streamed stream) {
        stream.discard();
      }
      eventually(
          "the connection is used again",
          () -> {
            try {
              return text(get(backend)).equals("hello");
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      assertThat(backend.connections()).isLessThanOrEqualTo(2);
    }
  }
}
