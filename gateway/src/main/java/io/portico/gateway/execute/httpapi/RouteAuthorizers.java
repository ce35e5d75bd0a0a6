package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.httpapi.RouteAuthorization;

/** The <b>authorizers</b> of routes: who calls, and may they? The second stage. */
public final class RouteAuthorizers {

  /**
   * Who calls the route.
   *
   * @throws GatewayFault if they may not
   */
  Caller authorize(RouteMatch match) {
    return switch (match.route().authorization()) {
      case RouteAuthorization.Open _ -> Caller.ANONYMOUS;
      case RouteAuthorization.Unusable unusable ->
          throw new GatewayFault(GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR)
              .because(unusable.reason());
      case RouteAuthorization.Closed closed ->
          throw new GatewayFault(closed.refusal().type())
              .because("closed: " + closed.refusal().setting() + " is not enforced yet");
    };
  }
}
