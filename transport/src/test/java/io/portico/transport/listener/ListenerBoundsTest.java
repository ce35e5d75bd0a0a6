package io.portico.transport.listener;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.HttpHandler;
import io.portico.transport.support.Answers;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import io.portico.transport.wire.Http2Limits;
import io.portico.transport.wire.WireLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every wait of a listener ends, and every length has a limit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ListenerBoundsTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  /** In which whoever connects has begun, also on a busy machine. */
  private static final Duration FAIR = Duration.ofSeconds(2);

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final WireLimits LIMITS = new WireLimits(200, 400, 5);

  private final Transport transport = new Transport();

  private RawClient client(ListenerConfig config, HttpHandler handler) throws IOException {
    return new RawClient(transport.listen(config, handler).address());
  }

  static ListenerConfig times(Duration header, Duration body, Duration keepAlive) {
    return new ListenerConfig(
        Transport.patient().address(),
        LIMITS,
        header,
        body,
        keepAlive,
        LONG,
        100,
        0,
        Http2Limits.standard());
  }

  @AfterAll
  void close() {
    transport.close();
  }

  @Test
  void refusesATooLongTarget() throws IOException {
    try (RawClient client = client(times(LONG, LONG, LONG), _ -> Answers.text("ok"))) {
      assertThat(client.get("/" + "x".repeat(150)).status()).isEqualTo(200);
      assertThat(client.get("/" + "x".repeat(200)).status()).isEqualTo(414);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void refusesATooLongTargetBeforeItEnds() throws IOException {
    try (RawClient client = client(times(LONG, LONG, LONG), _ -> Answers.text("ok"))) {
      client.send("GET /" + "x".repeat(250));
      assertThat(client.answer().status()).isEqualTo(414);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void refusesTooLongFields() throws IOException {
    try (RawClient client = client(times(LONG, LONG, LONG), _ -> Answers.text("ok"))) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\nX-A: " + "x".repeat(350) + "\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
      client.send("GET / HTTP/1.1\r\nHost: a\r\nX-A: " + "x".repeat(400));
      assertThat(client.answer().status()).isEqualTo(431);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void refusesTooManyFields() throws IOException {
    try (RawClient client = client(times(LONG, LONG, LONG), _ -> Answers.text("ok"))) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n" + "a: b\r\n".repeat(4) + "\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
      client.send("GET / HTTP/1.1\r\nHost: a\r\n" + "a: b\r\n".repeat(5) + "\r\n");
      assertThat(client.answer().status()).isEqualTo(431);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void refusesTooManyTrailersAndExtensions() throws IOException {
    HttpHandler handler =
        request -> {
          try {
            return Answers.text("read " + request.body().readAll(100).length);
          } catch (IOException e) {
            return Answers.text(599, "unreadable");
          }
        };
    String head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (RawClient client = client(times(LONG, LONG, LONG), handler)) {
      client.send(head + "0\r\n" + "a: b\r\n".repeat(6) + "\r\n");
      assertThat(client.answer().status()).isEqualTo(431);
      assertThat(client.rest()).isEmpty();
    }
    try (RawClient client = client(times(LONG, LONG, LONG), handler)) {
      client.send(head + ("1;" + "x".repeat(500) + "\r\na\r\n").repeat(3));
      assertThat(client.answer().status()).isEqualTo(400);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void closesAConnectionThatNeverBegins() throws IOException {
    try (RawClient client = client(times(SHORT, LONG, LONG), _ -> Answers.text("ok"))) {
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void answers408ToAHeadThatDoesNotEnd() throws IOException {
    try (RawClient client = client(times(FAIR, LONG, LONG), _ -> Answers.text("ok"))) {
      client.send("GET / HTTP/1.1\r\nHost:");
      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void closesAConnectionThatStaysIdle() throws IOException {
    try (RawClient client = client(times(LONG, LONG, SHORT), _ -> Answers.text("ok"))) {
      assertThat(client.get("/").status()).isEqualTo(200);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void answers408ToABodyThatDoesNotGoOnAndInterruptsItsReader() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    HttpHandler handler =
        request -> {
          try {
            request.body().readAll(1000);
          } catch (IOException e) {
            events.add("failed");
          }
          return Answers.text("never").onCompletion((_, complete) -> events.add("" + complete));
        };
    try (RawClient client = client(times(LONG, SHORT, LONG), handler)) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.rest()).isEmpty();
      assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("failed");
      assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("false");
    }
  }

  @Test
  void answers408ToABodyThatTricklesWithoutEverPausing() throws Exception {
    ListenerConfig config = times(LONG, SHORT, LONG);
    ListenerConfig demanding =
        new ListenerConfig(
            config.address(),
            config.limits(),
            config.headerTimeout(),
            config.bodyTimeout(),
            config.keepAliveTimeout(),
            config.lingerTimeout(),
            config.maxConnections(),
            1_000_000_000,
            config.http2());
    HttpHandler handler =
        request -> {
          try {
            return Answers.text("read " + request.body().readAll(Long.MAX_VALUE).length);
          } catch (IOException e) {
            return Answers.text(599, "unreadable");
          }
        };
    try (RawClient client = client(demanding, handler)) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000000\r\n\r\n");
      while (!client.hears()) {
        client.send("x");
      }
      assertThat(client.answer().status()).isEqualTo(408);
    }
  }

  @Test
  void givesUpAClientThatDoesNotReadItsAnswer() throws Exception {
    BlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();
    byte[] big = new byte[50_000_000];
    HttpHandler handler = _ -> Answers.bytes(big).onCompletion((_, complete) -> ends.add(complete));
    HttpListener listener = transport.listen(times(LONG, SHORT, LONG), handler);
    try (RawClient client = new RawClient(listener.address(), 4096)) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(ends.poll(20, TimeUnit.SECONDS)).isFalse();
      eventually("the connection is forgotten", () -> listener.connections() == 0);
    }
  }
}
