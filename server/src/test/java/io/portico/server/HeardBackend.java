package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A backend, and Lambda as well, that keeps what it was asked and finds it good. */
final class HeardBackend implements AutoCloseable {
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final HttpServer server;

  /** What it was asked; names of headers are as {@link HttpServer} normalises them. */
  record Call(Map<String, List<String>> headers, String body) {}

  private HeardBackend(HttpServer server) {
    this.server = server;
  }

  static HeardBackend start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      HeardBackend backend = new HeardBackend(server);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
              backend.calls.add(new Call(Map.copyOf(exchange.getRequestHeaders()), body));
              byte[] answer = "{\"statusCode\": 200}".getBytes(UTF_8);
              exchange.sendResponseHeaders(200, answer.length);
              exchange.getResponseBody().write(answer);
            }
          });
      server.start();
      return backend;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next call, waited for if need be. */
  Call called() throws InterruptedException {
    return Objects.requireNonNull(calls.poll(60, TimeUnit.SECONDS), "no call in time");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
