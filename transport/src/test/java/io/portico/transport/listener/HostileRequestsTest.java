package io.portico.transport.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.HttpResponse;
import io.portico.transport.support.Answers;
import io.portico.transport.support.Corpus;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever could be read in two ways gets one refusal and the end of the connection. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileRequestsTest {
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

  private final Transport transport = new Transport();
  private final AtomicInteger answered = new AtomicInteger();
  private HttpListener listener;

  @BeforeAll
  void listen() throws IOException {
    listener =
        transport.listen(
            request -> {
              HttpResponse answer;
              try {
                request.body().readAll(1024);
                answer = Answers.text("read");
              } catch (IOException e) {
                answer = Answers.text(599, "unreadable");
              }
              answered.incrementAndGet();
              return answer;
            });
  }

  @AfterAll
  void close() {
    transport.close();
  }

  static List<Corpus.Entry> hostile() {
    return Corpus.read("/wire/hostile-requests.txt");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void getsOneRefusalWhenSentAtOnce(Corpus.Entry entry) throws IOException {
    try (RawClient client = new RawClient(listener.address())) {

      client.send(entry.text() + SMUGGLED);

      assertThat(client.rest()).satisfies(answer -> isOneRefusal(answer, entry));
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void getsOneRefusalWhenSentByteByByte(Corpus.Entry entry) throws IOException {
    try (RawClient client = new RawClient(listener.address())) {

      try {
        for (byte octet : entry.bytes()) {
          client.send(new byte[] {octet});
        }
        client.send(SMUGGLED);
      } catch (SocketException e) {
        // Refused before the end; what was said is still there to read.
        assertThat(e).hasMessageMatching(".*(pipe|reset).*");
      }

      assertThat(client.rest()).satisfies(answer -> isOneRefusal(answer, entry));
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void getsOneRefusalBehindAnHonestRequest(Corpus.Entry entry) throws IOException {
    try (RawClient client = new RawClient(listener.address())) {

      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + entry.text() + SMUGGLED);
      RawClient.Answer honest = client.answer();

      assertThat(honest.body()).isEqualTo("read");
      assertThat(client.rest()).satisfies(answer -> isOneRefusal(answer, entry));
    }
  }

  private static void isOneRefusal(String answer, Corpus.Entry entry) {
    assertThat(answer).startsWith("HTTP/1.1 " + entry.title().substring(0, 3) + " ");
    assertThat(answer).contains("\r\nConnection: close\r\n");
    assertThat(answer.split("HTTP/1\\.1 ", -1)).hasSize(2);
  }
}
