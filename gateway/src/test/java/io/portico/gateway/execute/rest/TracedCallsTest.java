package io.portico.gateway.execute.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.ExecutionTraces;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.Sampling;
import io.portico.gateway.execute.TraceIds;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.execute.telemetry.TraceWriter;
import io.portico.gateway.execute.telemetry.XRaySegment;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.HttpResponse.Completion;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Which calls are recorded, under which id, and what is told of them. */
final class TracedCallsTest {
  private static final String ROOT = "Root=1-67f4a3b1-0123456789abcdef01234567";
  private static final String FUNCTION =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:pets/invocations";

  private final List<UpstreamRequest> sent = new ArrayList<>();

  /** Calls a stage, and closes what records its calls. */
  private List<JsonNode> segments(
      boolean tracing, Sampling sampling, String integration, Headers headers) {
    return segments(
        tracing, sampling, integration, headers, completion -> completion.finished(4, true));
  }

  /**
   * The same.
   *
   * @param end of the answer
   */
  private List<JsonNode> segments(
      boolean tracing,
      Sampling sampling,
      String integration,
      Headers headers,
      Consumer<Completion> end) {
    CaseApi api = new CaseApi();
    api.stage("tracingEnabled: " + tracing);
    api.integration(integration);
    List<JsonNode> segments = new ArrayList<>();
    try (TraceWriter writer =
        TraceWriter.start(
            "test",
            answers ->
                answers.forEach(
                    answer ->
                        segments.add(
                            Json.parse(
                                XRaySegment.document(answer).getBytes(StandardCharsets.UTF_8)))),
            Duration.ZERO,
            new SimpleMeterRegistry())) {
      HttpResponse response =
          TestGateway.of(
                  api,
                  request -> {
                    sent.add(request);
                    return new UpstreamResponse(
                        200, Headers.empty(), Body.of("{\"statusCode\": 429, \"body\": \"slow\"}"));
                  },
                  new Invocations(
                      Clock.systemUTC(),
                      Carrier.UNSHARED,
                      Overruns.UNTOLD,
                      ExecutionTraces.NONE,
                      TraceIds.active(sampling)),
                  new Telemetry(List.of(writer)))
              .handle(Requests.request("GET", "/pets?a=b", headers, Body.EMPTY));
      end.accept(response.completion());
    }
    return segments;
  }

  private static String lambda() {
    return "{type: AWS_PROXY, httpMethod: POST, uri: '" + FUNCTION + "'}";
  }

  private String passedOn() {
    return String.valueOf(sent.getLast().headers().first("X-Amzn-Trace-Id"));
  }

  @Test
  void aSampledCallIsToldOfAsAwsTellsOfIt() {
    JsonNode segment =
        segments(true, new Sampling(1, 0), lambda(), Headers.of("User-Agent", "curl/8")).getFirst();

    assertThat(segment.get("id").asString()).matches("[0-9a-f]{16}");
    assertThat(segment.get("name").asString()).isEqualTo("Pets/prod");
    assertThat(segment.get("trace_id").asString()).matches("1-[0-9a-f]{8}-[0-9a-f]{24}");
    assertThat(segment.has("parent_id")).isFalse();
    assertThat(segment.get("http"))
        .isEqualTo(
            Json.parse(
                """
                {"request": {"url": "http://abc1234567.execute-api.us-east-1.localhost/prod/pets",
                  "method": "GET", "user_agent": "curl/8", "client_ip": "127.0.0.1",
                  "x_forwarded_for": true},
                 "response": {"status": 429, "content_length": 4}}
                """
                    .getBytes(StandardCharsets.UTF_8)));
    assertThat(List.of(segment.get("error").asBoolean(), segment.get("throttle").asBoolean()))
        .containsOnly(true);
    assertThat(segment.at("/aws/api_gateway/rest_api_id").asString()).isEqualTo("abc1234567");
    assertThat(segment.at("/aws/xray/sampling_rule_name").asString()).isEqualTo("Default");
    assertThat(segment.at("/annotations/aws:api_stage").asString()).isEqualTo("prod");
    assertThat(segment.get("origin").asString()).isEqualTo("AWS::ApiGateway::Stage");
    assertThat(segment.get("resource_arn").asString())
        .isEqualTo("arn:aws:apigateway:us-east-1::/restapis/abc1234567/stages/prod");
    JsonNode function = segment.at("/subsegments/0");
    assertThat(function.get("name").asString()).isEqualTo("Lambda");
    assertThat(function.get("namespace").asString()).isEqualTo("aws");
    assertThat(function.at("/aws/function_name").asString()).isEqualTo("pets");
    assertThat(function.at("/http/response/status").asInt()).isEqualTo(200);
    assertThat(passedOn())
        .isEqualTo(
            "Root="
                + segment.get("trace_id").asString()
                + ";Parent="
                + function.get("id").asString()
                + ";Sampled=1");
  }

