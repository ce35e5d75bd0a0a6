package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.integration.LambdaEndpoint;
import io.portico.gateway.execute.rest.RestPipeline;
import io.portico.gateway.execute.telemetry.AccessLogs;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.CurrentSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs one case: its API is compiled once, then each request goes through the front door. */
final class CaseRun {
  /** An address that documentation may use (RFC 5737). */
  private static final byte[] CLIENT = {(byte) 192, 0, 2, 7};

  private static final long MOST_BODY = 100_000_000;

  private final CaseApi api = new CaseApi();
  private final CaseBackend backend = new CaseBackend();
  private final List<String> accessLog = new ArrayList<>();
  private @Nullable DataPlane dataPlane;
  private @Nullable Message clientRequest;
  private boolean wholePath;
  private @Nullable HttpResponse response;

  static void run(CaseFile file) throws IOException {
    CaseRun run = new CaseRun();
    for (CaseFile.Section section : file.sections()) {
      run.section(section);
    }
    run.sendPending();
    assertThat(run.response).as("the case sends a request").isNotNull();
  }

  private void section(CaseFile.Section section) throws IOException {
    String name = section.name();
    String text = section.text();
    switch (name) {
      case "api" -> api.api(text);
      case "stage" -> api.stage(text);
      case "models" -> api.models(text);
      case "gateway responses" -> api.gatewayResponses(text);
      case "integration" -> api.integration(text);
      case "client request" -> clientRequest(text, false);
      case "client request, whole path" -> clientRequest(text, true);
      case "backend answers" -> backend.answers(Message.parse(text));
      case "backend receives" -> backendReceives(Message.parse(text), false);
      case "backend receives, json" -> backendReceives(Message.parse(text), true);
      case "backend receives nothing" -> {
        sendPending();
        assertThat(backend.received()).as("request to the backend").isNull();
      }
      case "gateway response" -> gatewayResponse(Message.parse(text));
      case "access log" -> accessLog(text);
      default -> {
        if (!name.equals("method") && !name.startsWith("method ")) {
          throw new IllegalArgumentException("unknown section: " + name);
        }
        String[] words = name.split(" ", 3);
        api.method(
            words.length > 1 ? words[1] : "GET", words.length > 2 ? words[2] : "/pets", text);
      }
    }
  }

  private void clientRequest(String text, boolean whole) throws IOException {
    sendPending();
    clientRequest = Message.parse(text);
    wholePath = whole;
  }

  /** A request is sent once its backend's answer, which may be written behind it, is known. */
  private void sendPending() throws IOException {
    Message pending = clientRequest;
    if (pending == null) {
      return;
    }
    clientRequest = null;
    if (dataPlane == null) {
      CurrentSnapshot snapshot = new CurrentSnapshot();
      snapshot.update(current -> current.with(api.compile()));
      dataPlane = dataPlane(snapshot);
    }
    backend.forget();
    response = dataPlane.handle(httpRequest(pending));
  }

  /** The line a call leaves once its answer is written, whole or in part. */
  private void accessLog(String expected) throws IOException {
    sendPending();
    HttpResponse sent = Objects.requireNonNull(response, "no request was sent");
    sent.completion().finished(sent.body().readAll(MOST_BODY).length, true);
    assertThat(accessLog).as("lines").hasSize(1);
    assertThat(accessLog.removeFirst()).matches(Expectation.pattern(expected));
  }

  private DataPlane dataPlane(CurrentSnapshot snapshot) {
    Clock clock = Clock.systemUTC();
    LambdaEndpoint lambda =
        new LambdaEndpoint(
            backend,
            URI.create("http://lambda.test:9001"),
            new Credentials("test", "test", null),
            clock);
    return new DataPlane(
        snapshot,
        new RestPipeline(
            new Invocations(clock),
            new Integrations(backend, lambda),
            new Telemetry(List.of(new AccessLogs(accessLog::add)))));
  }

