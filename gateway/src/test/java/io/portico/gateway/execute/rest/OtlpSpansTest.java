package io.portico.gateway.execute.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.Sampling;
import io.portico.gateway.execute.TraceIds;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What OpenTelemetry is told of a call. */
final class OtlpSpansTest {
  private static final TraceIds ALL = TraceIds.active(new Sampling(0, 1));
  private static final String TRACE = "67f4a3b10123456789abcdef01234567";
  private static final Headers CLIENT =
      Headers.of(
          "User-Agent",
          "curl/8",
          "X-Amzn-Trace-Id",
          "Root=1-67f4a3b1-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=1");

  private final CaseApi api = new CaseApi();

  private RecordedCalls calls(Upstream backend) {
    api.stage("tracingEnabled: true");
    return new RecordedCalls(api, ALL, backend);
  }

  private static Upstream answering(int status, String body) {
    return request -> new UpstreamResponse(status, Headers.empty(), Body.of(body));
  }

  /** Attributes by name, numbers as text. */
  private static Map<String, String> attributes(JsonNode of) {
    Map<String, String> attributes = new TreeMap<>();
    for (JsonNode attribute : of.get("attributes")) {
      attributes.put(
          attribute.get("key").asString(), attribute.get("value").iterator().next().asString());
    }
    return attributes;
  }

  @Test
  void aStageIsAResource() {
    api.integration("{type: AWS_PROXY, httpMethod: POST, uri: '" + RecordedCalls.FUNCTION + "'}");
    RecordedCalls calls = calls(answering(200, "{\"statusCode\": 200}"));

    calls.call("/pets", CLIENT);

    assertThat(attributes(calls.resource().get("resource")))
        .isEqualTo(
            Map.of(
                "service.name", "Pets/prod",
                "cloud.provider", "aws",
                "cloud.account.id", "000000000000",
                "cloud.region", "us-east-1",
                "cloud.resource_id",
                    "arn:aws:apigateway:us-east-1::/restapis/abc1234567/stages/prod",
                "aws.api_gateway.rest_api_id", "abc1234567",
                "aws.api_gateway.stage", "prod"));
    assertThat(calls.resource().at("/scopeSpans/0/scope/name").asString()).isEqualTo("portico");
  }

