package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.Pipeline;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of a request to an HTTP API. AWS fixes it; each stage takes what it needs and returns
 * the next type.
 */
public final class HttpApiPipeline implements Pipeline<HttpStage> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpApiPipeline.class);

  private final Invocations invocations;
  private final RouteSelection routes = new RouteSelection();
  private final RouteAuthorizers authorizers;
  private final RouteThrottles throttles;
  private final RouteIntegrations integrations;
  private final RouteResponses responses = new RouteResponses();
  private final ErrorResponses errors = new ErrorResponses();
  private final Telemetry telemetry;

  /**
   * @param invocations begins each call
   * @param authorizers know who calls
   * @param throttles the token buckets
   * @param integrations reaches the backends
   * @param telemetry hears of each call
   */
  public HttpApiPipeline(
      Invocations invocations,
      RouteAuthorizers authorizers,
      RouteThrottles throttles,
      RouteIntegrations integrations,
      Telemetry telemetry) {
    this.invocations = invocations;
    this.authorizers = authorizers;
    this.throttles = throttles;
    this.integrations = integrations;
    this.telemetry = telemetry;
  }

  @Override
  public HttpResponse answer(
      HttpRequest request, ApiAddress address, HttpStage stage, GatewaySnapshot snapshot) {
    Invocation invocation = invocations.beginHttp(request, address, stage, snapshot);
    Telemetry.Observed observed = telemetry.began(invocation);
    return observed.answered(answering(invocation, stage));
  }

  private HttpResponse invoke(Invocation invocation, HttpStage stage) {
    RouteMatch match = routes.select(invocation, stage);
    if (CorsResponses.answersPreflight(invocation, stage, match)) {
      return CorsResponses.preflight(invocation, stage);
    }
    if (match == null) {
      throw ErrorResponses.notFound("no route for " + invocation.httpMethod());
    }
    invocation.observations().routed(match);
    Caller caller = authorizers.authorize(match);
    throttles.admit(match);
    EndpointResponse endpoint = integrations.call(match, caller);
    return CorsResponses.applied(responses.finish(endpoint, match), invocation, stage);
  }

  /** The one place where a failure is caught; a fault's answer may fail by a bug as well. */
  private HttpResponse answering(Invocation invocation, HttpStage stage) {
    try {
      return answeringFaults(invocation, stage);
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.error("request {} failed in the gateway", invocation.requestId(), bug);
      invocation.observations().trail().refused(FaultCause.GATEWAY_FAILED, bug.toString());
      return errors.bare(invocation);
    }
  }

  private HttpResponse answeringFaults(Invocation invocation, HttpStage stage) {
    try {
      return invoke(invocation, stage);
    } catch (GatewayFault fault) {
      return CorsResponses.applied(refused(fault, invocation), invocation, stage);
    }
  }

  private HttpResponse refused(GatewayFault thrown, Invocation invocation) {
    GatewayFault fault = ErrorResponses.told(thrown);
    invocation.observations().failed(fault);
    if (fault.type() == GatewayResponseType.API_CONFIGURATION_ERROR) {
      LOG.warn(
          "request {} to stage {} of API {}: {}",
          invocation.requestId(),
          invocation.stage().stageName(),
          invocation.stage().apiId(),
          fault.reason());
    } else {
      LOG.debug("request {}: {} {}", invocation.requestId(), fault.type(), fault.reason());
    }
    return errors.render(fault, invocation);
  }
}
