package io.portico.transport.upstream;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.support.RawBackend;
import io.portico.transport.support.Transport;
import io.portico.transport.support.Transport.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** Calls to raw backends from a thread that belongs to no loop. */
abstract class UpstreamCalls {
  static final Duration LONG = Duration.ofSeconds(60);
  static final Duration SHORT = Duration.ofMillis(200);

  /** In which a call gets as far as it is to, also on a busy machine. */
  static final Duration FAIR = Duration.ofSeconds(2);

  static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  // One loop: which connections are used again is then beyond doubt.
  Transport transport = new Transport(Mode.BEST, 1, config -> config);

  void configured(UnaryOperator<UpstreamConfig> config) {
    transport.close();
    transport = new Transport(Mode.BEST, 1, config);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  UpstreamResponse send(RawBackend backend, String method, Body body, Duration timeout)
      throws UpstreamException {
    return transport
        .upstream()
        .send(new UpstreamRequest(method, backend.origin(), "/x", Headers.empty(), body, timeout));
  }

  UpstreamResponse get(RawBackend backend) throws UpstreamException {
    return send(backend, "GET", Body.EMPTY, LONG);
  }

  static String text(UpstreamResponse response) throws IOException {
    return new String(response.body().readAll(10_000_000), StandardCharsets.ISO_8859_1);
  }

  static Reason failure(ThrowingCall call) {
    return catchThrowableOfType(UpstreamException.class, call::run).reason();
  }

  /** A call that may fail. */
  @FunctionalInterface
  interface ThrowingCall {
    void run() throws Exception;
  }

  UpstreamResponse to(Origin origin) throws UpstreamException {
    return transport
        .upstream()
        .send(new UpstreamRequest("GET", origin, "/", Headers.empty(), Body.EMPTY, LONG));
  }

  CompletableFuture<String> async(RawBackend backend) {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                result.complete(text(get(backend)));
              } catch (UpstreamException e) {
                result.complete(e.reason().name());
              } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }
}
