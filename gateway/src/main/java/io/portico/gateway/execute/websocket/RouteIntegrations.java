package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.ConnectionEvent;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.snapshot.ContentHandling;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.websocket.WebSocketIntegration;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;

/** Calls what a route calls: mapped there and back. */
final class RouteIntegrations {
  private final Integrations integrations;

  RouteIntegrations(Integrations integrations) {
    this.integrations = integrations;
  }

  /** What came of it; a success without content where the route calls nothing. */
  RouteAnswer call(MethodRequest request, WebSocketCall call, Caller caller) {
    WebSocketRoute route = call.route();
    WebSocketIntegration integration = route == null ? null : route.integration();
    if (route == null || integration == null) {
      return RouteAnswer.NONE;
    }
    call.invocation().observations().handedOn();
    IntegrationRequest outbound = EventRequests.map(request, integration, call);
    EndpointResponse endpoint =
        integrations.call(
            outbound,
            integration.backend(),
            call,
            caller,
            () -> FunctionEvent.of(request, handling(integration.backend()), call));
    boolean told = route.twoWay() || call.event().type() == ConnectionEvent.Type.CONNECT;
    return EventResponses.read(endpoint, request, integration, told, call);
  }

  private static ContentHandling handling(IntegrationSnapshot backend) {
    return backend instanceof IntegrationSnapshot.Lambda lambda
        ? lambda.request().contentHandling()
        : ContentHandling.PASSTHROUGH;
  }
}
