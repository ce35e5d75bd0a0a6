package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.AuthorizerCall;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.snapshot.Authorization;
import io.portico.gateway.snapshot.AwsEndpoint;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.LambdaFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a recorded call has called on its way: a subsegment of its segment, a client span beneath
 * its server span.
 *
 * @param id of the segment, which whoever was called was given as the parent; 16 hexadecimal digits
 * @param httpMethod of the request
 * @param startNanos {@link System#nanoTime} when it was called
 * @param nanos from then until its answer
 * @param status what it answered, of a function what Lambda did; 0 where it did not
 * @param failure what went wrong, in a word for machines, where the status does not say it; null
 *     where nothing did
 */
record TracedStep(
    String id,
    Callee callee,
    String httpMethod,
    long startNanos,
    long nanos,
    int status,
    @Nullable String failure) {

  private static final String POST = "POST";
  private static final String FUNCTION_ERROR = "function_error";

  /** Whatever has no other name: no answer. */
  private static final String OTHER = "_OTHER";

  /** Of a gateway response: the function has said that it does not know the caller. */
  private static final int UNAUTHORIZED = 401;

  /** Whom. */
  sealed interface Callee {
    /** A function, by Invoke. */
    record Function(LambdaFunction function) implements Callee {}

    /**
     * Another service of AWS.
     *
     * @param action what was called, or null where that is not known
     */
    record Service(AwsEndpoint endpoint, @Nullable String action) implements Callee {}

    /** An HTTP server. */
    record Server(Origin origin) implements Callee {}
  }

  /** Of a call, in their order. */
  static List<TracedStep> of(Invocation invocation) {
    List<TracedStep> steps = new ArrayList<>(2);
    MethodMatch match = invocation.observations().match();
    if (match != null) {
      addAuthorizer(steps, match);
      addIntegration(steps, match);
    }
    return steps;
  }

  /**
   * AWS: a Lambda authorizer's function is a node of its own below the stage; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-using-xray-maps.html.
   * That there is none where an answer was kept, and that it is called as a function behind an
   * integration is, is assumed.
   */
  private static void addAuthorizer(List<TracedStep> steps, MethodMatch match) {
    AuthorizerCall asked = match.invocation().observations().authorizerCall();
    if (asked != null
        && asked.functionStartNanos() != 0
        && match.method().authorization() instanceof Authorization.Lambda lambda) {
      steps.add(
          new TracedStep(
              match.invocation().authorizerSegment(),
              new Callee.Function(lambda.authorizer().function()),
              POST,
              asked.functionStartNanos(),
              asked.functionNanos(),
              asked.functionStatus(),
              failure(asked)));
    }
  }

  /**
   * AWS: a fault is a server that fails, an error a request that is answered by a status from 400
   * on; source: documented,
   * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html. A function
   * that fails with {@code Unauthorized} is neither: so it says that it does not know the caller,
   * whose segment has the 401.
   */
  private static @Nullable String failure(AuthorizerCall asked) {
    if (asked.error() == null || asked.status() == UNAUTHORIZED) {
      return null;
    }
    return asked.functionStatus() == 0 ? OTHER : "authorizer_error";
  }

  private static void addIntegration(List<TracedStep> steps, MethodMatch match) {
    Observations seen = match.invocation().observations();
    Callee callee = callee(match.method().integration());
    String segment = match.invocation().segment();
    if (callee != null && segment != null && seen.integrationReached()) {
      steps.add(
          new TracedStep(
              segment,
              callee,
              method(match.method().integration(), match.invocation()),
              seen.integrationStartNanos(),
              seen.integrationNanos(),
              callee instanceof Callee.Function
                  ? seen.invocationStatus()
                  : seen.integrationStatus(),
              failure(seen)));
    }
  }

  private static @Nullable Callee callee(IntegrationSnapshot integration) {
    return switch (integration) {
      case IntegrationSnapshot.Lambda lambda -> new Callee.Function(lambda.function());
      case IntegrationSnapshot.Service service ->
          new Callee.Service(
              service.endpoint(), service.action() == null ? null : service.action().name());
      case IntegrationSnapshot.Http backend -> new Callee.Server(backend.origin());
      case IntegrationSnapshot.Mock _, IntegrationSnapshot.Broken _ -> null;
    };
  }

  private static String method(IntegrationSnapshot integration, Invocation invocation) {
    String configured =
        switch (integration) {
          case IntegrationSnapshot.Http backend -> backend.httpMethod();
          case IntegrationSnapshot.Service service ->
              service.action() == null ? service.httpMethod() : POST;
          default -> POST;
        };
    return configured == null ? invocation.httpMethod() : configured;
  }

  private static @Nullable String failure(Observations seen) {
    if (seen.functionError() != null) {
      return FUNCTION_ERROR;
    }
    GatewayFault brokenOff = seen.brokenOff();
    if (brokenOff != null) {
      return brokenOff.why() == FaultCause.FUNCTION_FAILED
          ? FUNCTION_ERROR
          : brokenOff.type().name();
    }
    if (seen.integrationStatus() != 0) {
      return null;
    }
    return seen.fault() == null ? OTHER : seen.fault().type().name();
  }
}
