package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Clock;

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
   * @param credentials sign the calls of functions and of AWS's services
   * @param clock for those signatures
   */
  public Integrations(Upstream upstream, Credentials credentials, Clock clock) {
    this.http = new HttpIntegration(upstream);
    this.lambda = new LambdaIntegration(new LambdaInvoke(upstream, credentials, clock));
    this.services = new ServiceIntegration(upstream, credentials, clock);
  }

  /**
   * Calls the method's backend.
   *
   * @param caller on whose behalf
   */
  public EndpointResponse call(IntegrationRequest request, MethodMatch match, Caller caller) {
    return switch (match.method().integration()) {
      case IntegrationSnapshot.Http backend ->
          observed(match, now -> http.call(request, backend, match.invocation(), now));
      case IntegrationSnapshot.Lambda function ->
          observed(match, now -> lambda.call(request, function, match, now));
      case IntegrationSnapshot.Service service ->
          observed(match, now -> services.call(request, service, match, caller.iam(), now));
      case IntegrationSnapshot.Mock _ -> MockIntegration.answer(request);
      case IntegrationSnapshot.Broken broken -> throw GatewayFault.misconfigured(broken.reason());
    };
  }

  /** A call that leaves the gateway. */
  private interface BackendCall {
    EndpointResponse run(long now) throws IOException;
  }

  private static EndpointResponse observed(MethodMatch match, BackendCall call) {
    Observations observations = match.invocation().observations();
    long start = System.nanoTime();
    observations.integrationStarted(start);
    int status = 0;
    try {
      EndpointResponse response = call.run(start);
      status = response.status();
      observations.endpointSaid(response.headers());
      AccessLog log = match.stage().accessLog();
      return log != null && log.timesContent()
          ? FirstContent.observed(response, observations)
          : response;
    } catch (UpstreamException e) {
      throw fault(e, match);
    } catch (BodyTooLargeException e) {
      throw GatewayFault.misconfigured("the backend's answer is too long: " + e.getMessage());
    } catch (SocketTimeoutException e) {
      throw new GatewayFault(GatewayResponseType.INTEGRATION_TIMEOUT).because(e.toString());
    } catch (IOException e) {
      throw new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE).because(e.toString());
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
  private static GatewayFault fault(UpstreamException e, MethodMatch match) {
    GatewayFault fault =
        switch (e.reason()) {
          // AWS: source: recorded, facts TIN-06.
          case UNKNOWN_HOST ->
              new GatewayFault(GatewayResponseType.API_CONFIGURATION_ERROR)
                  .telling("Invalid endpoint address");
          case TLS_FAILED -> new GatewayFault(GatewayResponseType.API_CONFIGURATION_ERROR);
          case TIMEOUT -> new GatewayFault(GatewayResponseType.INTEGRATION_TIMEOUT);
          case REQUEST_TOO_LARGE -> GatewayFault.tooLong(match.stage().payloadLimit());
          case CONNECT_FAILED, CONNECTION_LOST, INVALID_RESPONSE, CANCELLED, OVERLOADED ->
              new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE);
        };
    return fault.because(e.reason() + ": " + e.getMessage());
  }
}
