package io.portico.transport.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.transport.support.Answers;
import io.portico.transport.support.RawClient;
import io.portico.transport.support.Transport;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The fields a listener writes itself: how long an answer is, and what becomes of the connection.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnswerFieldsTest {
  private static final HttpHandler TARGET = request -> Answers.text(request.target());

  private final Transport transport = new Transport();

  @AfterAll
  void close() {
    transport.close();
  }

  @Test
  void saysInEveryAnswerThatTheConnectionIsKept() throws IOException {
    HttpHandler handler =
        request -> new HttpResponse(statusOf(request), Headers.empty(), Body.of("x"));
    try (RawClient client = clientOf(handler)) {
      for (String path : List.of("/200", "/204", "/304", "/502")) {
        assertThat(client.get(path).fields())
            .as("fields of %s", path)
            .containsOnlyOnce("Connection: keep-alive");
      }
    }
  }

  @Test
  void closesWhenTheClientAsksForIt() throws IOException {
    try (RawClient client = clientOf(TARGET)) {
      client.send(
          "GET /1 HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");

      RawClient.Answer answer = client.answer();

      assertThat(answer.field("Connection")).isEqualTo("close");
      assertThat(answer.body()).isEqualTo("/1");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void closesAfterEachAnswerToHttp10UnlessAskedToKeepTheConnection() throws IOException {
    try (RawClient client = clientOf(TARGET)) {
      client.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      RawClient.Answer kept = client.answer();
      assertThat(kept.field("Connection")).isEqualTo("keep-alive");

      client.send("GET /2 HTTP/1.0\r\n\r\n");
      RawClient.Answer last = client.answer();
      assertThat(last.field("Connection")).isEqualTo("close");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void sendsNoBodyInAnswerToHead() throws IOException {
    try (RawClient client = clientOf(_ -> Answers.text("hello"))) {
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
      RawClient.Answer answer = client.answerWithoutBody();
      assertThat(answer.field("Content-Length")).isEqualTo("5");
      assertThat(client.get("/").body()).isEqualTo("hello");
    }
  }

  @Test
  void keepsTheLengthAHeadWasAnsweredWith() throws IOException {
    HttpHandler handler =
        _ -> new HttpResponse(200, Headers.of("Content-Length", "1234"), Body.EMPTY);
    try (RawClient client = clientOf(handler)) {
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.answerWithoutBody().field("Content-Length")).isEqualTo("1234");
      assertThat(client.get("/").field("Content-Length")).isEqualTo("0");
    }
  }

  @Test
  void sendsNeitherBodyNorLengthWith204And304() throws IOException {
    HttpHandler handler =
        request -> new HttpResponse(statusOf(request), Headers.empty(), Body.of("x"));
    try (RawClient client = clientOf(handler)) {
      assertThat(client.get("/204").fields()).noneMatch(f -> f.startsWith("Content-Length"));
      RawClient.Answer notModified = client.get("/304");
      assertThat(notModified.body()).isEmpty();
      assertThat(client.get("/200").body()).isEqualTo("x");
    }
  }

  @Test
  void leavesOutHopByHopFieldsOfAnAnswer() throws IOException {
    HttpHandler handler =
        _ ->
            new HttpResponse(
                200,
                Headers.of(
                    "Connection", "X-Private, close",
                    "x-private", "1",
                    "Keep-Alive", "timeout=5",
                    "Transfer-Encoding", "chunked",
                    "Content-Length", "99",
                    "TE", "x",
                    "x-Kept", "2",
                    "Date", "of old"),
                Body.of("hello"));
    try (RawClient client = clientOf(handler)) {
      assertThat(client.get("/").fields())
          .containsExactly(
              "TE: x", "x-Kept: 2", "Date: of old", "Content-Length: 5", "Connection: keep-alive");
    }
  }

  /** A target that is a status behind a slash. */
  private static int statusOf(HttpRequest request) {
    return Integer.parseInt(request.target().substring(1));
  }

  private RawClient clientOf(HttpHandler handler) throws IOException {
    return new RawClient(transport.listen(handler).address());
  }
}
