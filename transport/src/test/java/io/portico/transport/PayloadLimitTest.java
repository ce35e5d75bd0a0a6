package io.portico.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpResponse;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.RawBackend;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import io.portico.transport.support.Transport.Mode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that are counted on their way, and end where they become too long. */
final class PayloadLimitTest {
  private static final int LIMIT = 256 * 1024;
  private static final String CHUNKED_POST =
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

  static List<Mode> modes() {
    return Mode.all();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void endsTheBackendsConnectionWhenARequestBecomesTooLong(Mode mode) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  while (connection.read() >= 0) {
                    assertThat(ended.getCount()).isEqualTo(1);
                  }
                  ended.countDown();
                });
        Transport transport = new Transport(mode, 2, config -> config)) {
      HttpListener listener = transport.listen(limited(transport.proxy(backend.origin())));
      try (RawClient client = new RawClient(listener.address())) {

        client.send(CHUNKED_POST + chunk(LIMIT) + chunk(1));
        RawClient.Answer answer = client.answer();

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).isEqualTo("REQUEST_TOO_LARGE");
        assertThat(answer.field("Connection")).isEqualTo("close");
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void handsOnARequestThatIsJustShortEnough(Mode mode) throws IOException {
    String chunks = chunk(LIMIT - 1) + chunk(1) + "0\r\n\r\n";
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  long dataBytes = 0;
                  StringBuilder end = new StringBuilder("     ");
                  while (!end.substring(end.length() - 5).equals("0\r\n\r\n")) {
                    char octet = (char) connection.read();
                    end.deleteCharAt(0).append(octet);
                    dataBytes += octet == 'x' ? 1 : 0;
                  }
                  String count = Long.toString(dataBytes);
                  connection.send(
                      "HTTP/1.1 200 OK\r\nContent-Length: " + count.length() + "\r\n\r\n" + count);
                });
        Transport transport = new Transport(mode, 2, config -> config)) {
      HttpListener listener = transport.listen(limited(transport.proxy(backend.origin())));
      try (RawClient client = new RawClient(listener.address())) {

        client.send(CHUNKED_POST + chunks);

        assertThat(client.answer().body()).isEqualTo(Integer.toString(LIMIT));
      }
    }
  }

  @Test
  void breaksOffAnAnswerThatHasBegunBeforeItsRequestBecameTooLong() throws IOException {
    CountDownLatch ended = new CountDownLatch(1);
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf ");
                  while (connection.read() >= 0) {
                    assertThat(ended.getCount()).isEqualTo(1);
                  }
                  ended.countDown();
                });
        Transport transport = new Transport()) {
      HttpListener listener = transport.listen(limited(transport.proxy(backend.origin())));
      try (RawClient client = new RawClient(listener.address())) {
        client.send(CHUNKED_POST + chunk(1));
        assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");

        assertThatThrownBy(
                () -> {
                  client.send(chunk(LIMIT));
                  client.rest();
                })
            .isInstanceOf(IOException.class);

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void breaksOffAnAnswerThatBecomesTooLong(Mode mode) throws IOException {
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  while (!connection.head().isEmpty()) {
                    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    connection.send(chunk(LIMIT));
                    connection.send(chunk(LIMIT));
                    connection.send("0\r\n\r\n");
                  }
                });
        Transport transport = new Transport(mode, 2, config -> config)) {
      HttpListener listener = transport.listen(limited(transport.proxy(backend.origin())));
      try (RawClient client = new RawClient(listener.address())) {

        assertThatThrownBy(() -> client.get("/")).isInstanceOf(IOException.class);
      }
      try (RawClient client = new RawClient(listener.address())) {
        assertThatThrownBy(() -> client.get("/")).isInstanceOf(IOException.class);
        assertThat(backend.connections()).as("the first connection is not used again").isEqualTo(2);
      }
    }
  }

  /** An answer that arrived whole before anybody took it is counted all the same. */
  @Test
  void countsWhatWasKeptForItsTaker() throws IOException {
    try (RawBackend backend =
            RawBackend.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(2 * LIMIT));
        Transport transport = new Transport()) {
      HttpListener listener = transport.listen(limited(transport.proxy(backend.origin())));
      try (RawClient client = new RawClient(listener.address())) {
        assertThatThrownBy(() -> client.get("/")).isInstanceOf(IOException.class);
      }
    }
  }

  private static HttpHandler limited(HttpHandler handler) {
    return request -> {
      limit(request.body());
      HttpResponse answer = handler.handle(request);
      limit(answer.body());
      return answer;
    };
  }

  private static void limit(Body body) {
    if (body instanceof Body.Streamed stream) {
      stream.limitTo(LIMIT);
    }
  }

  private static String chunk(int length) {
    return Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n";
  }
}
