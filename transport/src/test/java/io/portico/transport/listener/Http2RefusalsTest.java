package io.portico.transport.listener;

import static io.portico.transport.support.FrameClient.DATA;
import static io.portico.transport.support.FrameClient.END_HEADERS;
import static io.portico.transport.support.FrameClient.END_STREAM;
import static io.portico.transport.support.FrameClient.HEADERS;
import static io.portico.transport.support.FrameClient.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.transport.support.FrameClient;
import io.portico.transport.support.FrameClient.Frame;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a request by HTTP/2 may not be, and what it gets then; the connection goes on. */
final class Http2RefusalsTest {
  private static final int PROTOCOL_ERROR = 1;

  private final Transport transport = new Transport();

  @AfterEach
  void close() {
    transport.close();
  }

  private FrameClient client() throws IOException {
    return FrameClient.greeting(transport.listen(Http2ListenerTest::echo).address());
  }

  static Stream<List<String>> malformed() {
    return Stream.of(
        List.of(":method", "GET", ":path", "/", ":authority", "a"),
        List.of(":method", "GET", ":scheme", "http", ":authority", "a"),
        List.of(":scheme", "http", ":path", "/", ":authority", "a"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/"),
        List.of(":method", "GET", ":scheme", "http", ":path", "", ":authority", "a"),
        List.of(":method", "GET", ":scheme", "http", ":path", "x", ":authority", "a"),
        List.of(":method", "GET", ":scheme", "http", ":path", "http://a/", ":authority", "a"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/ x", ":authority", "a"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/#x", ":authority", "a"),
        List.of(":method", "GET", ":scheme", "ftp", ":path", "/", ":authority", "a"),
        List.of(":method", "G T", ":scheme", "http", ":path", "/", ":authority", "a"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", ":authority", ""),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "u@a"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "a b"),
        List.of(":method", "GET", ":method", "GET", ":scheme", "http", ":path", "/", "host", "a"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", ":path", "/", "host", "a"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", ":authority", "a", "host", "b"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", "host", "a", "host", "a"),
        List.of(":method", "GET", ":scheme", "http", "host", "a", ":path", "/"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", "host", "a", ":status", "200"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", "host", "a", ":x", "y"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", "host", "a", "X-Y", "z"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", "host", "a", "x y", "z"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", "host", "a", "", "z"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", "host", "a", "x", "y\r\nz"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", "host", "a", "x", "y\0z"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", "host", "a", "x", " y"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", "host", "a", "connection", "x"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", "host", "a", "upgrade", "h2c"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", "host", "a", "keep-alive", "x"),
        List.of(
            ":method",
            "GET",
            ":scheme",
            "http",
            ":path",
            "/",
            "host",
            "a",
            "transfer-encoding",
            "chunked"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/", "host", "a", "te", "gzip"),
        List.of(
            ":method", "GET", ":scheme", "http", ":path", "/", "host", "a", "content-length", "1"),
        List.of(
            ":method", "GET", ":scheme", "http", ":path", "/", "host", "a", "content-length", "+0"),
        List.of(
            ":method",
            "GET",
            ":scheme",
            "http",
            ":path",
            "/",
            "host",
            "a",
            "content-length",
            "0",
            "content-length",
            "0"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void resetsWhatIsMalformedAndGoesOn(List<String> fields) throws IOException {
    try (FrameClient client = client()) {
      client.frame(
          HEADERS, END_HEADERS | END_STREAM, 1, FrameClient.block(fields.toArray(String[]::new)));
      Frame reset = client.send().next(RST_STREAM);
      assertThat(reset.stream()).isEqualTo(1);
      assertThat(reset.number(0)).isEqualTo(PROTOCOL_ERROR);

      assertThat(client.get(3, "/").send().answer(3).status()).isEqualTo(200);
    }
  }

  @Test
  void resetsContentOfAnotherLengthThanItSays() throws IOException {
    try (FrameClient client = client()) {
      client.post(1, "/", "content-length", "3").frame(DATA, 0, 1, new byte[4]);
      assertThat(client.send().next(RST_STREAM).number(0)).isEqualTo(PROTOCOL_ERROR);
      client.post(3, "/", "content-length", "3").frame(DATA, END_STREAM, 3, new byte[2]);
      assertThat(client.send().next(RST_STREAM).number(0)).isEqualTo(PROTOCOL_ERROR);
      client.post(5, "/", "content-length", "3").frame(DATA, END_STREAM, 5, new byte[3]);
      assertThat(client.send().answer(5).field("x-length")).isEqualTo("3");
    }
  }

  @Test
  void answersWhatIsTooMuchOrNotSpokenHere() throws IOException {
    try (FrameClient client = client()) {
      client.get(1, "/" + "x".repeat(16 * 1024));
      assertThat(client.send().answer(1).status()).isEqualTo(414);
      byte[] fields =
          FrameClient.block(
              FrameClient.usual("GET", "/"),
              Stream.generate(() -> Stream.of("a", "b"))
                  .limit(201)
                  .flatMap(field -> field)
                  .toArray(String[]::new));
      client.frame(HEADERS, END_HEADERS | END_STREAM, 3, fields);
      assertThat(client.send().answer(3).status()).isEqualTo(431);
      client.get(5, "/", "expect", "something");
      assertThat(client.send().answer(5).status()).isEqualTo(417);
      client.frame(
          HEADERS,
          END_HEADERS | END_STREAM,
          7,
          FrameClient.block(new String[] {":method", "CONNECT", ":authority", "a:443"}));
      assertThat(client.send().answer(7).status()).isEqualTo(501);
      assertThat(client.get(9, "/").send().answer(9).status()).isEqualTo(200);
    }
  }
}
