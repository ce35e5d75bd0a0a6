package io.portico.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.RawBackend;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Bodies that go from one event loop to another, and requests that run off their loop. */
final class CrossLoopTest {
  private static final String BIG = "0123456789abcdef".repeat(256 * 1024);

  @Test
  void splicesBodiesBetweenLoops() throws Exception {
    try (RawBackend backend = echo();
        Transport transport = new Transport();
        ExecutorService elsewhere = Executors.newCachedThreadPool()) {
      // Called by a thread that belongs to no loop, the client takes each of them in turn.
      HttpHandler handler =
          request ->
              CompletableFuture.supplyAsync(() -> passOn(transport, backend, request), elsewhere)
                  .join();
      HttpListener listener = transport.listen(handler);
      try (RawClient client = new RawClient(listener.address())) {
        for (int i = 0; i < 6; i++) {
          assertThat(exchange(client)).isEqualTo(BIG);
        }
      }
    }
  }

  /** Fetches twice, so that request and answer do not meet the same loop each time. */
  private static HttpResponse passOn(Transport transport, RawBackend backend, HttpRequest request) {
    try {
      Duration time = Duration.ofSeconds(60);
      UpstreamResponse stored =
          transport
              .upstream()
              .send(
                  new UpstreamRequest(
                      "PUT", backend.origin(), "/", Headers.empty(), request.body(), time));
      // The first answer's body, still arriving, is the second request's.
      UpstreamResponse again =
          transport
              .upstream()
              .send(
                  new UpstreamRequest(
                      "PUT", backend.origin(), "/", Headers.empty(), stored.body(), time));
      UpstreamResponse empty =
          transport
              .upstream()
              .send(
                  new UpstreamRequest(
                      "GET", backend.origin(), "/", Headers.empty(), Body.EMPTY, time));
      assertThat(empty.status()).isEqualTo(200);
      return new HttpResponse(again.status(), again.headers(), again.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void runsHeavyRequestsOffTheLoopWithTheSameResults() throws IOException {
    try (RawBackend backend = echo();
        Transport transport = new Transport()) {
      HttpHandler proxy = transport.proxy(backend.origin());
      HttpHandler heavy =
          new HttpHandler() {
            @Override
            public HttpResponse handle(HttpRequest request) {
              return proxy.handle(request);
            }

            @Override
            public boolean isHeavy(HttpRequest request) {
              return true;
            }
          };
      HttpListener listener = transport.listen(heavy);
      try (RawClient client = new RawClient(listener.address())) {
        assertThat(exchange(client)).isEqualTo(BIG);
        assertThat(exchange(client)).isEqualTo(BIG);
        assertThat(backend.connections()).isEqualTo(1);
      }
    }
  }

  private static String exchange(RawClient client) throws IOException {
    client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + BIG.length() + "\r\n\r\n");
    client.send(BIG);
    return client.answer().body();
  }

  private static RawBackend echo() throws IOException {
    return new RawBackend(
        connection -> {
          while (true) {
            String head = connection.head();
            if (head.isEmpty()) {
              return;
            }
            byte[] body =
                connection.read(head.contains("Content-Length: 4194304") ? BIG.length() : 0);
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
            connection.send(body);
          }
        });
  }
}
