package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.AuthorizerContext;
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
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The <b>execution log</b> of one invocation, event by event.
 *
 * <p>AWS: of a MOCK recorded, facts TIN-03; the others' events as in logs that users and AWS's
 * documentation have published, such as
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-data-transformations-in-api-gateway.html.
 */
public final class ExecutionLog implements ExecutionTrace {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String REQUEST_ID = "x-amzn-RequestId";
  private static final String EXTENDED_REQUEST_ID = "x-amz-apigw-id";

  private final Clock clock;
  private final List<Event> events = new ArrayList<>();

  /**
   * @param text as AWS has it, without time and request id
   */
  private record Event(Instant time, String text) {}

  /**
   * @param clock what the events' times are read from
   */
  public ExecutionLog(Clock clock) {
    this.clock = clock;
  }

  /** What TestInvokeMethod answers as its log. */
  public String ofTest(String requestId) {
    StringBuilder log = new StringBuilder("Execution log for request ").append(requestId);
    for (Event event : events) {
      log.append('\n').append(DATE.format(event.time)).append(" : ").append(event.text);
    }
    return log.append('\n').toString();
  }

  /**
   * The headers of an answer as far as the method has made them: not those that the front end adds.
   *
   * <p>AWS: recorded, facts TIN-02, TIN-06. That a customised gateway response has its type is
   * assumed.
   */
  public static Headers ofMethod(Headers answer, Invocation invocation) {
    Headers.Builder headers = answer.toBuilder();
    if (invocation.requestId().equals(answer.first(REQUEST_ID))) {
      headers.remove(REQUEST_ID).remove(EXTENDED_REQUEST_ID);
    }
    GatewayFault fault = invocation.observations().fault();
    if (fault != null && !isCustomised(fault, invocation)) {
      headers.remove("Content-Type");
    }
    return headers.build();
  }

  /** Whether the API says itself how a fault is answered. */
  private static boolean isCustomised(GatewayFault fault, Invocation invocation) {
    return invocation.stage() instanceof StageSnapshot stage
        && stage.gatewayResponses().find(fault.type()) != null;
  }

  /**
   * A body that is in memory as text. AWS: what of one that is no UTF-8 is not known; what is none
   * becomes U+FFFD.
   */
  public static String text(Body body) {
    return switch (body) {
      case Body.Empty empty -> "";
      case Body.Buffered buffered -> new String(buffered.bytes(), StandardCharsets.UTF_8);
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
    return true;
  }

  @Override
  public void methodRequest(MethodRequest request, MethodMatch match) {
    Invocation invocation = match.invocation();
    RequestParameters parameters = request.parameters();
    add("Starting execution for request: " + invocation.requestId());
    add(
        "HTTP Method: "
            + request.httpMethod()
            + ", Resource Path: "
            + invocation.path().withStage());
    add("Method request path: " + parameters.path());
    add("Method request query string: " + LoggedValues.query(parameters.query()));
    add("Method request headers: " + LoggedValues.headers(parameters.headers()));
    add("Method request body before transformations: " + text(request.body()));
  }

  // AWS: the events of authorizers: source: logs of tests that users have published, such as
  // https://github.com/localstack/localstack/issues/10636.

  @Override
  public void authorizerStarts(String authorizerId, List<String> identity, Invocation invocation) {
    add("Starting authorizer: " + authorizerId + " for request: " + invocation.requestId());
    add(
        "Incoming identity: "
            + identity.stream().map(LoggedValues::hinted).collect(Collectors.joining(", ")));
  }

  @Override
  public ExecutionTrace ofAuthorizer() {
    return new ExecutionTrace() {
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
        ExecutionLog.this.endpointRequest(request);
      }
    };
  }

  @Override
  public void authorizerForbidden() {
    add(ExecutionFailure.misconfigured("Invalid permissions on Lambda function"));
  }

  @Override
  public void authorizerAnswered(byte[] answer) {
    add("Authorizer result body before parsing: " + new String(answer, StandardCharsets.UTF_8));
  }

