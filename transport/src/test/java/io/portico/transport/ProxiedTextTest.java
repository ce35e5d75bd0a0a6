package io.portico.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.FrameClient;
import io.portico.transport.support.RawBackend;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import io.portico.transport.support.Transport.Mode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What HTTP_PROXY makes of text and of bytes, through sockets. */
final class ProxiedTextTest {
  private static final int MEGABYTE = 1024 * 1024;
  private static final long LIMIT = 10L * MEGABYTE;
  private static final String ASCII = "0123456789abcdef".repeat(MEGABYTE / 16);

  /** Characters stand for bytes here. */
  private static final String NO_TEXT = "\u00ff";

  private static final String REPLACED = "\u00ef\u00bf\u00bd";
  private static final String UMLAUT = "\u00c3\u00bc";

  private static final String HOST =
      " HTTP/1.1\r\nHost: abc1234567.execute-api.us-east-1.localhost";
  private static final String TYPES = "\r\nAccept: image/png\r\nContent-Type: image/png\r\n";
  private static final String GET = "GET /prod/pets" + HOST + TYPES + "\r\n";
  private static final String POST = "POST /prod/pets" + HOST + TYPES;
  private static final String[] HTTP2_GET = {
    ":method", "GET",
    ":scheme", "http",
    ":path", "/prod/pets",
    ":authority", "abc1234567.execute-api.us-east-1.localhost"
  };

  static List<Mode> modes() {
    return Mode.all();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void whatIsNoTextAtTheEndOfALongAnswerIsReplaced(Mode mode) throws IOException {
    try (RawBackend backend = answering(ASCII + NO_TEXT);
        Gateway gateway = new Gateway(mode, backend, "[]", LIMIT);
        RawClient client = gateway.client()) {

      RawClient.Answer first = client.send(GET).answer();
      RawClient.Answer second = client.send(GET).answer();

      assertThat(first.field("Content-Length")).isEqualTo(String.valueOf(MEGABYTE + 3));
      assertThat(first.body()).isEqualTo(ASCII + REPLACED);
      assertThat(second.body()).isEqualTo(ASCII + REPLACED);
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void whatIsNoTextAtTheEndOfALongRequestIsReplaced(Mode mode) throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    try (RawBackend backend = receiving(MEGABYTE + 3, received);
        Gateway gateway = new Gateway(mode, backend, "[]", LIMIT);
        RawClient client = gateway.client()) {

      client.send(POST + "Content-Length: " + (MEGABYTE + 1) + "\r\n\r\n");
      client.send(ASCII + NO_TEXT);

      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(received.poll(20, TimeUnit.SECONDS))
          .contains("\r\nContent-Length: " + (MEGABYTE + 3) + "\r\n")
          .endsWith(ASCII + REPLACED);
    }
  }

  @Test
  void textOfALongAnswerStaysAsItIs() throws IOException {
    try (RawBackend backend = answering(ASCII + UMLAUT);
        Gateway gateway = new Gateway(Mode.BEST, backend, "[]", LIMIT);
        RawClient client = gateway.client()) {

      assertThat(client.send(GET).answer().body()).isEqualTo(ASCII + UMLAUT);
    }
  }

  @Test
  void textOfALongAnswerGoesOnByHttp2AsTheClientTakesIt() throws IOException {
    try (RawBackend backend = answering(ASCII + UMLAUT);
        Gateway gateway = new Gateway(Mode.BEST, backend, "[]", LIMIT);
        FrameClient client = FrameClient.greeting(gateway.address())) {

      client.head(FrameClient.END_STREAM, 1, FrameClient.block(HTTP2_GET)).send();
      FrameClient.Frame head = client.next(FrameClient.HEADERS);
      client.number(FrameClient.WINDOW_UPDATE, 0, 2 * MEGABYTE);
      client.number(FrameClient.WINDOW_UPDATE, 1, 2 * MEGABYTE).send();
      int taken = 0;
      boolean ended = false;
      while (!ended) {
        FrameClient.Frame data = client.next(FrameClient.DATA);
        taken += data.payload().length;
        ended = data.has(FrameClient.END_STREAM);
      }

      assertThat(client.fields(head).get("content-length").toString())
          .isEqualTo(String.valueOf(MEGABYTE + 2));
      assertThat(taken).isEqualTo(MEGABYTE + 2);
    }
  }

  /** Their buffers are counted: see {@code LeakCheck}. */
  @Test
  void clientsMayLeaveLongTextUntaken() throws Exception {
    String longest = ASCII.repeat(10);
    try (RawBackend backend = answering(longest);
        Gateway gateway = new Gateway(Mode.BEST, backend, "[]", LIMIT)) {
      try (RawClient client = new RawClient(gateway.address(), 4096)) {
        assertThat(client.send(GET).line()).isEqualTo("HTTP/1.1 200 OK");
        client.reset();
      }
      try (FrameClient client = FrameClient.greeting(gateway.address())) {
        client.head(FrameClient.END_STREAM, 1, FrameClient.block(HTTP2_GET)).send();
        client.next(FrameClient.HEADERS);
      }
      try (RawClient client = gateway.client()) {
        assertThat(client.send(GET).answer().body()).isEqualTo(longest);
      }
    }
  }

  /** A character may arrive in two pieces. */
  @Test
  void textOfALongRequestStaysAsItIs() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    int length = 2 * MEGABYTE + 2;
    try (RawBackend backend = receiving(length, received);
        Gateway gateway = new Gateway(Mode.BEST, backend, "[]", LIMIT);
        RawClient client = gateway.client()) {

      client.send(POST + "Content-Length: " + length + "\r\n\r\n");
      client.send(ASCII + UMLAUT.charAt(0));
      client.send(UMLAUT.charAt(1) + ASCII);

      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(received.poll(20, TimeUnit.SECONDS)).endsWith(ASCII + UMLAUT + ASCII);
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void bytesOfAnAnswerGoOnAsTheyArrive(Mode mode) throws IOException {
    CountDownLatch firstIsThere = new CountDownLatch(1);
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.send(
                      "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: "
                          + 2 * MEGABYTE
                          + "\r\n\r\n");
                  connection.send(NO_TEXT.repeat(MEGABYTE));
                  await(firstIsThere);
                  connection.send(NO_TEXT.repeat(MEGABYTE));
                });
        Gateway gateway = new Gateway(mode, backend, "['image/png']", LIMIT);
        RawClient client = gateway.client()) {
      client.send(GET);
      String line = client.line();
      assertThat(line).isEqualTo("HTTP/1.1 200 OK");
      while (!line.isEmpty()) {
        line = client.line();
      }

      assertThat(client.text(MEGABYTE)).isEqualTo(NO_TEXT.repeat(MEGABYTE));
      firstIsThere.countDown();

      assertThat(client.text(MEGABYTE)).isEqualTo(NO_TEXT.repeat(MEGABYTE));
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void bytesOfARequestGoOnAsTheyArrive(Mode mode) throws IOException {
    CountDownLatch firstIsThere = new CountDownLatch(1);
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.read(MEGABYTE);
                  firstIsThere.countDown();
                  connection.read(MEGABYTE);
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                });
        Gateway gateway = new Gateway(mode, backend, "['image/png']", LIMIT);
        RawClient client = gateway.client()) {

      client.send(POST + "Content-Length: " + 2 * MEGABYTE + "\r\n\r\n");
      client.send(NO_TEXT.repeat(MEGABYTE));
      await(firstIsThere);
      client.send(NO_TEXT.repeat(MEGABYTE));

      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void whatIsLongerThanAwsTakesGoesOnAsItIs() throws Exception {
    String longer = ASCII.repeat(10) + NO_TEXT;
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    try (RawBackend backend = answering(longer);
        Gateway gateway = new Gateway(Mode.BEST, backend, "[]", 2 * LIMIT);
        RawClient client = gateway.client()) {
      assertThat(client.send(GET).answer().body()).isEqualTo(longer);
    }
    try (RawBackend backend = receiving(longer.length(), received);
        Gateway gateway = new Gateway(Mode.BEST, backend, "[]", 2 * LIMIT);
        RawClient client = gateway.client()) {

      client.send(POST + "Content-Length: " + longer.length() + "\r\n\r\n");
      client.send(longer);

      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(received.poll(20, TimeUnit.SECONDS)).endsWith(longer);
    }
  }

  @Test
  void aRequestThatTurnsOutTooLongWhileItIsGatheredIsRefused() throws IOException {
    try (RawBackend backend = answering("never asked");
        Gateway gateway = new Gateway(Mode.BEST, backend, "[]", MEGABYTE);
        RawClient client = gateway.client()) {

      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
      client.send(Integer.toHexString(MEGABYTE + 1) + "\r\n" + ASCII + "x\r\n0\r\n\r\n");
      RawClient.Answer answer = client.answer();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).isEqualTo("HTTP content length exceeded " + MEGABYTE + " bytes.");
      assertThat(backend.connections()).isZero();
    }
  }

