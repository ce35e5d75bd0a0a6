package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.ExecutionTrace;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.HeaderNames;
import io.portico.gateway.execute.HeaderText;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MatchedCall;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.JsonComplaint;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.LambdaFunction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * {@code AWS} and {@code AWS_PROXY} with a Lambda function.
 *
 * <p>Faults: {@code BAD_REQUEST_BODY} for an event that is no JSON; {@code API_CONFIGURATION_ERROR}
 * where Lambda refuses for another reason; {@code DEFAULT_5XX} with 502 for a stream that is none.
 */
final class LambdaIntegration {
  private static final byte[] EMPTY_EVENT = "{}".getBytes(StandardCharsets.UTF_8);

  /** What a mapping can say to Lambda's Invoke API; its other headers are the endpoint's own. */
  private static final HeaderNames OF_INVOKE =
      HeaderNames.of("X-Amz-Client-Context", "X-Amz-Invocation-Type", "X-Amz-Log-Type");

  /** How Lambda begins what it says of an event that is no JSON. */
  private static final String NOT_JSON = "Could not parse request body into json: ";

  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY_REQUESTS = 429;

  private static final int LONGEST_REASON = 500;

  private final LambdaInvoke own;
  private final SigningCredentials credentials;

  /**
   * @param own signs with credentials of the gateway's own
   * @param credentials sign the other invocations
   */
  LambdaIntegration(LambdaInvoke own, SigningCredentials credentials) {
    this.own = own;
    this.credentials = credentials;
  }

  /**
   * Invokes the function.
   *
   * @param caller who signed the call of the method, or null
   * @param event what it is told of a call that is passed on to it whole
   * @param now a recent {@link System#nanoTime}
   */
  EndpointResponse call(
      IntegrationRequest request,
      IntegrationSnapshot.Lambda integration,
      MatchedCall match,
      @Nullable IamCaller caller,
      Supplier<byte[]> event,
      long now)
      throws IOException {
    Duration timeout = match.invocation().remaining(integration.timeout(), now);
    long deadlineNanos = now + timeout.toNanos();
    LambdaInvoke lambda = credentials.sign(own, integration.signer(), caller, deadlineNanos);
    Duration idle = integration.streamIdle();
    return idle == null
        ? whole(
            lambda,
            request,
            integration,
            match,
            event,
            SigningCredentials.left(integration.signer(), timeout, deadlineNanos))
        : streamed(new StreamingFunctions(lambda), request, integration, idle, match, event);
  }

  private EndpointResponse whole(
      LambdaInvoke lambda,
      IntegrationRequest request,
      IntegrationSnapshot.Lambda integration,
      MatchedCall match,
      Supplier<byte[]> event,
      Duration timeout)
      throws IOException {
    LambdaInvoke.Answer answer =
        lambda.invoke(
            integration.function(),
            told(
                integration,
                match,
                integration.proxy() ? event.get() : event(request, integration.function())),
            headers(request, integration, match),
            match.invocation().traceId(),
            timeout,
            match.invocation().trace());
    match.invocation().observations().invoked(answer.status(), answer.requestId());
    match.invocation().observations().trail().functionSaid(answer.payload());
    match.invocation().takesApart(answer.payload());
    return switch (answer.status()) {
      case 200 -> answered(answer, match.invocation());
      // AWS: an event that was taken is an empty answer; source: recorded, facts REQ-20.
      case 202 -> EndpointResponse.whole(200, "", Body.EMPTY);
      default -> throw refused(integration, answer, match.invocation().trace());
    };
  }

  private static byte[] told(
      IntegrationSnapshot.Lambda integration, MatchedCall match, byte[] event) {
    return match.invocation().observations().trail().invokes(integration.function().arn(), event);
  }

  /**
   * AWS: what it answers where the metadata is none, or the function fails before it, is not
   * described; 502 as for a function that does not stream is assumed.
   */
  private EndpointResponse streamed(
      StreamingFunctions streaming,
      IntegrationRequest request,
      IntegrationSnapshot.Lambda integration,
      Duration idle,
      MatchedCall match,
      Supplier<byte[]> event)
      throws IOException {
    try {
      return streaming.call(
          integration.function(),
          told(integration, match, event.get()),
          headers(request, integration, match),
          integration.timeout(),
          idle,
          match.invocation(),
          answer -> succeeded(answer, integration, match));
    } catch (StreamingFunctions.NoStreamException e) {
      GatewayFault fault =
          GatewayFault.badReply(FaultCause.FUNCTION_REPLY, String.valueOf(e.getMessage()));
      throw e.isMalformed() ? fault.telling("Malformed Lambda proxy response") : fault;
    }
  }

