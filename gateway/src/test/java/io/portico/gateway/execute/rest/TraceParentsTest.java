package io.portico.gateway.execute.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.Sampling;
import io.portico.gateway.execute.TraceIds;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces by W3C's {@code traceparent}: taken where it is asked for, and passed on. */
final class TraceParentsTest {
  private static final String DIGITS = "0af7651916cd43dd8448eb211c80319c";
  private static final String ROOT = "1-0af76519-16cd43dd8448eb211c80319c";
  private static final String SAMPLED = "00-" + DIGITS + "-b7ad6b7169203331-01";
  private static final TraceIds NONE_SAMPLED = TraceIds.active(new Sampling(0, 0));
  private static final TraceIds ALL_SAMPLED = TraceIds.active(new Sampling(0, 1));
  private static final String INVALID = "00-" + DIGITS + "-0000000000000000-01";

  private static RecordedCalls calls(boolean tracing, TraceIds ids, String integrationType) {
    CaseApi api = new CaseApi();
    api.stage("tracingEnabled: " + tracing);
    api.integration(
        "{type: "
            + integrationType
            + ", httpMethod: GET, uri: 'http://backend.test/', integrationResponses: {'200': {}}}");
    return new RecordedCalls(
        api, ids, request -> new UpstreamResponse(200, Headers.empty(), Body.of("pets")));
  }

  private static Headers sent(RecordedCalls calls) {
    return calls.sent().getLast().headers();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP", "HTTP_PROXY"})
  void aRecordedCallGoesOnInTheClientsTrace(String integration) {
    RecordedCalls calls = calls(true, NONE_SAMPLED.withTraceParents(), integration);

    calls.call(
        "/pets", Headers.of("traceparent", SAMPLED, "tracestate", "a=1", "tracestate", "b=2"));

    assertThat(calls.segment().get("trace_id").asString()).isEqualTo(ROOT);
    assertThat(calls.segment().get("parent_id").asString()).isEqualTo("b7ad6b7169203331");
    String own = calls.segment().at("/subsegments/0/id").asString();
    assertThat(calls.passedOn()).isEqualTo("Root=" + ROOT + ";Parent=" + own + ";Sampled=1");
    assertThat(sent(calls).all("traceparent")).containsExactly("00-" + DIGITS + "-" + own + "-01");
    assertThat(sent(calls).all("tracestate")).containsExactly("a=1", "b=2");
    assertThat(calls.spans().get(0).get("traceState").asString()).isEqualTo("a=1,b=2");
  }

  @Test
  void whoeverCallsDecides() {
    RecordedCalls calls = calls(true, ALL_SAMPLED.withTraceParents(), "HTTP");

    calls.call("/pets", Headers.of("traceparent", "00-" + DIGITS + "-b7ad6b7169203331-00"));

    assertThat(calls.count()).isZero();
    assertThat(sent(calls).first("traceparent")).startsWith("00-" + DIGITS + "-").endsWith("-00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP", "HTTP_PROXY"})
  void oneThatIsNotValidIsAsGoodAsNone(String integration) {
    RecordedCalls calls = calls(true, ALL_SAMPLED.withTraceParents(), integration);

    calls.call("/pets", Headers.of("traceparent", INVALID, "tracestate", "a=1"));

    assertThat(calls.segment().get("trace_id").asString()).isNotEqualTo(ROOT);
    assertThat(calls.segment().has("parent_id")).isFalse();
    assertThat(sent(calls).all("traceparent"))
        .singleElement()
        .asString()
        .isEqualTo(
            "00-"
                + calls.segment().get("trace_id").asString().substring(2).replace("-", "")
                + "-"
                + calls.segment().at("/subsegments/0/id").asString()
                + "-01");
    assertThat(sent(calls).all("tracestate")).isEmpty();
  }

  @Test
  void xRaysOwnHeaderComesFirst() {
    RecordedCalls calls = calls(true, NONE_SAMPLED.withTraceParents(), "HTTP_PROXY");
    String other = "Root=1-67f4a3b1-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=1";

    calls.call(
        "/pets", Headers.of("X-Amzn-Trace-Id", other, "traceparent", SAMPLED, "tracestate", "a=1"));

    assertThat(calls.segment().get("parent_id").asString()).isEqualTo("0123456789abcdef");
    assertThat(sent(calls).all("traceparent"))
        .singleElement()
        .asString()
        .startsWith("00-67f4a3b10123456789abcdef01234567-");
    assertThat(sent(calls).all("tracestate")).isEmpty();
  }

  @Test
  void theStateOfTheSameTraceIsKeptWhicheverHeaderNamesIt() {
    RecordedCalls calls = calls(true, NONE_SAMPLED.withTraceParents(), "HTTP");

    calls.call(
        "/pets",
        Headers.of(
            "X-Amzn-Trace-Id",
            "Root=" + ROOT + ";Parent=0123456789abcdef;Sampled=1",
            "traceparent",
            SAMPLED,
            "tracestate",
            "a=1"));

    assertThat(sent(calls).all("tracestate")).containsExactly("a=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP", "HTTP_PROXY"})
  void withoutTracingItIsPassedOnAsItIs(String integration) {
    RecordedCalls calls = calls(false, ALL_SAMPLED.withTraceParents(), integration);
    String later = "01-" + DIGITS + "-b7ad6b7169203331-03-later";

    calls.call("/pets", Headers.of("traceparent", later, "tracestate", "a=1"));

    assertThat(sent(calls).all("traceparent")).containsExactly(later);
    assertThat(sent(calls).all("tracestate")).containsExactly("a=1");
    assertThat(calls.passedOn()).isEqualTo("Root=" + ROOT + ";Parent=b7ad6b7169203331;Sampled=1");
  }

  @Test
  void noneIsMadeForACallThatIsNotRecorded() {
    RecordedCalls calls = calls(true, NONE_SAMPLED.withTraceParents(), "HTTP");

    calls.call("/pets", Headers.empty());

    assertThat(sent(calls).contains("traceparent")).isFalse();
  }

  @Test
  void withoutTracingNoneIsMade() {
    RecordedCalls calls = calls(false, ALL_SAMPLED.withTraceParents(), "HTTP");

    calls.call("/pets", Headers.empty());

    assertThat(sent(calls).contains("traceparent")).isFalse();
  }

  @Test
  void whereItIsNotAskedForItIsAHeaderLikeAnyOther() {
    RecordedCalls calls = calls(true, ALL_SAMPLED, "HTTP_PROXY");

    calls.call("/pets", Headers.of("traceparent", SAMPLED));

    assertThat(calls.segment().get("trace_id").asString()).isNotEqualTo(ROOT);
    assertThat(sent(calls).all("traceparent")).containsExactly(SAMPLED);
  }
}