  @Test
  void anAnswerThatBreaksOffIsAFault() {
    JsonNode segment =
        segments(
                true,
                new Sampling(1, 0),
                "{type: HTTP_PROXY, httpMethod: GET, uri: 'http://backend.test/'}",
                Headers.empty(),
                completion -> completion.brokeOff(4, new IOException("no more")))
            .getFirst();

    assertThat(segment.get("fault").asBoolean()).isTrue();
    assertThat(segment.at("/http/response/status").asInt()).isEqualTo(200);
    assertThat(segment.at("/subsegments/0/fault").asBoolean()).isTrue();
  }

  @Test
  void whoeverCallsDecidesForHisTrace() {
    Headers recorded = Headers.of("X-Amzn-Trace-Id", ROOT + ";Parent=0123456789abcdef;Sampled=1");
    Headers not = Headers.of("X-Amzn-Trace-Id", ROOT + ";Parent=0123456789abcdef;Sampled=0");

    List<JsonNode> segments = segments(true, new Sampling(0, 0), lambda(), recorded);
    assertThat(segments).hasSize(1);
    assertThat(segments.getFirst().get("parent_id").asString()).isEqualTo("0123456789abcdef");
    assertThat(segments.getFirst().get("aws").has("xray")).isFalse();
    assertThat(passedOn()).startsWith(ROOT + ";Parent=").doesNotContain("0123456789abcdef;");

    assertThat(segments(true, new Sampling(1, 1), lambda(), not)).isEmpty();
    assertThat(passedOn()).startsWith(ROOT).endsWith(";Sampled=0");
  }

  @Test
  void aParentOfAnotherTraceOrThatIsNoSegmentIsNone() {
    String tooLong = ROOT + ";Parent=0123456789abcdef;Sampled=1;Self=" + "x".repeat(512);
    for (String received :
        List.of(
            "Parent=0123456789abcdef",
            ROOT + ";Parent=<script>;Sampled=1",
            ROOT + ";Parent=0000000000000000;Sampled=1",
            "Root=<script>;Parent=0123456789abcdef;Sampled=1",
            "Root=1-00000000-000000000000000000000000;Parent=0123456789abcdef;Sampled=1",
            tooLong)) {
      List<JsonNode> segments =
          segments(true, new Sampling(1, 1), lambda(), Headers.of("X-Amzn-Trace-Id", received));

      assertThat(segments).as(received).hasSize(1);
      assertThat(segments.getFirst().has("parent_id")).as(received).isFalse();
      assertThat(segments.getFirst().get("trace_id").asString())
          .as(received)
          .matches("1-[0-9a-f]{8}-[0-9a-f]{24}")
          .isNotEqualTo("1-00000000-000000000000000000000000");
    }
  }

  @Test
  void withoutTracingACallIsNeverRecordedAndTheTraceIsPassedOn() {
    String trace = ROOT + ";Parent=0123456789abcdef;Sampled=1";

    assertThat(segments(false, new Sampling(1, 1), lambda(), Headers.of("X-Amzn-Trace-Id", trace)))
        .isEmpty();
    assertThat(passedOn()).isEqualTo(trace);
  }

  @Test
  void aCallThatReachesNoBackendHasNoSubsegment() {
    String mock =
        "{type: MOCK, requestTemplates: {application/json: '{\"statusCode\": 200}'},"
            + " integrationResponses: {'200': {}}}";

    List<JsonNode> segments = segments(true, new Sampling(1, 0), mock, Headers.empty());

    assertThat(segments).hasSize(1);
    assertThat(segments.getFirst().has("subsegments")).isFalse();
  }
}
