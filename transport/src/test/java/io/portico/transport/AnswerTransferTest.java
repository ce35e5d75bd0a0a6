package io.portico.transport;

import static io.portico.transport.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.support.RawBackend;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Stall;
import io.portico.transport.support.Transport;
import io.portico.transport.support.Transport.Mode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a proxied answer whose length its backend does not say, through sockets. */
final class AnswerTransferTest {
  private static final int MEGABYTE = 1024 * 1024;
  private static final long LIMIT = 10L * MEGABYTE;
  private static final String PIECE = "0123456789abcdef".repeat(MEGABYTE / 16);
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String GET =
      "GET /prod/pets HTTP/1.1\r\nHost: abc1234567.execute-api.us-east-1.localhost\r\n\r\n";

  static List<Mode> modes() {
    return Mode.all();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void saysTheLengthOfAnAnswerThatCameInChunks(Mode mode) throws IOException {
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  while (!connection.head().isEmpty()) {
                    connection.send(CHUNKED);
                    connection.send(chunk(PIECE));
                    connection.send(chunk("end") + "0\r\n\r\n");
                  }
                });
        Gateway gateway = new Gateway(mode, backend, "timeoutInMillis: 20000", LIMIT);
        RawClient client = gateway.client()) {

      RawClient.Answer first = client.send(GET).answer();
      RawClient.Answer second = client.send(GET).answer();

      assertThat(first.field("Content-Length")).isEqualTo(String.valueOf(MEGABYTE + 3));
      assertThat(first.field("Transfer-Encoding")).isNull();
      assertThat(first.body()).isEqualTo(PIECE + "end");
      assertThat(second.body()).isEqualTo(PIECE + "end");
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void saysTheLengthOfAnAnswerThatEndsWithItsConnection() throws IOException {
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.send("HTTP/1.1 200 OK\r\n\r\n");
                  connection.send(PIECE);
                });
        Gateway gateway = new Gateway(backend, "timeoutInMillis: 20000");
        RawClient client = gateway.client()) {

      RawClient.Answer answer = client.send(GET).answer();

      assertThat(answer.field("Content-Length")).isEqualTo(String.valueOf(MEGABYTE));
      assertThat(answer.body()).isEqualTo(PIECE);
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void answersInTheBackendsPlaceWhereItsAnswerBreaksOff(Mode mode) throws IOException {
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.send(CHUNKED);
                  connection.send(chunk(PIECE));
                  connection.reset();
                });
        Gateway gateway = new Gateway(mode, backend, "timeoutInMillis: 29000", LIMIT);
        RawClient client = gateway.client()) {

      RawClient.Answer answer = client.send(GET).answer();

      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.field("x-amzn-ErrorType")).isEqualTo("InternalServerErrorException");
    }
  }

  @Test
  void answersInTheBackendsPlaceWhereItsAnswerIsNotThereInTime() throws IOException {
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.send(CHUNKED + chunk("a beginning"));
                  connection.read();
                });
        Gateway gateway = new Gateway(backend, "timeoutInMillis: 200");
        RawClient client = gateway.client()) {

      RawClient.Answer answer = client.send(GET).answer();

      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.body()).isEqualTo("{\"message\": \"Endpoint request timed out\"}");
    }
  }

  @Test
  void aClientThatLeavesWhileItsAnswerIsGatheredEndsTheBackendsConnection() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.send(CHUNKED + chunk("a beginning"));
                  events.add("begun");
                  events.add("end " + connection.read());
                });
        Gateway gateway = new Gateway(backend, "timeoutInMillis: 20000");
        RawClient client = gateway.client()) {
      client.send(GET);
      assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("begun");

      client.reset();

      assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("end -1");
    }
  }

  /** The time of the integration begins with the request: whoever delays it, it is bounded. */
  @Test
  void givesUpARequestThatIsNotAllSentInTime() throws IOException {
    CountDownLatch answered = new CountDownLatch(1);
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  try {
                    assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        Gateway gateway = new Gateway(Mode.BEST, backend, "timeoutInMillis: 200", 2 * LIMIT);
        RawClient client = gateway.client()) {

      client.send(GET.replaceFirst("\r\n", "\r\nContent-Length: " + (LIMIT + 1) + "\r\n"));
      client.send("x".repeat(100_000));
      RawClient.Answer answer = client.answer();
      answered.countDown();

      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.body()).isEqualTo("{\"message\": \"Endpoint request timed out\"}");
    }
  }

  @Test
  void refusesAnAnswerThatBecomesTooLong() throws IOException {
    try (RawBackend backend = new RawBackend(connection -> megabytes(connection, 11));
        Gateway gateway = new Gateway(backend, "timeoutInMillis: 20000");
        RawClient client = gateway.client()) {

      RawClient.Answer answer = client.send(GET).answer();

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).isEqualTo("{\"message\": \"Internal server error\"}");
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void sendsOnInChunksWhatIsLongerThanAwsEverGathers(Mode mode) throws IOException {
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  megabytes(connection, 13);
                  megabytes(connection, 13);
                });
        Gateway gateway = new Gateway(mode, backend, "timeoutInMillis: 20000", 2 * LIMIT);
        RawClient client = gateway.client()) {

      RawClient.Answer first = client.send(GET).answer();
      RawClient.Answer second = client.send(GET).answer();

      assertThat(first.field("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(first.body()).isEqualTo(PIECE.repeat(13));
      assertThat(second.body()).isEqualTo(PIECE.repeat(13));
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void gathersWhatIsExactlyAsLongAsAwsAllows() throws IOException {
    for (long payloadLimit : new long[] {LIMIT, LIMIT + 1}) {
      try (RawBackend backend = new RawBackend(connection -> megabytes(connection, 10));
          Gateway gateway =
              new Gateway(Mode.BEST, backend, "timeoutInMillis: 20000", payloadLimit);
          RawClient client = gateway.client()) {

        RawClient.Answer answer = client.send(GET).answer();

        assertThat(answer.field("Content-Length")).isEqualTo(String.valueOf(LIMIT));
        assertThat(answer.body()).isEqualTo(PIECE.repeat(10));
      }
    }
  }

  @Test
  void aClientThatDoesNotReadPausesWhatFollowsTheGatheredPart() throws Exception {
    int megabytes = 100;
    AtomicLong sent = new AtomicLong();
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.send(CHUNKED);
                  for (int i = 0; i < megabytes; i++) {
                    connection.send(chunk(PIECE));
                    sent.addAndGet(MEGABYTE);
                  }
                  connection.send("0\r\n\r\n");
                  connection.head();
                });
        Gateway gateway =
            new Gateway(Mode.BEST, backend, "timeoutInMillis: 20000", Long.MAX_VALUE);
        RawClient client = gateway.client()) {
      client.send(GET);
      eventually("more than is gathered is under way", () -> sent.get() > LIMIT);

      assertThat(Stall.of(sent)).isLessThan(60L * MEGABYTE);

      RawClient.Answer answer = client.answer();
      assertThat(answer.body()).hasSize(megabytes * MEGABYTE).endsWith(PIECE);
    }
  }

  @Test
  void breaksOffWhatIsLongerThanAConfiguredLimitAboveThatOfAws() throws IOException {
    try (RawBackend backend = new RawBackend(connection -> megabytes(connection, 13));
        Gateway gateway =
            new Gateway(Mode.BEST, backend, "timeoutInMillis: 20000", 12L * MEGABYTE);
        RawClient client = gateway.client()) {
      client.send(GET);

      assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("modes")
  void sendsOnAStreamAsItComes(Mode mode) throws Exception {
    CountDownLatch firstIsThere = new CountDownLatch(1);
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.send(CHUNKED + chunk("data: 1\n\n"));
                  try {
                    assertThat(firstIsThere.await(20, TimeUnit.SECONDS)).isTrue();
                  } catch (InterruptedException e) {
                    return;
                  }
                  connection.send(chunk("data: 2\n\n") + "0\r\n\r\n");
                });
        Gateway gateway = new Gateway(mode, backend, "responseTransferMode: STREAM", LIMIT);
        RawClient client = gateway.client()) {
      client.send(GET);
      String line = client.line();
      assertThat(line).isEqualTo("HTTP/1.1 200 OK");
      while (!line.isEmpty()) {
        line = client.line();
        assertThat(line).doesNotStartWith("Content-Length");
      }

      assertThat(client.line()).isEqualTo("9");
      firstIsThere.countDown();

      client.read("data: 1\n\n\r\n".length());
      assertThat(client.line()).isEqualTo("9");
    }
  }

  @Test
  void sendsOnAStreamThatIsLongerThanAnAnswerMayBe() throws IOException {
    try (RawBackend backend = new RawBackend(connection -> megabytes(connection, 13));
        Gateway gateway = new Gateway(backend, "responseTransferMode: STREAM");
        RawClient client = gateway.client()) {

      assertThat(client.send(GET).answer().body()).isEqualTo(PIECE.repeat(13));
    }
  }

  /** A sized answer is under way by then: all that is left is to end it. */
  @Test
  void breaksOffASizedAnswerThatIsNotThereInTime() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (RawBackend backend =
            new RawBackend(
                connection -> {
                  connection.head();
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
                  long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                  try {
                    while (System.nanoTime() < end) {
                      connection.send("x");
                    }
                    events.add("the backend sends what it likes");
                  } catch (IOException e) {
                    events.add("the backend sees the end");
                  }
                });
        Gateway gateway = new Gateway(Mode.BEST, backend, "timeoutInMillis: 3000", 1_000_000_000L);
        RawClient client = gateway.client()) {
      client.send(GET);

      assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
      assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("the backend sees the end");
    }
  }

  private static void megabytes(RawBackend.Connection connection, int count) throws IOException {
    if (connection.head().isEmpty()) {
      return;
    }
    connection.send(CHUNKED);
    for (int i = 0; i < count; i++) {
      connection.send(chunk(PIECE));
    }
    connection.send("0\r\n\r\n");
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  /** The whole data plane before one backend. */
  private static final class Gateway implements AutoCloseable {
    private final Transport transport;
    private final HttpListener listener;

    Gateway(RawBackend backend, String setting) throws IOException {
      this(Mode.BEST, backend, setting, LIMIT);
    }

    Gateway(Mode mode, RawBackend backend, String setting, long payloadLimit) throws IOException {
      CaseApi api = new CaseApi();
      api.integration(
          "{type: HTTP_PROXY, uri: 'http://%s/', %s}"
              .formatted(backend.origin().authority(), setting));
      transport = new Transport(mode, 2, config -> config);
      listener =
          transport.listen(
              CaseGateway.of(api.served(payloadLimit), transport.upstream(), line -> {}));
    }

    RawClient client() throws IOException {
      return new RawClient(listener.address());
    }

    @Override
    public void close() {
      transport.close();
    }
  }
}
