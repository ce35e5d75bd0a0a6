package io.portico.gateway.execute;

import io.portico.gateway.aws.RequestId;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.CloudFront;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.StageSnapshot;

/**
 * The front door of the data plane: host and path to stage to pipeline. A request is answered from
 * one reading of the current snapshot.
 *
 * <p>AWS: who calls an API, a stage or a default endpoint that is not there learns only {@code
 * Forbidden}; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html.
 */
public final class DataPlane implements HttpHandler {
  private static final Body FORBIDDEN = Body.of("{\"message\":\"Forbidden\"}");

  private final CurrentSnapshot snapshot;
  private final Pipeline rest;

  /**
   * @param snapshot what is served
   * @param rest answers the calls of REST APIs
   */
  public DataPlane(CurrentSnapshot snapshot, Pipeline rest) {
    this.snapshot = snapshot;
    this.rest = rest;
  }

  /** Whether a request of a shared port is a call of an API, known or not. */
  public static boolean claims(HttpRequest request) {
    return ApiAddress.isCall(request);
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    ApiAddress address = ApiAddress.of(request);
    if (address == null) {
      return forbidden();
    }
    GatewaySnapshot current = snapshot.get();
    StageSnapshot stage = current.stage(address.apiId(), address.stageName());
    if (stage == null || stage.defaultEndpointDisabled()) {
      CloudFront cloudFront = current.cloudFront(address.apiId());
      return cloudFront == null
          ? forbidden()
          : CloudFrontHeaders.added(forbidden(), cloudFront, RequestId.cloudFront());
    }
    return rest.answer(request, address, stage, current);
  }

  private static HttpResponse forbidden() {
    return new HttpResponse(
        403,
        Headers.of(
            "Content-Type",
            "application/json",
            "x-amzn-RequestId",
            RequestId.random(),
            "x-amzn-ErrorType",
            "ForbiddenException",
            "x-amz-apigw-id",
            RequestId.extended()),
        FORBIDDEN);
  }
}
