package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.telemetry.LoggedEvents;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.snapshot.GatewaySnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The front door called as a listener would call it, and a backend that is none: no sockets. */
final class PipelinePlane implements CasePlane {
  private static final long MOST_BODY = 100_000_000;

  private final CaseBackend backend = new CaseBackend();
  private final List<String> accessLog = new ArrayList<>();
  private final List<LoggedEvents> executionLogs = new ArrayList<>();
  private final CaseExplanations explanations = new CaseExplanations();
  private @Nullable HttpHandler gateway;
  private @Nullable HttpResponse response;

  @Override
  public void serve(GatewaySnapshot served) {
    gateway = CaseGateway.of(served, backend, accessLog::add, executionLogs::add, explanations);
  }

  @Override
  public void backendAnswers(Message answer) {
    backend.answers(answer);
  }

  @Override
  public Answer send(Request request) throws IOException {
    backend.forget();
    executionLogs.clear();
    byte[] body = request.body();
    HttpResponse sent =
        Objects.requireNonNull(gateway)
            .handle(
                CaseGateway.fromTheClient(
                    request.method(),
                    request.target(),
                    request.protocol(),
                    request.headers(),
                    Body.of(body == null ? new byte[0] : body)));
    response = sent;
    explanations.check(sent.status(), sent.headers());
    return new Answer(sent.status(), sent.headers(), sent.body().readAll(MOST_BODY));
  }

  @Override
  public @Nullable Request received() throws IOException {
    UpstreamRequest request = backend.received();
    if (request == null) {
      return null;
    }
    Headers.Builder headers = request.headers().toBuilder();
    if (!headers.contains("Host")) {
      headers.add("Host", request.origin().authority());
    }
    return new Request(
        request.method(),
        request.target(),
        "HTTP/1.1",
        headers.build(),
        request.body().readAll(MOST_BODY));
  }

  @Override
  public String accessLogLine() throws IOException {
    HttpResponse sent = Objects.requireNonNull(response, "no request was sent");
    sent.completion().finished(sent.body().readAll(MOST_BODY).length, true);
    assertThat(accessLog).as("lines").hasSize(1);
    return accessLog.removeFirst();
  }

  @Override
  public List<LoggedEvents> executionLogs() {
    return executionLogs;
  }

  @Override
  public JsonNode explanation() {
    return explanations.of(Objects.requireNonNull(response, "no request was sent").headers());
  }

  @Override
  public void answerBreaksOff(UpstreamException.Reason reason) {
    executionLogs.clear();
    Objects.requireNonNull(response, "no request was sent")
        .completion()
        .brokeOff(5, new UpstreamException(reason, "a text that no client must see", null));
  }

  @Override
  public boolean isWire() {
    return false;
  }
}
