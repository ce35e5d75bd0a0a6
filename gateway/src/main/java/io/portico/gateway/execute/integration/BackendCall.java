package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.io.IOException;
import java.net.SocketTimeoutException;

/**
 * A call that leaves the gateway.
 *
 * <p>Faults: {@code INTEGRATION_TIMEOUT}, {@code INTEGRATION_FAILURE}; {@code REQUEST_TOO_LARGE}
 * for a streamed body that turns out to be; {@code API_CONFIGURATION_ERROR} for a backend that
 * cannot be called as it is configured.
 */
@FunctionalInterface
public interface BackendCall {

  /**
   * Calls.
   *
   * @param now a recent {@link System#nanoTime}
   */
  EndpointResponse run(long now) throws IOException;

  /**
   * Makes a call of which the invocation's observations are told.
   *
   * @throws GatewayFault if there is no answer
   */
  static EndpointResponse observed(Invocation invocation, BackendCall call) {
    Observations observations = invocation.observations();
    long start = System.nanoTime();
    observations.integrationStarted(start);
    int status = 0;
    try {
      EndpointResponse response = call.run(start);
      status = response.status();
      observations.endpointSaid(response.headers());
      observations.trail().endpointAnswered(response);
      AccessLog log = invocation.stage().accessLog();
      return log != null && log.timesContent()
          ? FirstContent.observed(response, observations)
          : response;
    } catch (UpstreamException e) {
      throw fault(e, invocation);
    } catch (BodyTooLargeException e) {
      throw GatewayFault.misconfigured(
          FaultCause.ANSWER_TOO_LONG,
          "the backend's answer is longer than " + e.limit() + " bytes");
    } catch (RoleNotAssumedException e) {
      throw e.isLate()
          ? new GatewayFault(GatewayResponseType.INTEGRATION_TIMEOUT, FaultCause.ROLE_NOT_ASSUMED)
              .because(String.valueOf(e.getMessage()))
          : GatewayFault.misconfigured(
              FaultCause.ROLE_NOT_ASSUMED, e.told(), String.valueOf(e.getMessage()));
    } catch (SocketTimeoutException e) {
      throw new GatewayFault(GatewayResponseType.INTEGRATION_TIMEOUT, FaultCause.BACKEND_TIMEOUT)
          .because("the backend's answer: " + e.getMessage());
    } catch (IOException e) {
      throw new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE, FaultCause.BACKEND_FAILED)
          .because("the backend's answer broke off: " + e);
    } finally {
      observations.integrationEnded(status, System.nanoTime());
    }
  }

  /**
   * AWS: an address that leads nowhere and a certificate that is not trusted are errors of the
   * configuration; a network that fails is one of the integration. Source: recorded, facts TIN-06;
   * documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html.
   */
  private static GatewayFault fault(UpstreamException e, Invocation invocation) {
    GatewayFault fault =
        switch (e.reason()) {
          // AWS: source: recorded, facts TIN-06.
          case UNKNOWN_HOST ->
              new GatewayFault(
                      GatewayResponseType.API_CONFIGURATION_ERROR, FaultCause.BACKEND_UNKNOWN_HOST)
                  .telling("Invalid endpoint address");
          case TLS_FAILED ->
              new GatewayFault(GatewayResponseType.API_CONFIGURATION_ERROR, FaultCause.BACKEND_TLS)
                  .telling(TlsFailure.told(e));
          case TIMEOUT, CONNECT_TIMEOUT ->
              new GatewayFault(GatewayResponseType.INTEGRATION_TIMEOUT, FaultCause.BACKEND_TIMEOUT);
          case REQUEST_TOO_LARGE -> GatewayFault.tooLong(invocation.stage().payloadLimit());
          case CONNECT_FAILED,
              CONNECTION_LOST,
              LOST_AND_UNREACHED,
              INVALID_RESPONSE,
              CANCELLED,
              OVERLOADED ->
              new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE, failure(e));
        };
    return fault.because(
        e.reason()
            + ": "
            + (e.reason() == UpstreamException.Reason.TLS_FAILED
                ? TlsFailure.explained(e)
                : e.getMessage()));
  }

  /** Why there is no answer, or no more of it, where it is no error of the configuration. */
  static FaultCause failure(UpstreamException e) {
    return switch (e.reason()) {
      case OVERLOADED -> FaultCause.BACKEND_OVERLOADED;
      case CANCELLED -> FaultCause.CLIENT_GONE;
      default -> FaultCause.BACKEND_FAILED;
    };
  }
}
