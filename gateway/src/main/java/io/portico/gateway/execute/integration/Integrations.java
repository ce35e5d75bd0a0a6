package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.MatchedCall;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * The <b>integrations</b>: the one stage that talks to backends.
 *
 * <p>Faults: {@code INTEGRATION_TIMEOUT}, {@code INTEGRATION_FAILURE}; {@code REQUEST_TOO_LARGE}
 * for a streamed body that turns out to be; {@code API_CONFIGURATION_ERROR} for a backend that
 * cannot be called as it is configured.
 */
public final class Integrations {
  private final HttpIntegration http;
  private final LambdaIntegration lambda;
  private final ServiceIntegration services;

  /**
   * @param upstream reaches HTTP backends and AWS's services
   * @param targets reach what private integrations lead to
   * @param lambda invokes functions with credentials of the gateway's own
   * @param credentials sign the calls of AWS's other services, and of functions as somebody else
   * @param clock for those signatures
   */
  public Integrations(
      Upstream upstream,
      TargetGroups targets,
      LambdaInvoke lambda,
      SigningCredentials credentials,
      Clock clock) {
    this.http = new HttpIntegration(upstream, targets);
    this.lambda = new LambdaIntegration(lambda, credentials);
    this.services = new ServiceIntegration(upstream, credentials, clock);
  }

  /** With targets of which nothing is known but their addresses. */
  public Integrations(Upstream upstream, Credentials credentials, Clock clock) {
    this(
        upstream,
        TargetGroups.unchecked(upstream),
        new LambdaInvoke(upstream, credentials, clock),
        new SigningCredentials(upstream, credentials, clock),
        clock);
  }

  /**
   * Calls the method's backend.
   *
   * @param caller on whose behalf
   */
  public EndpointResponse call(IntegrationRequest request, MethodMatch match, Caller caller) {
    return call(
        request,
        match.method().integration(),
        match,
        caller,
        () -> LambdaProxyEvent.of(request, match));
  }

  /**
   * Calls a backend.
   *
   * @param caller on whose behalf
   * @param event what a function is told of a call that is passed on to it whole
   */
  public EndpointResponse call(
      IntegrationRequest request,
      IntegrationSnapshot integration,
      MatchedCall match,
      Caller caller,
      Supplier<byte[]> event) {
    return switch (integration) {
      case IntegrationSnapshot.Http backend ->
          BackendCall.observed(
              match.invocation(), now -> http.call(request, backend, match.invocation(), now));
      case IntegrationSnapshot.Lambda function ->
          BackendCall.observed(
              match.invocation(),
              now -> lambda.call(request, function, match, caller.iam(), event, now));
      case IntegrationSnapshot.Service service ->
          BackendCall.observed(
              match.invocation(), now -> services.call(request, service, match, caller.iam(), now));
      case IntegrationSnapshot.Mock _ -> MockIntegration.answer(request);
      case IntegrationSnapshot.Broken broken -> throw GatewayFault.misconfigured(broken.reason());
    };
  }
}
