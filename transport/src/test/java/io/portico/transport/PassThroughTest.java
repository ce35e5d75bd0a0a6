package io.portico.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.RawBackend;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import io.portico.transport.support.Transport.Mode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way through, in every way this machine can run it. */
final class PassThroughTest {

  static List<Mode> modes() {
    return Mode.all();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void handsARequestOnAndItsAnswerBack(Mode mode) throws IOException {
    try (RawBackend backend =
            RawBackend.answering(
                "HTTP/1.1 201 Made\r\nX-From: backend\r\nContent-Length: 5\r\n\r\nhello");
        Transport transport = new Transport(mode, 2, config -> config)) {
      HttpListener listener = transport.listen(transport.proxy(backend.origin()));
      try (RawClient client = new RawClient(listener.address())) {

        RawClient.Answer first = client.get("/a?b=c");
        RawClient.Answer second = client.get("/d");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.field("X-From")).isEqualTo("backend");
        assertThat(first.field("Date")).endsWith("GMT");
        assertThat(first.body()).isEqualTo("hello");
        assertThat(second.body()).isEqualTo("hello");
        assertThat(backend.heads())
            .containsExactly(
                "GET /a?b=c HTTP/1.1\r\nHost: " + backend.origin().authority() + "\r\n",
                "GET /d HTTP/1.1\r\nHost: " + backend.origin().authority() + "\r\n");
        assertThat(backend.connections()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void splicesBodiesOfAnyFramingBothWays(Mode mode) throws IOException {
    String big = "0123456789abcdef".repeat(64 * 1024);
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  while (true) {
                    String head = connection.head();
                    if (head.isEmpty()) {
                      return;
                    }
                    byte[] body =
                        head.contains("Content-Length: " + big.length())
                            ? connection.read(big.length())
                            : new byte[0];
                    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    connection.send(Integer.toHexString(body.length) + ";x=y\r\n");
                    connection.send(body);
                    connection.send("\r\n0\r\nTrailer: dropped\r\n\r\n");
                  }
                });
        Transport transport = new Transport(mode, 2, config -> config)) {
      HttpListener listener = transport.listen(transport.proxy(backend.origin()));
      try (RawClient client = new RawClient(listener.address())) {

        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + big.length() + "\r\n\r\n");
        client.send(big);
        RawClient.Answer first = client.answer();
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + big.length() + "\r\n\r\n");
        client.send(big);
        RawClient.Answer second = client.answer();

        assertThat(first.body()).isEqualTo(big);
        assertThat(second.body()).isEqualTo(big);
        assertThat(backend.connections()).isEqualTo(1);
      }
    }
  }
}
