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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A backend, or a service of AWS, that keeps what it was asked; it finds that good, or answers what
 * the test says. Whoever waits for an answer keeps no other call from one.
 */
final class HeardBackend implements AutoCloseable {
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final HttpServer server;
  private final ExecutorService threads;

  /** What it was asked; names of headers are as {@link HttpServer} normalises them. */
  record Call(Map<String, List<String>> headers, String body) {

    /** The first value of a header, or nothing. */
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  /** What it answers. */
  record Reply(int status, String body) {}

  private HeardBackend(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  static HeardBackend start() {
    return answering(call -> new Reply(200, "{\"statusCode\": 200}"));
  }

  static HeardBackend answering(Function<Call, Reply> replies) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      server.setExecutor(threads);
      HeardBackend backend = new HeardBackend(server, threads);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
              Call call = new Call(Map.copyOf(exchange.getRequestHeaders()), body);
              backend.calls.add(call);
              Reply reply = replies.apply(call);
              byte[] answer = reply.body.getBytes(UTF_8);
              exchange.sendResponseHeaders(reply.status, answer.length);
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

  /** Whether nobody has called, or it was told of by {@link #called}. */
  boolean isUncalled() {
    return calls.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