  private static RawBackend answering(String body) throws IOException {
    return new RawBackend(
        connection -> {
          while (!connection.head().isEmpty()) {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n");
            connection.send(body);
          }
        });
  }

  private static RawBackend receiving(int bodyBytes, BlockingQueue<String> received)
      throws IOException {
    return new RawBackend(
        connection -> {
          String head = connection.head();
          if (!head.isEmpty()) {
            received.add(head + latin1(connection.read(bodyBytes)));
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
          }
        });
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The whole data plane before one backend. */
  private static final class Gateway implements AutoCloseable {
    private final Transport transport;
    private final HttpListener listener;

    Gateway(Mode mode, RawBackend backend, String binaryMediaTypes, long payloadLimit)
        throws IOException {
      CaseApi api = new CaseApi();
      api.api("{binaryMediaTypes: " + binaryMediaTypes + "}");
      api.method("ANY", "/pets", "{}");
      api.integration("{type: HTTP_PROXY, uri: 'http://" + backend.origin().authority() + "/'}");
      transport = new Transport(mode, 2, config -> config);
      listener =
          transport.listen(
              CaseGateway.of(api.served(payloadLimit), transport.upstream(), line -> {}));
    }

    InetSocketAddress address() {
      return listener.address();
    }

    RawClient client() throws IOException {
      return new RawClient(address());
    }

    @Override
    public void close() {
      transport.close();
    }
  }
}
