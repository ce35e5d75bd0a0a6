package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.ExecutionFailure;
import io.portico.gateway.execute.ExecutionTrace;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.RequestParameters;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.StageSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The events of an <b>execution log</b>, in AWS's words.
 *
 * <p>AWS: of a MOCK recorded, facts TIN-03; the others' events as in logs that users and AWS's
 * documentation have published, such as
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-data-transformations-in-api-gateway.html.
 */
abstract class ExecutionEvents implements ExecutionTrace {
  static final String REQUEST_ID = "x-amzn-RequestId";
  private static final String EXTENDED_REQUEST_ID = "x-amz-apigw-id";
  private static final byte[] NOTHING = {};

  /** What an event tells. */
  enum Kind {
    /** What went wrong. */
    ERROR,
    /** What was done. */
    INFO,
    /** With what: headers, parameters, content. */
    DATA
  }

  /** Whether events of this kind are taken; the text of one that is not is never made. */
  abstract boolean takes(Kind kind);

  /**
   * Takes an event.
   *
   * @param text as AWS has it, without time and request id
   */
  abstract void add(String text);

  /** Whether the API says itself how a fault is answered. */
  static boolean isCustomised(GatewayFault fault, Invocation invocation) {
    return invocation.stage() instanceof StageSnapshot stage
        && stage.gatewayResponses().find(fault.type()) != null;
  }

  /**
   * All of a body that is in memory as text. AWS: what of one that is no UTF-8 is not known; what
   * is none becomes U+FFFD.
   */
  public static String text(Body body) {
    return new String(bytes(body), StandardCharsets.UTF_8);
  }

  /** A body that is in memory as text, as far as an event shows it. */
  static String shown(Body body) {
    return LoggedValues.content(bytes(body));
  }

