package io.portico.transport.upstream;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http2.Http2Headers;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.FrameBackend;
import io.portico.transport.support.Http2Backend;
import io.portico.transport.support.RawBackend;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import io.portico.transport.support.Transport.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 to a backend that offers it: what is sent, and which connections carry it. */
final class Http2UpstreamTest extends Http2Calls {
  private static final int MEGABYTES = 6;

  static List<Mode> modes() {
    return Mode.all();
  }

  @Test
  void sendsHostAsAuthorityAndNothingThatBelongsToAConnection() throws Exception {
    try (Http2Backend backend = new Http2Backend(100, 0)) {
      UpstreamRequest request =
          new UpstreamRequest(
              "PUT",
              backend.origin(),
              "/a%2fb?c={d}",
              Headers.of(
                  "X-B", "1",
                  "Connection", "keep-alive, X-Secret",
                  "HOST", "elsewhere",
                  "X-Secret", "2",
                  "Keep-Alive", "5",
                  "TE", "trailers",
                  "Upgrade", "y",
                  "Expect", "100-continue",
                  "Content-Length", "77",
                  "Transfer-Encoding", "chunked",
                  "Cookie", "a=1",
                  "x-b", "\u00e4"),
              Body.of("hello"),
              LONG);

      UpstreamResponse response = transport.upstream().send(request);

      assertThat(text(response)).isEqualTo("hello");
      assertThat(response.headers()).isEqualTo(Headers.of("x-b", "1", "x-b", "\u00e4"));
      assertThat(fields(backend.heads().getFirst()))
          .containsExactly(
              ":method: PUT",
              ":path: /a%2fb?c={d}",
              ":scheme: https",
              ":authority: elsewhere",
              "x-b: 1",
              "cookie: a=1",
              "x-b: \u00e4",
              "content-length: 5");
    }
  }

  private static List<String> fields(Http2Headers head) {
    List<String> fields = new ArrayList<>();
    head.forEach(field -> fields.add(field.getKey() + ": " + field.getValue()));
    return fields;
  }

