package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.execute.telemetry.LoggedEvents;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs one case: its API is compiled once, then each request goes to the case's plane. */
public final class CaseRun {
  private static final String SIGNED_BY = "client request, signed by ";

  private final CaseDefinition api;
  private final CasePlane plane;
  private final MessageChecks checks;
  private boolean serving;
  private @Nullable Message clientRequest;
  private boolean wholePath;
  private @Nullable Credentials signer;
  private CasePlane.@Nullable Answer answer;

  private CaseRun(CaseDefinition api, CasePlane plane) {
    this.api = api;
    this.plane = plane;
    this.checks = new MessageChecks(plane.keepsCasing());
  }

  /** Runs a case in front of the pipeline. */
  static void run(CaseFile file) throws IOException {
    run(file, new PipelinePlane());
  }

  /**
   * Runs a case.
   *
   * @param plane where no other case has run
   */
  public static void run(CaseFile file, CasePlane plane) throws IOException {
    CaseRun run =
        new CaseRun(
            file.isOfHttpApi() ? new HttpCaseDefinition() : new RestCaseDefinition(), plane);
    for (CaseFile.Section section : file.sections()) {
      run.section(section);
    }
    run.sendPending();
    assertThat(run.answer).as("the case sends a request").isNotNull();
  }

  private void section(CaseFile.Section section) throws IOException {
    String name = section.name();
    String text = section.text();
    switch (name) {
      case "client request" -> clientRequest(text, false, null);
      case "client request, whole path" -> clientRequest(text, true, null);
      case "backend answers" -> plane.backendAnswers(Message.parse(text));
      case "backend receives" -> backendReceives(Message.parse(text), false);
      case "backend receives, json" -> backendReceives(Message.parse(text), true);
      case "backend receives nothing" -> {
        sendPending();
        assertThat(plane.received()).as("request to the backend").isNull();
      }
      case "backend receives, on the wire" -> onTheWire(text, false);
      case "gateway response" -> gatewayResponse(Message.parse(text), false);
      case "gateway response, decoded" -> gatewayResponse(Message.parse(text), true);
      case "gateway response, on the wire" -> onTheWire(text, true);
      case CaseFile.NOT_ON_THE_WIRE, CaseFile.NOT_BY_HTTP2 ->
          assertThat(text).as("why not").isNotBlank();
      case "answer breaks off" -> {
        sendPending();
        plane.answerBreaksOff(UpstreamException.Reason.valueOf(text.strip()));
      }
      case "access log" -> accessLog(text);
      case "execution log" -> executionLog(0, text);
      case "execution log of the canary" -> executionLog(1, text);
      case "no execution log" -> {
        sendPending();
        List<LoggedEvents> logs = plane.executionLogs();
        assertThat(logs == null ? List.of() : logs).as(text).isEmpty();
      }
      case CaseExplanations.SECTION -> explanation(text);
      default -> {
        if (name.startsWith(SIGNED_BY)) {
          clientRequest(text, false, CaseIdentities.of(name.substring(SIGNED_BY.length())));
          return;
        }
        if (!api.take(name, text)) {
          throw new IllegalArgumentException("unknown section: " + name);
        }
      }
    }
  }

  private void clientRequest(String text, boolean whole, @Nullable Credentials signedBy)
      throws IOException {
    sendPending();
    clientRequest = Message.parse(text);
    wholePath = whole;
    signer = signedBy;
  }

  /** A request is sent once its backend's answer, which may be written behind it, is known. */
  private void sendPending() throws IOException {
    Message pending = clientRequest;
    if (pending == null) {
      return;
    }
    clientRequest = null;
    if (!serving) {
      plane.serve(api.served());
      serving = true;
    }
    answer = plane.send(request(pending));
  }

  /** The line a call leaves once its answer is written, whole or in part. */
  private void accessLog(String expected) throws IOException {
    sendPending();
    assertThat(plane.accessLogLine()).matches(Expectation.pattern(expected));
  }

