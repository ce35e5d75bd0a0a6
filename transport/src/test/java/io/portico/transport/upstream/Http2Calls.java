package io.portico.transport.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.support.BackendTls;
import io.portico.transport.support.FrameClient;
import io.portico.transport.support.FrameClient.Frame;
import io.portico.transport.support.Transport;
import io.portico.transport.support.Transport.Mode;
import io.portico.transport.wire.Http2Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** Calls to backends that may speak HTTP/2, from threads that belong to no loop. */
abstract class Http2Calls {
  static final Duration LONG = Duration.ofSeconds(60);
  static final Duration SHORT = Duration.ofMillis(300);
  static final UpstreamHttp2 HTTP_2 = new UpstreamHttp2(new Http2Limits(100, 20, 50), LONG);

  /** What backends tell the test. */
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  // One loop: which connections are used again is then beyond doubt.
  Transport transport = new Transport(Mode.BEST, 1, c -> trusting(c).with(HTTP_2));

  static UpstreamConfig trusting(UpstreamConfig c) {
    return new UpstreamConfig(
        c.limits(),
        c.connectTimeout(),
        c.tlsTimeout(),
        c.idleTimeout(),
        c.connectionsPerOrigin(),
        c.waitingPerOrigin(),
        BackendTls.get().trust(),
        c.http2());
  }

  void configured(UnaryOperator<UpstreamConfig> config) {
    transport.close();
    transport = new Transport(Mode.BEST, 1, c -> config.apply(trusting(c)));
  }

  @AfterEach
  void close() {
    transport.close();
  }

  UpstreamResponse send(Origin origin, String method, String target, Body body, Duration timeout)
      throws UpstreamException {
    return transport
        .upstream()
        .send(new UpstreamRequest(method, origin, target, Headers.empty(), body, timeout));
  }

  UpstreamResponse get(Origin origin, String target) throws UpstreamException {
    return send(origin, "GET", target, Body.EMPTY, LONG);
  }

  static String text(UpstreamResponse response) throws IOException {
    return new String(response.body().readAll(10_000_000), StandardCharsets.ISO_8859_1);
  }

  static Reason failure(UpstreamCalls.ThrowingCall call) {
    return catchThrowableOfType(UpstreamException.class, call::run).reason();
  }

  /** The text of an answer, or the reason why there is none. */
  CompletableFuture<String> async(Origin origin, String method, String target, Duration timeout) {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                result.complete(text(send(origin, method, target, Body.EMPTY, timeout)));
              } catch (UpstreamException e) {
                result.complete(e.reason().name());
              } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  CompletableFuture<String> async(Origin origin, String target) {
    return async(origin, "GET", target, LONG);
  }

  static String outcome(CompletableFuture<String> call) throws Exception {
    return call.get(20, TimeUnit.SECONDS);
  }

  String event() throws InterruptedException {
    return String.valueOf(events.poll(20, TimeUnit.SECONDS));
  }

  /** The path of a request. */
  static String path(FrameClient connection, Frame head) {
    return connection.fields(head).path().toString();
  }

  /** Adds an answer, its content the given text. */
  static void answer(FrameClient connection, int stream, String text) {
    connection.status(0, stream, 200).data(stream, text);
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