  private byte[] succeeded(
      LambdaInvoke.Answer answer, IntegrationSnapshot.Lambda integration, MatchedCall match) {
    if (answer.status() != 200) {
      throw refused(integration, answer, match.invocation().trace());
    }
    if (answer.functionError() != null) {
      String message = answer.errorMessage();
      match.invocation().observations().functionFailed(message);
      throw GatewayFault.badReply(FaultCause.FUNCTION_FAILED, "the function failed: " + message);
    }
    return answer.payload();
  }

  private GatewayFault refused(
      IntegrationSnapshot.Lambda integration, LambdaInvoke.Answer answer, ExecutionTrace trace) {
    credentials.heard(integration.signer(), answer.status(), answer.payload());
    if (answer.status() != FORBIDDEN) {
      trace.invocationRefused(answer.status(), answer.requestId());
    }
    if (answer.status() == TOO_LARGE) {
      // AWS: source: reported by users, https://github.com/koki-develop/lgtm-generator/issues/10.
      return new GatewayFault(GatewayResponseType.REQUEST_TOO_LARGE, FaultCause.FUNCTION_EVENT)
          .because("Lambda refused the event of " + integration.function().arn());
    }
    String refusal = answer.status() == BAD_REQUEST ? answer.refusal() : "";
    if (refusal.startsWith(NOT_JSON) && !integration.proxy()) {
      return notJson(refusal);
    }
    return GatewayFault.misconfigured(
        answer.status() == TOO_MANY_REQUESTS
            ? FaultCause.FUNCTION_THROTTLED
            : FaultCause.FUNCTION_REFUSED,
        told(answer.status()),
        "Lambda refused to invoke "
            + integration.function().arn()
            + ": status "
            + answer.status()
            + ", "
            + shortened(answer.payload()));
  }

  /**
   * What the execution log says of a refusal. AWS: source: execution logs that users have
   * published; that nothing is said of any other is documented, see {@code
   * ExecutionLog.invocationRefused}.
   */
  private static String told(int status) {
    return switch (status) {
      case FORBIDDEN -> "Invalid permissions on Lambda function";
      case TOO_MANY_REQUESTS -> "Rate Exceeded.";
      default -> "";
    };
  }

  /**
   * AWS: an empty body is an empty event; source: recorded, facts SEL-06.
   *
   * @throws GatewayFault {@code BAD_REQUEST_BODY} for one that is no JSON, if the function's
   *     endpoint is an emulator, which hands on whatever comes: Lambda says so itself
   */
  private static byte[] event(IntegrationRequest request, LambdaFunction function) {
    byte[] body = request.bytes();
    if (body.length == 0) {
      return EMPTY_EVENT;
    }
    if (function.emulated()) {
      try {
        Json.check(body);
      } catch (JacksonException e) {
        throw notJson(NOT_JSON + "Could not parse payload into json: " + JsonComplaint.of(body, e));
      }
    }
    return body;
  }

  /**
   * AWS: the client is told in Lambda's words; source: reported by users, such as
   * https://github.com/srcecde/aws-tutorial-code/issues/4. That it is this type is assumed.
   */
  private static GatewayFault notJson(String refusal) {
    return new GatewayFault(
        GatewayResponseType.BAD_REQUEST_BODY, FaultCause.FUNCTION_EVENT, refusal);
  }

  /**
   * The source's ARN goes to every endpoint: one that is not Portico's Lambda host has no use for
   * it. AWS: with a role it is not API Gateway that invokes but the role; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html, credentials.
   */
  private static Headers headers(
      IntegrationRequest request, IntegrationSnapshot.Lambda integration, MatchedCall match) {
    String role = integration.role();
    Headers.Builder headers =
        Headers.builder().add(SourceArn.HEADER, role == null ? match.arn() : role);
    return integration.proxy() ? headers.build() : invokeHeaders(headers, request);
  }

  /** What an endpoint says of its refusal, for the log. */
  private static String shortened(byte[] text) {
    return new String(text, 0, Math.min(text.length, LONGEST_REASON), StandardCharsets.UTF_8);
  }

  private static Headers invokeHeaders(Headers.Builder headers, IntegrationRequest request) {
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (OF_INVOKE.contains(name)) {
                values.forEach(value -> HeaderText.add(headers, name, value));
              }
            });
    return headers.build();
  }

  private static EndpointResponse answered(LambdaInvoke.Answer answer, Invocation invocation) {
    if (answer.functionError() == null) {
      return EndpointResponse.whole(200, "", Body.of(answer.payload()));
    }
    String message = answer.errorMessage();
    invocation.observations().functionFailed(message);
    invocation.trace().functionFailed(answer.status(), message, answer.requestId());
    return EndpointResponse.whole(
        EndpointResponse.FUNCTION_ERROR, message, Body.of(answer.payload()));
  }
}
