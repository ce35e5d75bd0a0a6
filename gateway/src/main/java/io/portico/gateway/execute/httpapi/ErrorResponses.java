package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.GatewayResponseType;

/**
 * Renders failures, which nobody customises in HTTP APIs: the status in words, as JSON.
 *
 * <p>AWS: {@code Not Found}, {@code Unauthorized}, {@code Forbidden} and {@code Internal Server
 * Error} are documented, among others in
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html and
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html;
 * {@code Service Unavailable} for backends that do not answer, {@code Too Many Requests} and {@code
 * Request Entity Too Large} are reported by users.
 */
final class ErrorResponses {
  private static final String JSON = "application/json";

  /** There is no such route. */
  static GatewayFault notFound(String reason) {
    return new GatewayFault(GatewayResponseType.RESOURCE_NOT_FOUND, FaultCause.NO_ROUTE, text(404))
        .because(reason);
  }

  /** A fault as an HTTP API tells of it: {@code $context.error.message}. */
  static GatewayFault told(GatewayFault thrown) {
    int status = status(thrown);
    GatewayFault told =
        new GatewayFault(thrown.type(), thrown.why(), text(status))
            .withStatus(status)
            .because(thrown.reason());
    return thrown.challenge() == null ? told : told.challenging(thrown.challenge());
  }

  HttpResponse render(GatewayFault fault, Invocation invocation) {
    HttpResponse answer = of(status(fault), invocation);
    String challenge = fault.challenge();
    return challenge == null
        ? answer
        : new HttpResponse(
            answer.status(),
            answer.headers().toBuilder().add("www-authenticate", challenge).build(),
            answer.body());
  }

  /** An answer for a bug of ours: nothing of it is told. */
  HttpResponse bare(Invocation invocation) {
    return of(500, invocation);
  }

  private static HttpResponse of(int status, Invocation invocation) {
    return new HttpResponse(
        status,
        Headers.of("Content-Type", JSON, RouteResponses.REQUEST_ID, invocation.requestId()),
        Body.of("{\"message\":\"" + text(status) + "\"}"));
  }

  /**
   * AWS: a backend that is too slow or cannot be reached is a service that is not available:
   * source: reported by users. What is wrong with the configuration stays an error of the server.
   */
  private static int status(GatewayFault fault) {
    return switch (fault.type()) {
      case RESOURCE_NOT_FOUND -> 404;
      case INTEGRATION_FAILURE, INTEGRATION_TIMEOUT -> 503;
      case API_CONFIGURATION_ERROR,
          AUTHORIZER_CONFIGURATION_ERROR,
          AUTHORIZER_FAILURE,
          DEFAULT_5XX ->
          500;
      case UNAUTHORIZED -> 401;
      case ACCESS_DENIED,
          EXPIRED_TOKEN,
          INVALID_API_KEY,
          INVALID_SIGNATURE,
          MISSING_AUTHENTICATION_TOKEN,
          WAF_FILTERED ->
          403;
      case QUOTA_EXCEEDED, THROTTLED -> 429;
      case REQUEST_TOO_LARGE -> 413;
      case BAD_REQUEST_BODY, BAD_REQUEST_PARAMETERS, DEFAULT_4XX, UNSUPPORTED_MEDIA_TYPE -> 400;
    };
  }

  private static String text(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 413 -> "Request Entity Too Large";
      case 429 -> "Too Many Requests";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
