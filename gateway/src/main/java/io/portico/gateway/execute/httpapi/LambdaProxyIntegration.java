package io.portico.gateway.execute.httpapi;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.ExecutionTrace;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.integration.SigningCredentials;
import io.portico.gateway.execute.integration.StreamingFunctions;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.proxy.MalformedReplyException;
import io.portico.gateway.proxy.ProxyReply;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.httpapi.PayloadFormat;
import io.portico.gateway.snapshot.httpapi.RouteIntegration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code AWS_PROXY} with a Lambda function.
 *
 * <p>AWS: a function that fails, or whose answer is none, is an error of the server, 500; source:
 * documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda proxy integrations for HTTP APIs</a>
 */
final class LambdaProxyIntegration {
  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int LONGEST_REASON = 500;

  private final LambdaInvoke own;
  private final SigningCredentials credentials;

  /**
   * @param own signs with credentials of the gateway's own
   * @param credentials sign the other invocations
   */
  LambdaProxyIntegration(LambdaInvoke own, SigningCredentials credentials) {
    this.own = own;
    this.credentials = credentials;
  }

  /**
   * Invokes the function.
   *
   * @param caller who signed the call of the route, or null
   */
  EndpointResponse call(
      RouteIntegration.LambdaProxy integration, RouteMatch match, @Nullable IamCaller caller)
      throws IOException {
    Invocation invocation = match.invocation();
    byte[] body =
        invocation.content().read(match.stage().payloadLimit(), invocation.deadlineNanos());
    invocation.tellOf(body.length);
    invocation.takesApart(body);
    MappedRequest mapped =
        MappedRequest.of(match, integration.changes(), ClientHeaders.own(invocation));
    byte[] event =
        integration.format() == PayloadFormat.V2
            ? EventV2.of(match, mapped, body)
            : EventV1.of(match, mapped, body);
    String role = integration.role();
    Headers source = Headers.of(SourceArn.HEADER, role == null ? match.sourceArn() : role);
    // Only now: neither does a client's slow content take of the function's time, nor do
    // credentials grow old while it comes.
    long now = System.nanoTime();
    Duration timeout = invocation.remaining(integration.timeout(), now);
    long deadlineNanos = now + timeout.toNanos();
    LambdaInvoke lambda = credentials.sign(own, integration.signer(), caller, deadlineNanos);
    invocation.observations().trail().invokes(integration.function().arn(), event);
    Duration idle = integration.streamIdle();
    return idle == null
        ? whole(
            lambda,
            integration,
            event,
            source,
            invocation,
            SigningCredentials.left(integration.signer(), timeout, deadlineNanos))
        : streamed(new StreamingFunctions(lambda), integration, event, source, idle, invocation);
  }

  /**
   * Beyond AWS, which has it for REST APIs alone: what the function streams is as there, metadata,
   * eight NULs and the content.
   */
  private EndpointResponse streamed(
      StreamingFunctions streaming,
      RouteIntegration.LambdaProxy integration,
      byte[] event,
      Headers source,
      Duration idle,
      Invocation invocation)
      throws IOException {
    try {
      return streaming.call(
          integration.function(),
          event,
          source,
          integration.timeout(),
          idle,
          invocation,
          answer -> succeeded(integration, answer, invocation).payload());
    } catch (StreamingFunctions.NoStreamException e) {
      throw failed(FaultCause.FUNCTION_REPLY, String.valueOf(e.getMessage()));
    }
  }

  private EndpointResponse whole(
      LambdaInvoke lambda,
      RouteIntegration.LambdaProxy integration,
      byte[] event,
      Headers source,
      Invocation invocation,
      Duration timeout)
      throws IOException {
    LambdaInvoke.Answer answer =
        lambda.invoke(
            integration.function(),
            event,
            source,
            invocation.traceId(),
            timeout,
            ExecutionTrace.OFF);
    invocation.observations().invoked(answer.status(), answer.requestId());
    invocation.observations().trail().functionSaid(answer.payload());
    invocation.takesApart(answer.payload());
    return answered(succeeded(integration, answer, invocation), integration.format(), invocation);
  }

  /** An answer of the function itself. */
  private LambdaInvoke.Answer succeeded(
      RouteIntegration.LambdaProxy integration, LambdaInvoke.Answer answer, Invocation invocation) {
    if (answer.status() != 200) {
      throw refused(integration, answer);
    }
    if (answer.functionError() != null) {
      String message = answer.errorMessage();
      invocation.observations().functionFailed(message);
      throw failed(FaultCause.FUNCTION_FAILED, "the function failed: " + message);
    }
    return answer;
  }

  private static EndpointResponse answered(
      LambdaInvoke.Answer answer, PayloadFormat format, Invocation invocation) {
    try {
      ProxyReply reply =
          format == PayloadFormat.V2
              ? ProxyReply.parse(answer.payload(), RESPONSE_TYPE)
              : ReplyV1.parse(answer.payload());
      invocation.observations().functionAnswered(reply.status());
      return new EndpointResponse(reply.status(), reply.headers(), Body.of(reply.body()), 0);
    } catch (MalformedReplyException e) {
      throw failed(FaultCause.FUNCTION_REPLY, String.valueOf(e.getMessage()));
    }
  }

  /** AWS: the type of an answer that says none; source: answers that users have published. */
  static final String RESPONSE_TYPE = "text/plain; charset=utf-8";

  private static GatewayFault failed(FaultCause cause, String reason) {
    return new GatewayFault(GatewayResponseType.DEFAULT_5XX, cause).because(reason);
  }

  /**
   * AWS: a function that is throttled is a service that is not available; source: reported by
   * users. That an event which is too long is the client's to answer for is assumed.
   */
  private GatewayFault refused(
      RouteIntegration.LambdaProxy integration, LambdaInvoke.Answer answer) {
    credentials.heard(integration.signer(), answer.status(), answer.payload());
    String reason =
        "Lambda refused to invoke "
            + integration.function().arn()
            + ": status "
            + answer.status()
            + ", "
            + new String(
                answer.payload(),
                0,
                Math.min(answer.payload().length, LONGEST_REASON),
                StandardCharsets.UTF_8);
    return switch (answer.status()) {
      case TOO_LARGE ->
          new GatewayFault(GatewayResponseType.REQUEST_TOO_LARGE, FaultCause.FUNCTION_EVENT)
              .because(reason);
      case TOO_MANY_REQUESTS ->
          new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE, FaultCause.FUNCTION_THROTTLED)
              .because(reason);
      default -> GatewayFault.misconfigured(FaultCause.FUNCTION_REFUSED, reason);
    };
  }
}
