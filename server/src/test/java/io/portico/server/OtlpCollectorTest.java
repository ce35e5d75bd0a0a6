package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.execute.telemetry.Answer;
import io.portico.gateway.execute.telemetry.PartlyWrittenException;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.json.Json;
import io.portico.server.OtlpCollector.Pace;
import io.portico.server.OtlpCollector.Taken;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is brought again to a collector, and what becomes of what it does not take. */
final class OtlpCollectorTest {
  private static final byte[] SPANS = "{\"resourceSpans\": []}".getBytes(UTF_8);
  private static final Headers CLIENT = Headers.of("User-Agent", "curl/8");
  private static final Pace SHORT =
      new Pace(Duration.ofMillis(2), Duration.ofMillis(4), Duration.ofMillis(200));

  private final List<UpstreamRequest> sent = new ArrayList<>();
  private final Deque<UpstreamResponse> answers = new ArrayDeque<>();
  private final OtlpCollector collector =
      new OtlpCollector(
          EndpointUrl.of(URI.create("http://collector.test:4318/v1/traces")),
          Map.of("x-key", "of-a-vendor"),
          this::answer,
          SHORT);

  /** Whoever has no answer left is gone. */
  private UpstreamResponse answer(UpstreamRequest request) throws UpstreamException {
    sent.add(request);
    UpstreamResponse answer = answers.poll();
    if (answer == null) {
      throw new UpstreamException(UpstreamException.Reason.CONNECT_FAILED, "gone", null);
    }
    return answer;
  }

  private void answers(int status, Headers headers, String body) {
    answers.add(new UpstreamResponse(status, headers, Body.of(body)));
  }

  private void answers(int status) {
    answers(status, Headers.empty(), "{}");
  }

  @Test
  void whatIsTakenIsSentOnce() throws IOException {
    answers(200);

    assertThat(collector.send(SPANS)).isEqualTo(new Taken(0, ""));

    assertThat(sent).hasSize(1);
    UpstreamRequest request = sent.getFirst();
    assertThat(request.method() + " " + request.target()).isEqualTo("POST /v1/traces");
    assertThat(request.headers())
        .isEqualTo(Headers.of("Content-Type", "application/json", "x-key", "of-a-vendor"));
    assertThat(request.body().readAll(1_000)).isEqualTo(SPANS);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void whatIsNotTakenForNowIsBroughtAgain(int status) throws IOException {
    answers(status);
    answers(status);
    answers(200);

    collector.send(SPANS);

    assertThat(sent).hasSize(3);
    assertThat(sent.getLast().body().readAll(1_000)).isEqualTo(SPANS);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 401, 404, 413, 500, 501, 505})
  void whatIsRefusedIsNot(int status) {
    answers(status);
    answers(200);

    assertThatThrownBy(() -> collector.send(SPANS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Integer.toString(status));

    assertThat(sent).hasSize(1);
  }

  @Test
  void whoIsGoneMayComeBack() throws IOException {
    assertThatThrownBy(() -> collector.send(SPANS)).isInstanceOf(UpstreamException.class);
    int before = sent.size();
    answers(200);

    collector.send(SPANS);

    assertThat(before).isGreaterThan(2);
    assertThat(sent).hasSize(before + 1);
  }

  @Test
  void whoeverAsksToBeLeftAloneIs() {
    answers(503, Headers.of("Retry-After", "60"), "");
    answers(200);

    assertThatThrownBy(() -> collector.send(SPANS)).hasMessageContaining("503");
    assertThatThrownBy(() -> collector.send(SPANS)).hasMessageContaining("left alone");

    assertThat(sent).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "soon", "-1", "Wed, 21 Oct 2026 07:28:00 GMT"})
  void whoeverAsksForNoSecondsIsAskedAgainSoon(String retryAfter) throws IOException {
    answers(429, Headers.of("Retry-After", retryAfter), "");
    answers(200);

    collector.send(SPANS);

    assertThat(sent).hasSize(2);
  }

  @Test
  void atTheEndNobodyWaits() {
    collector.close();
    answers(503);
    answers(200);

    assertThatThrownBy(() -> collector.send(SPANS)).hasMessageContaining("503");

    assertThat(sent).hasSize(1);
  }

  @Test
  void whatIsTakenInPartIsNotBroughtAgain() throws IOException {
    answers(
        200,
        Headers.empty(),
        "{\"partialSuccess\": {\"rejectedSpans\": \"3\", \"errorMessage\": \"too old\"}}");
    answers(200, Headers.empty(), "no JSON");

    assertThat(collector.send(SPANS)).isEqualTo(new Taken(3, "too old"));
    assertThat(collector.send(SPANS)).isEqualTo(new Taken(0, ""));

    assertThat(sent).hasSize(2);
  }

  @Test
  void aBatchOfCallsIsOneRequest() throws IOException {
    answers(200);

    new OtlpTraces(collector).record(List.of(EndedCalls.of(CLIENT), EndedCalls.of(CLIENT)));

    assertThat(sent).hasSize(1);
    JsonNode resources = Json.parse(sent.getFirst().body().readAll(100_000)).get("resourceSpans");
    assertThat(resources).hasSize(1);
    assertThat(resources.at("/0/scopeSpans/0/spans")).hasSize(2);
  }

  @Test
  void aCallWithoutSpansIsLostAlone() {
    answers(200);
    List<Answer> calls = List.of(EndedCalls.of(CLIENT), EndedCalls.of(EndedCalls.NO_TRACE, CLIENT));

    assertThatThrownBy(() -> new OtlpTraces(collector).record(calls))
        .isInstanceOfSatisfying(
            PartlyWrittenException.class,
            partly -> {
              assertThat(partly.refused()).isEqualTo(1);
              assertThat(partly.left(calls)).isEmpty();
            });

    assertThat(sent).hasSize(1);
  }

  @Test
  void noMoreCallsAreLostThanThereAre() {
    answers(200, Headers.empty(), "{\"partialSuccess\": {\"rejectedSpans\": 9}}");

    assertThatThrownBy(() -> new OtlpTraces(collector).record(List.of(EndedCalls.of(CLIENT))))
        .isInstanceOfSatisfying(
            PartlyWrittenException.class, partly -> assertThat(partly.refused()).isEqualTo(1));
  }

  @Test
  void nothingIsSentOfNothing() {
    assertThatThrownBy(
            () ->
                new OtlpTraces(collector)
                    .record(List.of(EndedCalls.of(EndedCalls.NO_TRACE, CLIENT))))
        .isInstanceOf(PartlyWrittenException.class);

    assertThat(sent).isEmpty();
  }
}
