package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.proxy.CorsPolicy;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import io.portico.gateway.snapshot.httpapi.RouteAuthorization;
import org.jspecify.annotations.Nullable;

/**
 * What an API's <b>CORS configuration</b> makes of answers.
 *
 * <p>AWS: preflights are answered although there is no route for them, and what backends say of
 * CORS is ignored; a route that is not open takes preflights as it takes all else: source:
 * documented, see below, of {@code $default} with an authorizer. That what the gateway itself
 * refuses may be read by those pages as well is assumed.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html">
 *     Configure CORS for HTTP APIs</a>
 */
final class CorsResponses {
  private CorsResponses() {}

  /**
   * Whether a call is a preflight that the API's configuration answers.
   *
   * @param match what it reached, or null where that is nothing
   */
  static boolean answersPreflight(
      Invocation invocation, HttpStage stage, @Nullable RouteMatch match) {
    return stage.cors() != null
        && CorsPolicy.isPreflight(invocation.request())
        && (match == null || match.route().authorization() instanceof RouteAuthorization.Open);
  }

  /** The answer to a preflight. AWS: 204 is reported by users. */
  static HttpResponse preflight(Invocation invocation, HttpStage stage) {
    CorsPolicy cors = stage.cors();
    Headers allowed = cors == null ? Headers.empty() : cors.preflight(invocation.request());
    return new HttpResponse(
        204,
        allowed.toBuilder().add(RouteResponses.REQUEST_ID, invocation.requestId()).build(),
        Body.EMPTY);
  }

  /** An answer as the API's configuration has it. */
  static HttpResponse applied(HttpResponse answer, Invocation invocation, HttpStage stage) {
    CorsPolicy cors = stage.cors();
    return cors == null
        ? answer
        : new HttpResponse(
            answer.status(),
            cors.applied(answer.headers(), invocation.request()),
            answer.body(),
            answer.completion());
  }
}
