package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.execute.telemetry.LoggedEvents;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs one case of a WebSocket API: a client connects, sends and hears, and the backend's side is
 * played, section by section. {@code {connectionId}} stands for the connection's, where the access
 * log has no format of its own.
 */
final class WebSocketCaseRun {
  private static final String CONNECTS = "client connects, signed by ";
  private static final String COMMAND = "command, signed by ";
  private static final long MOST_BODY = 1_000_000;

  private final WebSocketCaseDefinition definition = new WebSocketCaseDefinition();
  private final CaseBackend backend = new CaseBackend();
  private final List<String> accessLog = new ArrayList<>();
  private final List<LoggedEvents> executionLogs = new ArrayList<>();
  private final MessageChecks checks = new MessageChecks(true);
  private final CaseExplanations explanations = new CaseExplanations();
  private @Nullable HttpHandler gateway;
  private @Nullable HttpResponse response;
  private @Nullable CaseConnection connection;
  private String connectionId = "none";

  static void run(CaseFile file) throws IOException {
    WebSocketCaseRun run = new WebSocketCaseRun();
    for (CaseFile.Section section : file.sections()) {
      run.section(section.name(), section.text());
    }
    assertThat(run.response).as("the case sends a request").isNotNull();
  }

  private void section(String name, String text) throws IOException {
    switch (name) {
      case "client connects" -> connects(text, null);
      case "client is connected" -> connected(text);
      case "client is refused", "command answers" -> answered(Message.parse(known(text)));
      case "client sends" -> {
        backend.forget();
        connection().sends(text);
      }
      case "client sends, binary" -> {
        backend.forget();
        connection().sends(Base64.getDecoder().decode(text.strip()));
      }
      case "client receives" ->
          assertThat(connection().received())
              .as("message to the client")
              .isNotNull()
              .matches(Expectation.pattern(known(text)));
      case "client receives nothing" ->
          assertThat(connection().received()).as("message to the client").isNull();
      case "client closes" -> {
        backend.forget();
        connection().ends(close(text));
      }
      case "client goes unheard" -> connection().goes();
      case "client hears close" -> assertThat(connection().close()).isEqualTo(close(text));
      case "backend answers" -> backend.answers(Message.parse(text));
      case "backend receives" -> backendReceives(Message.parse(known(text)), false);
      case "backend receives, json" -> backendReceives(Message.parse(known(text)), true);
      case "backend receives nothing" ->
          assertThat(backend.received()).as("request to the backend").isNull();
      case "command" -> command(text, null);
      case "access log" -> accessLog(text);
      case "execution log" ->
          ExecutionLogChecks.events(executionLogs.removeFirst(), known(text), false);
      case "no execution log" -> assertThat(executionLogs).as(text).isEmpty();
      case CaseExplanations.SECTION -> CaseExplanations.check(explanations.last(), known(text));
      default -> named(name, text);
    }
  }

  private void named(String name, String text) throws IOException {
    if (name.startsWith(CONNECTS)) {
      connects(text, CaseIdentities.of(name.substring(CONNECTS.length())));
    } else if (name.startsWith(COMMAND)) {
      command(text, CaseIdentities.of(name.substring(COMMAND.length())));
    } else if (!definition.take(name, text)) {
      throw new IllegalArgumentException("unknown section: " + name);
    }
  }

  private String known(String text) {
    return text.replace("{connectionId}", connectionId);
  }

  private static WebSocketClose close(String text) {
    String[] parts = text.split(" ", 2);
    return new WebSocketClose(Integer.parseInt(parts[0]), parts.length > 1 ? parts[1] : "");
  }

  private CaseConnection connection() {
    return Objects.requireNonNull(connection, "no client is connected");
  }

  /**
   * A first line, if there is any, is what stands behind the stage; with a Host, the whole path.
   */
  private void connects(String text, @Nullable Credentials by) throws IOException {
    Message message = Message.parse(text.isBlank() ? "/" : text);
    Headers.Builder headers =
        Headers.of(
            "Upgrade", "websocket",
            "Connection", "Upgrade",
            "Sec-WebSocket-Version", "13",
            "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .toBuilder();
    HttpResponse answer = send("GET", message, headers, by);
    WebSocketUpgrade upgrade = answer.upgrade();
    connection = upgrade == null ? null : new CaseConnection(upgrade.listener());
    answer.completion().finished(0, true);
    if (!accessLog.isEmpty()) {
      connectionId = accessLog.getLast();
    }
  }

  private void connected(String text) {
    HttpResponse answer = Objects.requireNonNull(response);
    assertThat(answer.status()).as("status").isEqualTo(101);
    if (!text.isBlank()) {
      checks.headers(Message.headers(text), answer.headers());
    }
  }

  private void answered(Message expected) throws IOException {
    HttpResponse answer = Objects.requireNonNull(response);
    byte[] body = answer.body().readAll(MOST_BODY);
    String[] line = expected.first().split(" ", 2);
    assertThat(answer.status())
        .as("status of %s", new String(body, StandardCharsets.UTF_8))
        .isEqualTo(Integer.parseInt(line[0]));
    if (line.length > 1) {
      assertThat(answer.headers().first("x-amzn-ErrorType")).isEqualTo(line[1]);
    }
    checks.headers(expected.headers(), answer.headers());
    if (expected.body() != null) {
      MessageChecks.body(expected, body, false);
    }
  }

  private void command(String text, @Nullable Credentials by) throws IOException {
    Message message = Message.parse(known(text));
    String[] line = message.first().split(" ", 2);
    HttpResponse answer =
        send(
            line[0],
            new Message(line[1], message.headers(), message.body()),
            Headers.builder(),
            by);
    answer.completion().finished(answer.body().length(), true);
  }

  private HttpResponse send(
      String method, Message message, Headers.Builder headers, @Nullable Credentials by)
      throws IOException {
    if (gateway == null) {
      gateway =
          CaseGateway.of(
              definition.served(), backend, accessLog::add, executionLogs::add, explanations);
    }
    backend.forget();
    String target = message.first();
    for (String header : message.headers()) {
      int colon = header.indexOf(':');
      headers.add(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    if (!headers.contains("Host")) {
      target = definition.stagePath() + target;
      headers.add("Host", CaseApi.ID + ".execute-api.us-east-1.localhost");
    }
    Headers all = headers.build();
    HttpResponse answer =
        gateway.handle(
            CaseGateway.fromTheClient(
                method,
                target,
                "HTTP/1.1",
                by == null
                    ? all
                    : new SigV4Signer(by, "us-east-1", "execute-api")
                        .sign(method, target, all, message.bytes(), Instant.now()),
                Body.of(message.bytes())));
    response = answer;
    explanations.check(answer.status(), answer.headers());
    return answer;
  }

  private void backendReceives(Message expected, boolean json) throws IOException {
    UpstreamRequest received = backend.received();
    assertThat(received).as("request to the backend").isNotNull();
    if (received != null) {
      assertThat(received.method() + " " + received.target())
          .as("request line")
          .matches(Expectation.pattern(expected.first()));
      checks.headers(expected.headers(), received.headers());
      if (expected.body() != null) {
        MessageChecks.body(expected, received.body().readAll(MOST_BODY), json);
      }
    }
  }

  private void accessLog(String expected) {
    assertThat(accessLog).as("lines").isNotEmpty();
    assertThat(accessLog.removeFirst()).matches(Expectation.pattern(expected));
  }
}