  @Test
  void aCallIsAServerSpanWithAClientSpanOfItsFunction() {
    api.method("GET", "/pets/{id}", "{}");
    api.integration("{type: AWS_PROXY, httpMethod: POST, uri: '" + RecordedCalls.FUNCTION + "'}");
    RecordedCalls calls = calls(answering(200, "{\"statusCode\": 201}"));

    calls.call("/pets/7?token=secret", CLIENT);

    JsonNode server = calls.spans().get(0);
    JsonNode client = calls.spans().get(1);
    assertThat(calls.spans()).hasSize(2);
    assertThat(server.get("traceId").asString()).isEqualTo(TRACE);
    assertThat(server.get("spanId").asString()).matches("[0-9a-f]{16}");
    assertThat(server.get("parentSpanId").asString()).isEqualTo("0123456789abcdef");
    assertThat(server.get("flags").asInt()).isEqualTo(0x301);
    assertThat(server.get("name").asString()).isEqualTo("GET /pets/{id}");
    assertThat(server.get("kind").asInt()).isEqualTo(2);
    assertThat(server.has("status")).isFalse();
    Map<String, String> ofServer = attributes(server);
    assertThat(ofServer.remove("aws.request_id")).hasSize(36);
    assertThat(ofServer.remove("aws.extended_request_id")).endsWith("=");
    assertThat(ofServer)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("http.request.method", "GET"),
                Map.entry("http.route", "/pets/{id}"),
                Map.entry("http.response.status_code", "201"),
                Map.entry("http.response.body.size", "4"),
                Map.entry("url.scheme", "http"),
                Map.entry("url.path", "/prod/pets/7"),
                Map.entry("server.address", "abc1234567.execute-api.us-east-1.localhost"),
                Map.entry("server.port", "80"),
                Map.entry("client.address", "127.0.0.1"),
                Map.entry("network.protocol.version", "1.1"),
                Map.entry("user_agent.original", "curl/8")));

    assertThat(client.get("traceId").asString()).isEqualTo(TRACE);
    assertThat(client.get("parentSpanId").asString()).isEqualTo(server.get("spanId").asString());
    assertThat(client.get("flags").asInt()).isEqualTo(0x101);
    assertThat(client.get("kind").asInt()).isEqualTo(3);
    assertThat(client.get("name").asString()).isEqualTo("Lambda/Invoke");
    assertThat(client.has("status")).isFalse();
    assertThat(attributes(client))
        .containsEntry("http.request.method", "POST")
        .containsEntry("http.response.status_code", "200")
        .containsEntry("faas.invoked_name", "pets")
        .containsEntry("faas.invoked_provider", "aws")
        .containsEntry("faas.invoked_region", "us-east-1")
        .containsEntry(
            "aws.lambda.invoked_arn", "arn:aws:lambda:us-east-1:000000000000:function:pets")
        .containsKeys("server.address", "server.port", "url.full");
    assertThat(calls.passedOn())
        .isEqualTo(
            "Root=1-67f4a3b1-0123456789abcdef01234567;Parent="
                + client.get("spanId").asString()
                + ";Sampled=1");
    assertThat(nanos(client, "startTimeUnixNano"))
        .isGreaterThanOrEqualTo(nanos(server, "startTimeUnixNano"));
    assertThat(nanos(client, "endTimeUnixNano"))
        .isGreaterThanOrEqualTo(nanos(client, "startTimeUnixNano"))
        .isLessThanOrEqualTo(nanos(server, "endTimeUnixNano"));
  }

  private static long nanos(JsonNode span, String time) {
    return Long.parseLong(span.get(time).asString());
  }

  @Test
  void whoFailsIsSaidOfBoth() {
    api.integration("{type: HTTP_PROXY, httpMethod: PUT, uri: 'https://backend.test:8443/a?b=c'}");
    RecordedCalls calls = calls(answering(503, "busy"));

    calls.call("/pets", Headers.empty());

    JsonNode server = calls.spans().get(0);
    JsonNode client = calls.spans().get(1);
    assertThat(server.has("parentSpanId")).isFalse();
    assertThat(server.get("flags").asInt()).isEqualTo(0x101);
    assertThat(server.at("/status/code").asInt()).isEqualTo(2);
    assertThat(attributes(server)).containsEntry("error.type", "503");
    assertThat(client.get("name").asString()).isEqualTo("PUT");
    assertThat(client.at("/status/code").asInt()).isEqualTo(2);
    assertThat(attributes(client))
        .isEqualTo(
            Map.of(
                "http.request.method", "PUT",
                "http.response.status_code", "503",
                "server.address", "backend.test",
                "server.port", "8443",
                "url.full", "https://backend.test:8443/",
                "error.type", "503"));
  }

  @Test
  void whoDoesNotAnswerHasNoStatus() {
    api.integration("{type: HTTP_PROXY, httpMethod: GET, uri: 'http://backend.test/'}");
    RecordedCalls calls =
        calls(
            request -> {
              throw new UpstreamException(UpstreamException.Reason.TIMEOUT, "too late", null);
            });

    calls.call("/pets", CLIENT);

    assertThat(attributes(calls.spans().get(0)))
        .containsEntry("error.type", "504")
        .containsEntry("aws.api_gateway.response_type", "INTEGRATION_TIMEOUT");
    JsonNode client = calls.spans().get(1);
    assertThat(client.at("/status/code").asInt()).isEqualTo(2);
    assertThat(attributes(client))
        .containsEntry("error.type", "INTEGRATION_TIMEOUT")
        .doesNotContainKey("http.response.status_code");
  }

  @Test
  void aFunctionThatFailsHasTheStatusThatLambdaGave() {
    api.integration("{type: AWS_PROXY, httpMethod: POST, uri: '" + RecordedCalls.FUNCTION + "'}");
    RecordedCalls calls =
        calls(
            request ->
                new UpstreamResponse(
                    200,
                    Headers.of("X-Amz-Function-Error", "Unhandled"),
                    Body.of("{\"errorMessage\": \"broken\"}")));

    calls.call("/pets", CLIENT);

    assertThat(attributes(calls.spans().get(0)))
        .containsEntry("http.response.status_code", "502")
        .containsEntry("error.type", "502");
    JsonNode client = calls.spans().get(1);
    assertThat(client.at("/status/code").asInt()).isEqualTo(2);
    assertThat(attributes(client))
        .containsEntry("http.response.status_code", "200")
        .containsEntry("error.type", "function_error");
    assertThat(calls.segment().at("/subsegments/0/http/response/status").asInt()).isEqualTo(200);
    assertThat(calls.segment().at("/subsegments/0/fault").asBoolean()).isTrue();
  }

  @Test
  void aFunctionThatLambdaThrottlesHasItsStatus() {
    api.integration("{type: AWS_PROXY, httpMethod: POST, uri: '" + RecordedCalls.FUNCTION + "'}");
    RecordedCalls calls = calls(answering(429, "{}"));

    calls.call("/pets", CLIENT);

    assertThat(attributes(calls.spans().get(1)))
        .containsEntry("http.response.status_code", "429")
        .containsEntry("error.type", "429");
    JsonNode function = calls.segment().at("/subsegments/0");
    assertThat(function.get("throttle").asBoolean()).isTrue();
    assertThat(function.has("fault")).isFalse();
  }

  @Test
  void whoIsNotCalledAsARoleIsRefusedHasNoSpan() {
    api.endpoints("{SQS: 'http://sqs.test', STS: 'http://sts.test'}");
    api.integration(
        """
        {type: AWS, httpMethod: POST, credentials: 'arn:aws:iam::000000000000:role/api',
         uri: 'arn:aws:apigateway:us-east-1:sqs:path/000000000000/queue'}
        """);
    RecordedCalls calls = calls(answering(403, "<Code>AccessDenied</Code>"));

    calls.call("/pets", CLIENT);

    assertThat(calls.sent()).hasSize(1);
    assertThat(calls.spans()).hasSize(1);
    assertThat(attributes(calls.spans().get(0)))
        .containsEntry("error.type", "500")
        .containsEntry("aws.api_gateway.response_type", "API_CONFIGURATION_ERROR");
    assertThat(calls.segment().get("fault").asBoolean()).isTrue();
    assertThat(calls.segment().has("subsegments")).isFalse();
  }

  @Test
  void aCallThatReachesNoMethodHasNoRoute() {
    RecordedCalls calls = calls(answering(200, ""));

    calls.call("BREW", "/coffee", CLIENT);

    assertThat(calls.spans()).hasSize(1);
    JsonNode server = calls.spans().get(0);
    assertThat(server.get("name").asString()).isEqualTo("HTTP");
    assertThat(server.has("status")).isFalse();
    assertThat(attributes(server))
        .containsEntry("http.request.method", "_OTHER")
        .containsEntry("http.request.method_original", "BREW")
        .containsEntry("http.response.status_code", "403")
        .containsEntry("aws.api_gateway.response_type", "MISSING_AUTHENTICATION_TOKEN")
        .doesNotContainKey("http.route");
  }
}