  /** What a call leaves in one of its log groups. */
  private void executionLog(int group, String expected) throws IOException {
    sendPending();
    List<LoggedEvents> logs = plane.executionLogs();
    if (logs == null) {
      return;
    }
    assertThat(logs).as("log groups").hasSizeGreaterThan(group);
    ExecutionLogChecks.events(logs.get(group), expected, group > 0);
  }

  private void explanation(String expected) throws IOException {
    sendPending();
    JsonNode actual = plane.explanation();
    if (actual != null) {
      CaseExplanations.check(actual, expected);
    }
  }

  private CasePlane.Request request(Message message) {
    String[] line = message.first().split(" ", 3);
    Headers.Builder headers = Headers.builder();
    message
        .headers()
        .forEach(
            header -> {
              int colon = header.indexOf(':');
              headers.add(header.substring(0, colon), header.substring(colon + 1).strip());
            });
    if (!headers.contains("Host")) {
      headers.add("Host", CaseApi.ID + ".execute-api.us-east-1.localhost");
    }
    String target = wholePath ? line[1] : api.stagePath() + line[1];
    return new CasePlane.Request(
        line[0],
        target,
        line.length > 2 ? line[2] : "HTTP/1.1",
        signed(headers.build(), line[0], target, message.bytes()),
        message.body() == null ? null : message.bytes());
  }

  private Headers signed(Headers headers, String method, String target, byte[] body) {
    Credentials by = signer;
    return by == null
        ? headers
        : new SigV4Signer(by, "us-east-1", "execute-api")
            .sign(method, target, headers, body, Instant.now());
  }

  private void backendReceives(Message expected, boolean json) throws IOException {
    sendPending();
    CasePlane.Request received = plane.received();
    assertThat(received).as("request to the backend").isNotNull();
    if (received == null) {
      return;
    }
    assertThat(received.method() + " " + received.target())
        .as("request line")
        .matches(Expectation.pattern(expected.first()));
    checks.headers(expected.headers(), received.headers());
    byte[] body = received.body();
    if (expected.body() != null) {
      MessageChecks.body(expected, body == null ? new byte[0] : body, json);
    }
  }

  private void gatewayResponse(Message expected, boolean coded) throws IOException {
    sendPending();
    CasePlane.Answer actual = Objects.requireNonNull(answer, "no request was sent");
    String[] line = expected.first().split(" ", 2);
    String text = new String(actual.body(), StandardCharsets.UTF_8);
    assertThat(actual.status())
        .as("status of %s with %s", text, actual.headers())
        .isEqualTo(Integer.parseInt(line[0]));
    if (line.length > 1) {
      assertThat(actual.headers().first("x-amzn-ErrorType"))
          .as("x-amzn-ErrorType")
          .isEqualTo(line[1]);
    }
    checks.headers(expected.headers(), actual.headers());
    if (expected.body() != null) {
      MessageChecks.body(expected, coded ? decoded(actual) : actual.body(), false);
    }
  }

  /** What a client makes of an answer that says how it is coded. */
  private static byte[] decoded(CasePlane.Answer answer) throws IOException {
    InputStream body = new ByteArrayInputStream(answer.body());
    String coding = answer.headers().first("Content-Encoding");
    return switch (coding) {
      case "gzip" -> new GZIPInputStream(body).readAllBytes();
      case "deflate" -> new InflaterInputStream(body).readAllBytes();
      case null, default -> fail("not a coding: " + coding);
    };
  }

  /** Headers that a transport writes; each of them is there once. */
  private void onTheWire(String text, boolean response) throws IOException {
    sendPending();
    List<String> expected = Message.headers(text);
    if (!plane.isWire()) {
      return;
    }
    Headers actual =
        response
            ? Objects.requireNonNull(answer, "no request was sent").headers()
            : Objects.requireNonNull(plane.received(), "no request to the backend").headers();
    checks.headers(expected, actual);
    for (String line : expected) {
      if (!line.startsWith("!")) {
        assertThat(actual.all(line.substring(0, line.indexOf(':')))).as(line).hasSize(1);
      }
    }
  }
}