  @Test
  void takesTheAuthorityFromTheOriginAndSaysTheLengthOfNothing() throws Exception {
    try (Http2Backend backend = new Http2Backend(100, 0)) {
      send(backend.origin(), "POST", "/", Body.EMPTY, LONG);
      send(backend.origin(), "DELETE", "/", Body.EMPTY, LONG);

      Http2Headers post = backend.heads().get(0);
      assertThat(post.authority()).hasToString(backend.origin().authority());
      assertThat(fields(post)).contains("content-length: 0");
      assertThat(fields(backend.heads().get(1))).noneMatch(field -> field.startsWith("content-"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b", "/a\r\nx: y", "/\u00e4", "", "/a#b", "a"})
  void refusesATargetThatWouldNotArriveAsOne(String target) throws Exception {
    try (Http2Backend backend = new Http2Backend(100, 0)) {
      assertThatThrownBy(() -> get(backend.origin(), target))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(text(send(backend.origin(), "POST", "/", Body.of("still"), LONG)))
          .isEqualTo("still");
      assertThat(backend.heads()).hasSize(1);
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void offersNothingUnlessItIsConfigured() throws Exception {
    configured(c -> c);
    try (RawBackend backend =
        new RawBackend(
            FrameBackend.listener("h2", "http/1.1"),
            connection -> {
              while (!connection.head().isEmpty()) {
                connection.send(UpstreamCalls.HELLO);
              }
            })) {
      Origin origin = new Origin(true, "localhost", backend.origin().port(), true);
      assertThat(text(get(origin, "/"))).isEqualTo("hello");
      assertThat(backend.heads()).hasSize(1);
    }
  }

  @Test
  void staysWithHttp11WhereTheBackendOffersNothingElse() throws Exception {
    for (String[] protocols : List.of(new String[] {"http/1.1"}, new String[0])) {
      try (RawBackend backend =
          new RawBackend(
              FrameBackend.listener(protocols),
              connection -> {
                while (!connection.head().isEmpty()) {
                  connection.send(UpstreamCalls.HELLO);
                }
              })) {
        Origin origin = new Origin(true, "localhost", backend.origin().port(), true);
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          calls.add(async(origin, "/"));
        }
        for (CompletableFuture<String> call : calls) {
          assertThat(outcome(call)).isEqualTo("hello");
        }
        assertThat(backend.heads()).hasSize(20);
      }
    }
  }

  @Test
  void carriesAThousandCallsAtOnceOverAsFewConnectionsAsTheBackendAllows() throws Exception {
    try (Http2Backend backend = new Http2Backend(80, 1000)) {
      List<CompletableFuture<String>> calls = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        calls.add(async(backend.origin(), "/together/" + i));
      }
      for (CompletableFuture<String> call : calls) {
        assertThat(outcome(call)).isEqualTo("all");
      }
      // The first was expected to take a hundred, so that one or two more may have been begun.
      assertThat(backend.connections()).isBetween(13, 15);
    }
  }

  @Test
  void usesOneConnectionForCallAfterCall() throws Exception {
    try (Http2Backend backend = new Http2Backend(100, 0)) {
      for (int i = 0; i < 500; i++) {
        assertThat(text(send(backend.origin(), "POST", "/" + i, Body.of("n" + i), LONG)))
            .isEqualTo("n" + i);
      }
      assertThat(backend.connections()).isEqualTo(1);
      assertThat(backend.resets()).isZero();
    }
  }

  @Test
  void boundsConnectionsAndThoseWhoWait() throws Exception {
    configured(
        c ->
            new UpstreamConfig(
                c.limits(),
                c.connectTimeout(),
                c.tlsTimeout(),
                c.idleTimeout(),
                2,
                3,
                c.trust(),
                HTTP_2));
    try (Http2Backend backend = new Http2Backend(5, 99)) {
      List<CompletableFuture<String>> calls = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        calls.add(async(backend.origin(), "GET", "/together", LONG));
        int sent = i + 1;
        eventually("it is under way", () -> backend.heads().size() == sent);
      }
      for (int i = 0; i < 4; i++) {
        calls.add(async(backend.origin(), "GET", "/together", LONG));
      }

      Object refused =
          CompletableFuture.anyOf(calls.toArray(CompletableFuture<?>[]::new))
              .get(20, TimeUnit.SECONDS);

      assertThat(refused).isEqualTo("OVERLOADED");
      assertThat(backend.connections()).isEqualTo(2);
      assertThat(backend.heads()).hasSize(10);
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void streamsBigBodiesBothWaysAtOnce(Mode mode) throws Exception {
    transport.close();
    transport = new Transport(mode, 2, c -> trusting(c).with(HTTP_2));
    byte[] content = new byte[MEGABYTES * 1024 * 1024];
    new Random(7).nextBytes(content);
    try (Http2Backend backend = new Http2Backend(100, 0)) {
      HttpListener listener = transport.listen(transport.proxy(backend.origin()));
      List<CompletableFuture<Boolean>> clients = new ArrayList<>();
      for (String framing : List.of("Content-Length: " + content.length, "chunked")) {
        clients.add(
            CompletableFuture.supplyAsync(
                () -> echoed(listener, framing, content),
                command -> Thread.ofVirtual().start(command)));
      }
      for (CompletableFuture<Boolean> client : clients) {
        assertThat(client.get(60, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(backend.resets()).isZero();
    }
  }

  private static boolean echoed(HttpListener listener, String framing, byte[] content) {
    try (RawClient client = new RawClient(listener.address())) {
      boolean chunked = framing.equals("chunked");
      client.send(
          "POST / HTTP/1.1\r\nHost: a\r\n"
              + (chunked ? "Transfer-Encoding: chunked" : framing)
              + "\r\n\r\n");
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      if (chunked) {
                        client.send(Integer.toHexString(content.length) + "\r\n");
                      }
                      client.send(content);
                      if (chunked) {
                        client.send("\r\n0\r\n\r\n");
                      }
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      String answer = client.answer().body();
      sender.join();
      return Arrays.equals(answer.getBytes(StandardCharsets.ISO_8859_1), content);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void sendsABodyFromMemoryAsFarAsTheWindowReaches() throws Exception {
    byte[] content = new byte[3_000_000];
    new Random(8).nextBytes(content);
    try (Http2Backend backend = new Http2Backend(100, 0)) {
      UpstreamResponse response =
          send(backend.origin(), "POST", "/", new Body.Buffered(content), LONG);
      assertThat(response.body().readAll(10_000_000)).isEqualTo(content);
    }
  }
}
