package io.portico.transport.websocket;

import static io.portico.transport.support.FrameClient.DATA;
import static io.portico.transport.support.FrameClient.END_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.OpeningHandshake;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.Answers;
import io.portico.transport.support.RawWebSocket;
import io.portico.transport.support.Stopping;
import io.portico.transport.support.StreamClient;
import io.portico.transport.support.StreamClient.Stream;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a stream of HTTP/2 becomes WebSocket's (RFC 8441). */
final class Http2HandshakeTest {
  private static final int PROTOCOL_ERROR = 1;

  private final Transport transport = new Transport();
  private final Echo echo = new Echo();

  @AfterEach
  void close() {
    transport.close();
  }

  private StreamClient client(HttpHandler handler) throws IOException {
    return StreamClient.greeting(transport.listen(handler).address());
  }

  @Test
  void isAnnounced() throws IOException {
    try (StreamClient client = client(echo.handler())) {
      assertThat(client.settings()).containsEntry(StreamClient.ENABLE_CONNECT_PROTOCOL, 1);
    }
  }

  @Test
  void isHeardAsThatOfHttp11AndAnsweredWithoutWhatIsIts() throws Exception {
    BlockingQueue<HttpRequest> requests = new LinkedBlockingQueue<>();
    HttpHandler handler =
        request -> {
          requests.add(request);
          return HttpResponse.switchingTo(
              new WebSocketUpgrade(echo, Heard.limits()),
              Headers.of(
                  "Sec-WebSocket-Protocol", OpeningHandshake.protocols(request).getLast(),
                  "Sec-WebSocket-Accept", "forged",
                  "Sec-WebSocket-Extensions", "x-made-up",
                  "Upgrade", "h2c",
                  "Connection", "close"));
        };
    try (StreamClient client = client(handler)) {
      Stream stream = client.connect("sec-websocket-protocol", "a, b", "x-other", "1");

      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.fields())
          .containsOnlyKeys(":status", "date", "sec-websocket-protocol")
          .containsEntry("sec-websocket-protocol", "b");
      HttpRequest request = requests.remove();
      assertThat(request.opensWebSocket()).isTrue();
      assertThat(request.method()).isEqualTo("GET");
      assertThat(request.target()).isEqualTo("/chat");
      assertThat(request.host()).isEqualTo("localhost");
      assertThat(request.headers().first("X-Other")).isEqualTo("1");
      assertThat(OpeningHandshake.isIn(request)).isTrue();
    }
  }

  @Test
  void mayBeAnsweredOtherwise() throws Exception {
    HttpHandler handler =
        request -> OpeningHandshake.isIn(request) ? Answers.text(403, "no") : Answers.text("plain");
    try (StreamClient client = client(handler)) {
      Stream refused = client.connect();
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.rest()).isEqualTo("no");
      // What comes nonetheless is nobody's.
      client.frame(DATA, 0, refused.id(), RawWebSocket.frame(0x81, "ignored"));

      Stream plain = client.get("/");
      assertThat(plain.status()).isEqualTo(200);
      assertThat(plain.rest()).isEqualTo("plain");
    }
  }

  @Test
  void isRefusedInPlaceOfTheUpgradeWhereItIsInvalid() throws Exception {
    try (StreamClient client = client(echo.handler())) {
      Stream stream =
          client.head(
              0,
              ":method",
              "CONNECT",
              ":protocol",
              "websocket",
              ":scheme",
              "http",
              ":path",
              "/",
              ":authority",
              "localhost",
              "sec-websocket-version",
              "8");

      assertThat(stream.status()).isEqualTo(400);
      assertThat(stream.fields()).containsEntry("sec-websocket-version", "13");
      assertThat(echo.isSilent()).isTrue();
    }
  }

  @Test
  void isNotTakenForOpenWhereNobodySpeaksWebSocket() throws Exception {
    try (StreamClient client = client(_ -> Answers.text("plain"))) {
      Stream stream = client.connect();

      assertThat(stream.status()).isEqualTo(400);
      assertThat(stream.rest()).isEqualTo("{\"message\": \"There is no WebSocket API here\"}");
    }
  }

  @Test
  void ofAnUpgradeIsOfHttp11Only() throws Exception {
    try (StreamClient client = client(echo.handler())) {
      Stream stream = client.get("/");

      assertThat(stream.status()).isEqualTo(400);
      assertThat(echo.isSilent()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"connect-udp", "websocket2"})
  void ofAnotherProtocolIsNotImplemented(String protocol) throws Exception {
    try (StreamClient client = client(echo.handler())) {
      Stream stream =
          client.head(
              0,
              ":method",
              "CONNECT",
              ":protocol",
              protocol,
              ":scheme",
              "http",
              ":path",
              "/",
              ":authority",
              "localhost");

      assertThat(stream.status()).isEqualTo(501);
      assertThat(stream.rest()).isEqualTo("{\"message\": \"Not Implemented\"}");
      assertThat(client.connect().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        ":method GET :protocol websocket :scheme http :path / :authority a",
        ":method CONNECT :protocol websocket :scheme http :authority a",
        ":method CONNECT :protocol websocket :path / :authority a",
        ":method CONNECT :protocol websocket :scheme http :path /",
        ":method CONNECT :protocol websocket :protocol websocket :scheme http :path / :authority a",
        ":method CONNECT :protocol websocket :scheme http :path / :authority a content-length 3",
        ":method CONNECT :protocol websocket :scheme http :path / :authority a upgrade websocket",
        ":method CONNECT :scheme http :path / :authority a x-y z :protocol websocket"
      })
  void thatIsMalformedEndsItsStream(String fields) throws Exception {
    try (StreamClient client = client(echo.handler())) {
      assertThat(client.head(0, fields.split(" ", -1)).resetCode()).isEqualTo(PROTOCOL_ERROR);

      assertThat(client.connect().status()).isEqualTo(200);
    }
  }

  @Test
  void mayBeFollowedByFramesAtOnce() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    HttpHandler upgrading = echo.handler();
    HttpHandler handler =
        request -> {
          await(goOn);
          return upgrading.handle(request);
        };
    try (StreamClient client = client(handler)) {
      Stream stream = client.connect();
      stream.send(RawWebSocket.frame(0x81, "early"));
      stream.send(RawWebSocket.frame(0x81, "words"));
      goOn.countDown();

      RawWebSocket socket = RawWebSocket.open(stream);
      assertThat(socket.frame().text()).isEqualTo("early");
      assertThat(socket.frame().text()).isEqualTo("words");
    }
  }

  @Test
  void thatNothingCanFollowOpensAndEnds() throws Exception {
    try (StreamClient client = client(echo.handler())) {
      Stream stream =
          client.head(
              END_STREAM,
              ":method",
              "CONNECT",
              ":protocol",
              "websocket",
              ":scheme",
              "http",
              ":path",
              "/",
              ":authority",
              "localhost",
              "sec-websocket-version",
              "13");

      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.rest()).isEmpty();
      assertThat(echo.next()).isEqualTo("opened");
      assertThat(echo.next()).isEqualTo("closed 1006");
    }
  }

  @Test
  void isHeardAsOpenedAndClosedWhereTheClientHasGoneMeanwhile() throws Exception {
    SlowUpgrade handler = new SlowUpgrade(echo);
    HttpListener listener = transport.listen(handler);
    try (StreamClient client = StreamClient.greeting(listener.address())) {
      Stream stream = client.connect();
      stream.send(RawWebSocket.frame(0x81, "early"));
      handler.awaitStart();
      stream.reset();
      client.reset();
      assertThat(Stopping.of(listener, handler.goOn).isInTime()).isTrue();

      // Whoever waits for the server to stop waits for both.
      assertThat(echo.isSilent()).isFalse();
      assertThat(echo.next()).isEqualTo("opened");
      assertThat(echo.isSilent()).isFalse();
      assertThat(echo.next()).isEqualTo("closed 1006");
    }
  }

  @Test
  void tellsTheAnswersCompletion() throws Exception {
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    HttpHandler upgrading = echo.handler();
    HttpHandler handler =
        request ->
            upgrading
                .handle(request)
                .onCompletion((bytes, complete) -> ends.add(bytes + " " + complete));
    try (StreamClient client = client(handler)) {
      assertThat(client.connect().status()).isEqualTo(200);

      assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("0 true");
    }
  }

  @Test
  void thatNamesAFieldNobodyCanWriteIsAnErrorOfTheServer() throws Exception {
    HttpHandler handler =
        _ ->
            HttpResponse.switchingTo(
                new WebSocketUpgrade(echo, Heard.limits()), Headers.of("no token", "x"));
    try (StreamClient client = client(handler)) {
      assertThat(client.connect().status()).isEqualTo(500);
      assertThat(echo.next()).isEqualTo("opened");
      assertThat(echo.next()).isEqualTo("closed 1006");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