  /** An authorizer that is tested knows the caller. */
  public void authorizerDone(AuthorizerContext said) {
    String principalId = said.principalId();
    if (principalId != null) {
      add("Using valid authorizer policy for principal: " + LoggedValues.hinted(principalId));
    }
    add("Successfully completed authorizer execution");
  }

  /**
   * An authorizer that is tested knows nobody, or gave no answer.
   *
   * <p>AWS: what is said of a function that may not be invoked, and of an answer that is none, is
   * in logs that users have published: https://github.com/serverless/serverless/issues/1784,
   * https://github.com/ExpanseLLC/lambda_authorizer/issues/1. The rest is assumed.
   */
  public void authorizerFailed(GatewayFault fault, Invocation invocation) {
    switch (fault.type()) {
      case AUTHORIZER_CONFIGURATION_ERROR, AUTHORIZER_FAILURE -> {
        String told = fault.told();
        add(ExecutionFailure.misconfigured(told == null ? "Authorizer error" : told));
        add(fault.type().errorType());
      }
      case UNAUTHORIZED -> {
        add("Unauthorized request: " + invocation.requestId());
        if (fault.told() != null) {
          add(fault.told());
        }
        add(String.valueOf(fault.text()));
      }
      default -> add(ExecutionFailure.failed(fault));
    }
  }

  @Override
  public void endpointRequest(UpstreamRequest request) {
    String uri =
        (request.origin().tls() ? "https://" : "http://")
            + request.origin().authority()
            + request.target();
    add("Endpoint request URI: " + uri);
    add("Endpoint request headers: " + LoggedValues.headers(request.headers()));
    add("Endpoint request body after transformations: " + text(request.body()));
    add("Sending request to " + uri);
  }

  @Override
  public void endpointResponse(UpstreamResponse response, long nanos) {
    add(
        "Received response. Status: "
            + response.status()
            + ", Integration latency: "
            + nanos / 1_000_000
            + " ms");
    add("Endpoint response headers: " + LoggedValues.headers(response.headers()));
  }

  @Override
  public void endpointBody(byte[] body) {
    add(
        "Endpoint response body before transformations: "
            + new String(body, StandardCharsets.UTF_8));
  }

  @Override
  public void functionFailed(int status, String message, String requestId) {
    add(ExecutionFailure.ofFunction(status, message, requestId));
  }

  // AWS: source: documented,
  // https://repost.aws/knowledge-center/api-gateway-lambda-template-invoke-error.
  @Override
  public void invocationRefused(int status, String requestId) {
    add("Lambda invocation failed with status: " + status + ". Lambda request id: " + requestId);
  }

  @Override
  public void methodResponse(HttpResponse response) {
    add("Method response body after transformations: " + text(response.body()));
    add("Method response headers: " + LoggedValues.headers(response.headers()));
    add("Successfully completed execution");
    completed(response);
  }

  @Override
  public void failed(GatewayFault fault, HttpResponse response, Invocation invocation) {
    String text = ExecutionFailure.text(fault);
    if (text != null) {
      add(text);
    }
    // AWS: logs of answers that nobody customised do not have these (recorded, facts TIN-06). Those
    // of others do, source: reported by users; the order is assumed.
    if (isCustomised(fault, invocation)) {
      add("Gateway response type: " + fault.type() + " with status code: " + response.status());
      add("Gateway response body: " + text(response.body()));
      add("Gateway response headers: " + LoggedValues.headers(made(response)));
    }
    completed(response);
  }

  @Override
  public void broken(HttpResponse response) {
    // AWS: the text is reported by users.
    add("Execution failed due to an internal error");
    completed(response);
  }

  private void completed(HttpResponse response) {
    add("Method completed with status: " + response.status());
  }

  private void add(String text) {
    events.add(new Event(clock.instant(), LoggedValues.shortened(text)));
  }

  private static Headers made(HttpResponse response) {
    return response.headers().toBuilder().remove(REQUEST_ID).remove(EXTENDED_REQUEST_ID).build();
  }
}
