package io.portico.gateway.execute.authorizer;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.execute.AuthorizerCall;
import io.portico.gateway.execute.ExecutionTrace;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Refused;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.integration.RoleNotAssumedException;
import io.portico.gateway.execute.integration.SigningCredentials;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.SigningIdentity;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks the function of a Lambda authorizer, once.
 *
 * <p>AWS: {@code AUTHORIZER_FAILURE} is for a function that fails, {@code
 * AUTHORIZER_CONFIGURATION_ERROR} for one that cannot be reached; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html.
 * That the latter is also for one whose answer is none is said by execution logs that users have
 * published.
 */
final class AuthorizerFunction {
  /**
   * AWS: the one error by which a function says that it does not know the caller; source:
   * documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html.
   */
  private static final String UNAUTHORIZED = "Unauthorized";

  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int LONGEST_REASON = 500;

  private final LambdaInvoke own;
  private final SigningCredentials credentials;
  private final Duration timeout;

  /**
   * @param own signs with credentials of the gateway's own
   * @param credentials sign the other invocations
   * @param timeout for an invocation
   */
  AuthorizerFunction(LambdaInvoke own, SigningCredentials credentials, Duration timeout) {
    this.own = own;
    this.credentials = credentials;
    this.timeout = timeout;
  }

  /**
   * What came of it.
   *
   * @param status what Lambda answered; 0 where nothing
   * @param requestId of the invocation; empty where the endpoint does not say
   * @param startNanos {@link System#nanoTime} when it was to be asked
   * @param nanos from then until its answer
   * @param called whether it was asked, rather than not for lack of credentials
   */
  record Reply(
      AuthorizerResult result,
      int status,
      String requestId,
      long startNanos,
      long nanos,
      boolean called) {}

  /** Reads what a function answers. */
  @FunctionalInterface
  interface AnswerReader {
    AuthorizerResult read(byte[] payload);
  }

  /**
   * Asks once.
   *
   * @param signer with whose credentials
   * @param source on whose behalf, see {@link #source}
   * @param reader for the form of the authorizer's answers
   */
  Reply ask(
      LambdaFunction authorizer,
      SigningIdentity signer,
      String source,
      byte[] event,
      AnswerReader reader,
      Invocation invocation) {
    long start = System.nanoTime();
    ExecutionTrace trace = invocation.trace();
    LambdaInvoke.Answer answer = null;
    boolean called = false;
    AuthorizerResult result;
    try {
      Duration left = invocation.remaining(timeout, start);
      long deadlineNanos = start + left.toNanos();
      LambdaInvoke lambda = credentials.sign(own, signer, null, deadlineNanos);
      called = true;
      answer =
          lambda.invoke(
              authorizer,
              event,
              Headers.of(SourceArn.HEADER, source),
              invocation.authorizerTraceId(),
              SigningCredentials.left(signer, left, deadlineNanos),
              trace.ofAuthorizer());
      if (answer.status() != OK) {
        credentials.heard(signer, answer.status(), answer.payload());
      }
      result = result(answer, reader, invocation);
    } catch (RoleNotAssumedException e) {
      result =
          new Refused(
              GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR,
              FaultCause.AUTHORIZER_ROLE_NOT_ASSUMED,
              String.valueOf(e.getMessage()),
              e.isLate() ? null : e.told());
    } catch (UpstreamException e) {
      result =
          unreachable(
              e.reason() + ": " + e.getMessage(), e.reason() == UpstreamException.Reason.CANCELLED);
    } catch (SocketTimeoutException e) {
      result = unreachable("it took too long: " + e.getMessage(), false);
    } catch (IOException e) {
      result = unreachable(e.toString(), false);
    }
    return new Reply(
        result,
        answer == null ? 0 : answer.status(),
        answer == null ? "" : answer.requestId(),
        start,
        System.nanoTime() - start,
        called);
  }

  /**
   * What is told of a question, whoever has answered it.
   *
   * @param given what the function answered to it, or null where another's answer was taken
   */
  static AuthorizerCall observed(AuthorizerResult result, @Nullable Reply given, long nanos) {
    Refused refused = result instanceof Refused none ? none : null;
    return new AuthorizerCall(
        refused == null ? OK : refused.type().status(),
        given == null ? (refused == null ? OK : 0) : given.status(),
        nanos,
        given == null || !given.called() ? 0 : given.startNanos(),
        given == null ? 0 : given.nanos(),
        given == null ? "" : given.requestId(),
        refused == null ? null : refused.reason());
  }

  /** AWS: with a role it is not API Gateway that invokes but the role, as of an integration. */
  static String source(String authorizerId, @Nullable String role, ServedStage stage) {
    return role == null
        ? SourceArn.ofAuthorizer(stage.region(), stage.accountId(), stage.apiId(), authorizerId)
        : role;
  }

  private static AuthorizerResult result(
      LambdaInvoke.Answer answer, AnswerReader reader, Invocation invocation) {
    ExecutionTrace trace = invocation.trace();
    if (answer.status() != OK) {
      String body =
          new String(
              answer.payload(),
              0,
              Math.min(answer.payload().length, LONGEST_REASON),
              StandardCharsets.UTF_8);
      if (answer.status() == FORBIDDEN) {
        trace.authorizerForbidden();
      } else {
        trace.invocationRefused(answer.status(), answer.requestId());
      }
      return unreachable("Lambda answered " + answer.status() + ", " + body, false);
    }
    invocation.takesApart(answer.payload());
    if (answer.functionError() != null) {
      return failed(answer, trace);
    }
    trace.authorizerAnswered(answer.payload());
    return reader.read(answer.payload());
  }

  private static Refused failed(LambdaInvoke.Answer answer, ExecutionTrace trace) {
    String message = answer.errorMessage();
    trace.functionFailed(answer.status(), message, answer.requestId());
    return message.equals(UNAUTHORIZED)
        ? new Refused(
            GatewayResponseType.UNAUTHORIZED,
            FaultCause.CALLER_UNKNOWN,
            "the authorizer does not know the caller",
            null)
        : new Refused(
            GatewayResponseType.AUTHORIZER_FAILURE,
            FaultCause.AUTHORIZER_FAILED,
            "the authorizer's function failed: " + message,
            null);
  }

  /**
   * @param gone whether it is the client that has gone, for whom it was asked
   */
  private static Refused unreachable(String why, boolean gone) {
    return new Refused(
        GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR,
        FaultCause.AUTHORIZER_UNREACHABLE,
        "the authorizer's function cannot be asked: " + why,
        null,
        gone || Thread.currentThread().isInterrupted());
  }
}
