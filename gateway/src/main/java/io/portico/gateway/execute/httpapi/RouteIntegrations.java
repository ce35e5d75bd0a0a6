package io.portico.gateway.execute.httpapi;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.integration.BackendCall;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.integration.SigningCredentials;
import io.portico.gateway.execute.integration.TargetGroups;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.snapshot.httpapi.RouteIntegration;
import java.time.Clock;

/** The <b>integrations</b> of routes: the one stage that talks to backends. */
public final class RouteIntegrations {
  private final HttpProxyIntegration http;
  private final LambdaProxyIntegration lambda;
  private final ServiceActionIntegration services;

  /**
   * @param upstream reaches HTTP backends and AWS's services
   * @param targets reach what private integrations lead to
   * @param lambda invokes functions with credentials of the gateway's own
   * @param credentials sign the calls of AWS's other services, and of functions as somebody else
   * @param clock for those signatures
   */
  public RouteIntegrations(
      Upstream upstream,
      TargetGroups targets,
      LambdaInvoke lambda,
      SigningCredentials credentials,
      Clock clock) {
    this.http = new HttpProxyIntegration(upstream, targets);
    this.lambda = new LambdaProxyIntegration(lambda, credentials);
    this.services = new ServiceActionIntegration(upstream, credentials, clock);
  }

  /** With targets of which nothing is known but their addresses. */
  public RouteIntegrations(Upstream upstream, Credentials credentials, Clock clock) {
    this(
        upstream,
        TargetGroups.unchecked(upstream),
        new LambdaInvoke(upstream, credentials, clock),
        new SigningCredentials(upstream, credentials, clock),
        clock);
  }

  /**
   * Calls the route's backend.
   *
   * @param caller on whose behalf
   * @throws GatewayFault if there is no answer, or none that can be sent on
   */
  EndpointResponse call(RouteMatch match, Caller caller) {
    return switch (match.route().integration()) {
      case RouteIntegration.HttpProxy backend ->
          BackendCall.observed(match.invocation(), now -> http.call(backend, match, now));
      case RouteIntegration.PrivateProxy backend ->
          BackendCall.observed(match.invocation(), now -> http.call(backend, match, now));
      case RouteIntegration.LambdaProxy function ->
          BackendCall.observed(match.invocation(), _ -> lambda.call(function, match, caller.iam()));
      case RouteIntegration.ServiceAction action ->
          BackendCall.observed(match.invocation(), _ -> services.call(action, match, caller.iam()));
      case RouteIntegration.Broken broken -> throw GatewayFault.misconfigured(broken.reason());
    };
  }
}