  private HttpRequest httpRequest(Message message) throws IOException {
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
    return new HttpRequest(
        line[0],
        wholePath ? line[1] : "/" + CaseApi.STAGE + line[1],
        line.length > 2 ? line[2] : "HTTP/1.1",
        headers.build(),
        Body.of(message.bytes()),
        new ClientConnection(
            new InetSocketAddress(InetAddress.getByAddress(CLIENT), 50_000),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 4566),
            null),
        System.nanoTime());
  }

  private void backendReceives(Message expected, boolean json) throws IOException {
    sendPending();
    UpstreamRequest received = backend.received();
    assertThat(received).as("request to the backend").isNotNull();
    if (received == null) {
      return;
    }
    assertThat(received.method() + " " + received.target())
        .as("request line")
        .matches(Expectation.pattern(expected.first()));
    Headers.Builder headers = received.headers().toBuilder();
    if (!headers.contains("Host")) {
      headers.add("Host", received.origin().authority());
    }
    checkHeaders(expected, headers.build());
    if (expected.body() != null) {
      checkBody(expected, received.body().readAll(MOST_BODY), json);
    }
  }

  private void gatewayResponse(Message expected) throws IOException {
    sendPending();
    HttpResponse actual = Objects.requireNonNull(response, "no request was sent");
    String[] line = expected.first().split(" ", 2);
    String text = new String(actual.body().readAll(MOST_BODY), StandardCharsets.UTF_8);
    assertThat(actual.status())
        .as("status of %s with %s", text, actual.headers())
        .isEqualTo(Integer.parseInt(line[0]));
    if (line.length > 1) {
      assertThat(actual.headers().first("x-amzn-ErrorType"))
          .as("x-amzn-ErrorType")
          .isEqualTo(line[1]);
    }
    checkHeaders(expected, actual.headers());
    if (expected.body() != null) {
      checkBody(expected, actual.body().readAll(MOST_BODY), false);
    }
  }

  /** Names are compared in their casing; repeated ones are written in order. */
  private static void checkHeaders(Message expected, Headers actual) {
    Headers.Builder left = actual.toBuilder();
    for (String line : expected.headers()) {
      if (line.startsWith("!")) {
        assertThat(actual.contains(line.substring(1))).as("%s in %s", line, actual).isFalse();
        continue;
      }
      int colon = line.indexOf(':');
      String name = line.substring(0, colon);
      Headers remaining = left.build();
      int index = indexOf(remaining, name);
      if (index < 0) {
        fail("no header " + name + " in " + casings(actual));
      }
      assertThat(remaining.value(index))
          .as("header %s", name)
          .matches(Expectation.pattern(line.substring(colon + 1).strip()));
      left = without(remaining, index);
    }
  }

  private static int indexOf(Headers headers, String name) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static Headers.Builder without(Headers headers, int index) {
    Headers.Builder others = Headers.builder();
    for (int i = 0; i < headers.size(); i++) {
      if (i != index) {
        others.addChecked(headers.name(i), headers.value(i));
      }
    }
    return others;
  }

  private static String casings(Headers headers) {
    StringBuilder text = new StringBuilder();
    headers.forEach(
        field -> text.append(field.name()).append(": ").append(field.value()).append('\n'));
    return text.toString();
  }

  private static void checkBody(Message expected, byte[] actual, boolean json) {
    String body = Objects.requireNonNull(expected.body());
    if (body.startsWith("base64:")) {
      assertThat(actual).as("body").isEqualTo(expected.bytes());
      return;
    }
    String text = new String(actual, StandardCharsets.UTF_8);
    if (json) {
      JsonNode wanted = Json.parse(body);
      JsonNode got = Json.parse(text);
      assertThat(got.toPrettyString())
          .as("body")
          .matches(
              Expectation.pattern(wanted.toPrettyString().replace("\"<number>\"", "<number>")));
    } else {
      assertThat(text).as("body").matches(Expectation.pattern(body));
    }
  }
}