  private static byte[] bytes(Body body) {
    return switch (body) {
      case Body.Empty empty -> NOTHING;
      case Body.Buffered buffered -> buffered.bytes();
      case Body.Streamed streamed -> throw new IllegalStateException("the body is not read yet");
      case Body.Produced produced -> throw new IllegalStateException("no method's content");
    };
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public boolean takesBodies() {
    return takes(Kind.DATA);
  }

  @Override
  public void methodRequest(MethodRequest request, MethodMatch match) {
    Invocation invocation = match.invocation();
    if (takes(Kind.INFO)) {
      add("Starting execution for request: " + invocation.requestId());
      add(
          "HTTP Method: "
              + request.httpMethod()
              + ", Resource Path: "
              + invocation.path().ofEvent());
    }
    if (takes(Kind.DATA)) {
      RequestParameters parameters = request.parameters();
      add("Method request path: " + parameters.path());
      add("Method request query string: " + LoggedValues.query(parameters.query()));
      add("Method request headers: " + LoggedValues.headers(parameters.headers()));
      add("Method request body before transformations: " + shown(request.body()));
    }
  }

  // AWS: the events of authorizers: source: logs of tests that users have published, such as
  // https://github.com/localstack/localstack/issues/10636.

  @Override
  public void authorizerStarts(String authorizerId, List<String> identity, Invocation invocation) {
    if (takes(Kind.INFO)) {
      add("Starting authorizer: " + authorizerId + " for request: " + invocation.requestId());
    }
    if (takes(Kind.DATA)) {
      add(
          "Incoming identity: "
              + identity.stream().map(LoggedValues::hinted).collect(Collectors.joining(", ")));
    }
  }

  @Override
  public ExecutionTrace ofAuthorizer() {
    return takes(Kind.DATA)
        ? new ExecutionTrace() {
          @Override
          public boolean isOn() {
            return true;
          }

          @Override
          public boolean takesBodies() {
            return true;
          }

          @Override
          public void endpointRequest(UpstreamRequest request) {
            ExecutionEvents.this.endpointRequest(request);
          }
        }
        : OFF;
  }

  @Override
  public void authorizerForbidden() {
    addError(ExecutionFailure.misconfigured("Invalid permissions on Lambda function"));
  }

  @Override
  public void authorizerAnswered(byte[] answer) {
    if (takes(Kind.DATA)) {
      add("Authorizer result body before parsing: " + LoggedValues.content(answer));
    }
  }

  /**
   * An authorizer gave no answer, or none that lets anybody in.
   *
   * <p>AWS: what is said of a function that may not be invoked, and of an answer that is none, is
   * in logs that users have published: https://github.com/serverless/serverless/issues/1784,
   * https://github.com/ExpanseLLC/lambda_authorizer/issues/1. The rest is assumed.
   */
  final void authorizerUnusable(GatewayFault fault) {
    String told = fault.told();
    addError(ExecutionFailure.misconfigured(told == null ? "Authorizer error" : told));
    addError(fault.type().errorType());
  }

  @Override
  public void endpointRequest(UpstreamRequest request) {
    if (!takes(Kind.DATA)) {
      return;
    }
    String uri =
        LoggedValues.uri(
            (request.origin().tls() ? "https://" : "http://")
                + request.origin().authority()
                + request.target());
    add("Endpoint request URI: " + uri);
    add("Endpoint request headers: " + LoggedValues.headers(request.headers()));
    add("Endpoint request body after transformations: " + shown(request.body()));
    add("Sending request to " + uri);
  }

  @Override
  public void endpointResponse(UpstreamResponse response, long nanos) {
    if (takes(Kind.DATA)) {
      add(
          "Received response. Status: "
              + response.status()
              + ", Integration latency: "
              + nanos / 1_000_000
              + " ms");
      add("Endpoint response headers: " + LoggedValues.headers(response.headers()));
    }
  }

  @Override
  public void endpointBody(byte[] body) {
    if (takes(Kind.DATA)) {
      add("Endpoint response body before transformations: " + LoggedValues.content(body));
    }
  }

  @Override
  public void functionFailed(int status, String message, String requestId) {
    addError(ExecutionFailure.ofFunction(status, message, requestId));
  }

  // AWS: source: documented,
  // https://repost.aws/knowledge-center/api-gateway-lambda-template-invoke-error.
  @Override
  public void invocationRefused(int status, String requestId) {
    addError(
        "Lambda invocation failed with status: " + status + ". Lambda request id: " + requestId);
  }

  @Override
  public void methodResponse(HttpResponse response) {
    if (takes(Kind.DATA)) {
      add("Method response body after transformations: " + shown(response.body()));
      add("Method response headers: " + LoggedValues.headers(shown(response)));
    }
    if (takes(Kind.INFO)) {
      add("Successfully completed execution");
      add("Method completed with status: " + response.status());
    }
  }

  @Override
  public void failed(GatewayFault fault, HttpResponse response, Invocation invocation) {
    String text = ExecutionFailure.line(fault);
    if (text != null) {
      addError(text);
    }
    failedWith(fault, response, invocation);
  }

  /** What the client of a call that failed is told. */
  final void failedWith(GatewayFault fault, HttpResponse response, Invocation invocation) {
    // AWS: logs of answers that nobody customised do not have these (recorded, facts TIN-06). Those
    // of others do, source: reported by users; the order is assumed.
    if (isCustomised(fault, invocation)) {
      if (takes(Kind.INFO)) {
        add("Gateway response type: " + fault.type() + " with status code: " + response.status());
      }
      if (takes(Kind.DATA)) {
        add("Gateway response body: " + shown(response.body()));
        add("Gateway response headers: " + LoggedValues.headers(made(response)));
      }
    }
    addError("Method completed with status: " + response.status());
  }

  @Override
  public void broken(HttpResponse response) {
    // AWS: the text is reported by users.
    addError("Execution failed due to an internal error");
    addError("Method completed with status: " + response.status());
  }

  final void addError(String text) {
    if (takes(Kind.ERROR)) {
      add(text);
    }
  }

  /** What is shown of a method's answer. */
  Headers shown(HttpResponse response) {
    return response.headers();
  }

  /** The headers of an answer without the ids that the front end adds. */
  static Headers made(HttpResponse response) {
    return response.headers().toBuilder().remove(REQUEST_ID).remove(EXTENDED_REQUEST_ID).build();
  }
}
