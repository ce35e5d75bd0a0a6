package io.portico.gateway.execute.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.ExecutionTraces;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.TraceIds;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.telemetry.Answer;
import io.portico.gateway.execute.telemetry.OtlpSpans;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.execute.telemetry.XRaySegment;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.json.Json;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Calls of a stage, what they send to backends, and what is told of those that are recorded. */
final class RecordedCalls {
  static final String FUNCTION =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:pets/invocations";

  private final List<UpstreamRequest> sent = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private final DataPlane gateway;

  RecordedCalls(CaseApi api, TraceIds ids, Upstream backend) {
    this.gateway =
        TestGateway.of(
            api,
            request -> {
              sent.add(request);
              return backend.send(request);
            },
            new Invocations(
                Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD, ExecutionTraces.NONE, ids),
            new Telemetry(
                List.of(invocation -> invocation.isRecorded() ? answers::add : notRecorded -> {})));
  }

  HttpResponse call(String path, Headers headers) {
    return call("GET", path, headers);
  }

  /** A call whose answer of four bytes is written. */
  HttpResponse call(String method, String path, Headers headers) {
    HttpResponse response = gateway.handle(Requests.request(method, path, headers, Body.EMPTY));
    response.completion().finished(4, true);
    return response;
  }

  /** What backends and functions were sent. */
  List<UpstreamRequest> sent() {
    return sent;
  }

  /** What the last of them was told of the trace. */
  String passedOn() {
    return traceId(sent.getLast());
  }

  static String traceId(UpstreamRequest request) {
    return String.valueOf(request.headers().first("X-Amzn-Trace-Id"));
  }

  /** The segment of the last call. */
  JsonNode segment() {
    return Json.parse(XRaySegment.document(answers.getLast()).getBytes(UTF_8));
  }

  /** The resource of the last call's spans. */
  JsonNode resource() {
    OtlpSpans spans = new OtlpSpans();
    spans.add(answers.getLast());
    return Json.parse(Json.bytes(spans.request())).at("/resourceSpans/0");
  }

  /** Its spans. */
  JsonNode spans() {
    return resource().at("/scopeSpans/0/spans");
  }

  /** How many calls were recorded. */
  int count() {
    return answers.size();
  }
}
