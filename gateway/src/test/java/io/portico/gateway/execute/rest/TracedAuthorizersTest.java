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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is told of the functions that authorizers are. */
final class TracedAuthorizersTest {
  private static final TraceIds ALL = TraceIds.active(new Sampling(0, 1));
  private static final Headers TOKEN = Headers.of("Authorization", "Bearer of news");
  private static final String RECORDED =
      "Root=1-67f4a3b1-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=1";
  private static final String ALLOWED =
      """
      {"principalId": "me", "policyDocument": {"Version": "2012-10-17", "Statement": [
        {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "*"}]}}
      """;

  private static RecordedCalls calls(String ttl, TraceIds ids, Upstream backend) {
    return calls(new CaseApi(), "authorizerResultTtlInSeconds: " + ttl, ids, backend);
  }

  private static RecordedCalls calls(
      CaseApi api, String authorizer, TraceIds ids, Upstream backend) {
    api.stage("tracingEnabled: true");
    api.authorizers("{guard: {" + authorizer + "}}");
    api.method("GET", "/pets", "{authorizationType: CUSTOM, authorizerId: guard}");
    api.integration("{type: AWS_PROXY, httpMethod: POST, uri: '" + RecordedCalls.FUNCTION + "'}");
    return new RecordedCalls(api, ids, backend);
  }

  /** The authorizer's function lets pass; the other one has its answer. */
  private static Upstream allowing() {
    return request ->
        new UpstreamResponse(
            200,
            Headers.empty(),
            Body.of(request.target().contains("guard") ? ALLOWED : "{\"statusCode\": 200}"));
  }

  @Test
  void aFunctionThatWasAskedIsASubsegmentOfItsOwn() {
    RecordedCalls calls = calls("0", ALL, allowing());

    assertThat(calls.call("/pets", TOKEN).status()).isEqualTo(200);

    JsonNode segment = calls.segment();
    assertThat(segment.get("subsegments")).hasSize(2);
    JsonNode authorizer = segment.at("/subsegments/0");
    JsonNode integration = segment.at("/subsegments/1");
    assertThat(authorizer.get("name").asString()).isEqualTo("Lambda");
    assertThat(authorizer.at("/aws/function_name").asString()).isEqualTo("guard");
    assertThat(authorizer.at("/http/response/status").asInt()).isEqualTo(200);
    assertThat(integration.at("/aws/function_name").asString()).isEqualTo("pets");
    assertThat(authorizer.get("end_time").asDouble())
        .isLessThanOrEqualTo(integration.get("start_time").asDouble() + 0.001);
    String root = "Root=" + segment.get("trace_id").asString();
    assertThat(calls.sent())
        .extracting(RecordedCalls::traceId)
        .containsExactly(
            root + ";Parent=" + authorizer.get("id").asString() + ";Sampled=1",
            root + ";Parent=" + integration.get("id").asString() + ";Sampled=1");
    assertThat(authorizer.get("id")).isNotEqualTo(integration.get("id"));
  }

  @Test
  void theSameIsASpan() {
    RecordedCalls calls = calls("0", ALL, allowing());

    calls.call("/pets", TOKEN);

    assertThat(calls.spans()).hasSize(3);
    assertThat(calls.spans().get(1).get("name").asString()).isEqualTo("Lambda/Invoke");
    assertThat(calls.spans().get(1).get("parentSpanId"))
        .isEqualTo(calls.spans().get(0).get("spanId"));
    assertThat(calls.spans().get(1).get("spanId"))
        .isEqualTo(calls.segment().at("/subsegments/0/id"));
    assertThat(calls.spans().get(0).get("spanId")).isEqualTo(calls.segment().get("id"));
  }

  @Test
  void anAnswerThatWasKeptIsNone() {
    RecordedCalls calls = calls("300", ALL, allowing());

    calls.call("/pets", TOKEN);
    calls.call("/pets", TOKEN);

    assertThat(calls.count()).isEqualTo(2);
    assertThat(calls.segment().get("subsegments")).hasSize(1);
    assertThat(calls.segment().at("/subsegments/0/aws/function_name").asString()).isEqualTo("pets");
  }

  @Test
  void aFunctionThatCannotBeReachedIsAFault() {
    RecordedCalls calls =
        calls(
            "0",
            ALL,
            request -> {
              throw new UpstreamException(UpstreamException.Reason.CONNECT_FAILED, "gone", null);
            });

    assertThat(calls.call("/pets", TOKEN).status()).isEqualTo(500);

    assertThat(calls.segment().get("subsegments")).hasSize(1);
    assertThat(calls.segment().at("/subsegments/0/fault").asBoolean()).isTrue();
    assertThat(calls.segment().at("/subsegments/0/http").has("response")).isFalse();
    assertThat(calls.spans().get(1).at("/status/code").asInt()).isEqualTo(2);
  }

  @Test
  void aFunctionThatFailsIsAFault() {
    RecordedCalls calls =
        calls(
            "0",
            ALL,
            request ->
                new UpstreamResponse(
                    200,
                    Headers.of("X-Amz-Function-Error", "Unhandled"),
                    Body.of("{\"errorMessage\": \"broken\"}")));

    assertThat(calls.call("/pets", TOKEN).status()).isEqualTo(500);

    JsonNode authorizer = calls.segment().at("/subsegments/0");
    assertThat(authorizer.at("/http/response/status").asInt()).isEqualTo(200);
    assertThat(authorizer.get("fault").asBoolean()).isTrue();
  }

  @Test
  void aFunctionThatDoesNotKnowTheCallerIsNone() {
    RecordedCalls calls =
        calls(
            "0",
            ALL,
            request ->
                new UpstreamResponse(
                    200,
                    Headers.of("X-Amz-Function-Error", "Unhandled"),
                    Body.of("{\"errorMessage\": \"Unauthorized\"}")));

    assertThat(calls.call("/pets", TOKEN).status()).isEqualTo(401);

    assertThat(calls.segment().get("error").asBoolean()).isTrue();
    JsonNode authorizer = calls.segment().at("/subsegments/0");
    assertThat(authorizer.at("/http/response/status").asInt()).isEqualTo(200);
    assertThat(authorizer.has("fault")).isFalse();
    assertThat(authorizer.has("error")).isFalse();
    assertThat(calls.spans().get(1).has("status")).isFalse();
  }

  @Test
  void aFunctionThatIsNotAskedAsItsRoleIsRefusedHasNoSubsegment() {
    CaseApi api = new CaseApi();
    api.endpoints("{STS: 'http://sts.test'}");
    RecordedCalls calls =
        calls(
            api,
            "authorizerCredentials: 'arn:aws:iam::000000000000:role/asks'",
            ALL,
            request ->
                new UpstreamResponse(403, Headers.empty(), Body.of("<Code>AccessDenied</Code>")));

    assertThat(calls.call("/pets", TOKEN).status()).isEqualTo(500);

    assertThat(calls.sent()).hasSize(1);
    assertThat(calls.segment().has("subsegments")).isFalse();
    assertThat(calls.spans()).hasSize(1);
  }

  @Test
  void whereNothingIsRecordedItIsToldTheClientsTrace() {
    RecordedCalls calls = calls("0", TraceIds.PASSIVE, allowing());

    calls.call("/pets", TOKEN.toBuilder().add("X-Amzn-Trace-Id", RECORDED).build());

    assertThat(calls.count()).isZero();
    assertThat(calls.sent()).extracting(RecordedCalls::traceId).containsExactly(RECORDED, RECORDED);
  }
}
