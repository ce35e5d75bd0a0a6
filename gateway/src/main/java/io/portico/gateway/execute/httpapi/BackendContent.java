package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** A backend's content where something of it is mapped. */
final class BackendContent {
  private BackendContent() {}

  /**
   * All of it.
   *
   * @throws GatewayFault if it does not arrive, or is longer than the payload limit
   */
  static byte[] of(EndpointResponse received, RouteMatch match) {
    try {
      byte[] content =
          received.body().readAll(match.stage().payloadLimit(), received.deadlineNanos());
      match.invocation().takesApart(content);
      return content;
    } catch (BodyTooLargeException e) {
      throw GatewayFault.misconfigured(
          FaultCause.ANSWER_TOO_LONG,
          "the backend's answer is longer than " + e.limit() + " bytes");
    } catch (SocketTimeoutException e) {
      throw new GatewayFault(GatewayResponseType.INTEGRATION_TIMEOUT, FaultCause.BACKEND_TIMEOUT)
          .because(e.toString());
    } catch (IOException e) {
      throw new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE, FaultCause.BACKEND_FAILED)
          .because("the backend's answer broke off: " + e);
    }
  }
}
