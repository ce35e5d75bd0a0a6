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

  /**
   * The answer to a preflight, to which its headers are still to be applied. AWS: 204 is reported
   * by users.
   */
  static HttpResponse preflight(Invocation invocation) {
    return new HttpResponse(
        204, Headers.of(RouteResponses.REQUEST_ID, invocation.requestId()), Body.EMPTY);
  }

  /** The answer as the API's configuration has it. */
  static HttpResponse applied(HttpResponse answer, Invocation invocation, HttpStage stage) {
    CorsPolicy cors = stage.cors();
    if (cors == null) {
      return answer;
    }
    Headers headers =
        answer.status() == 204 && CorsPolicy.isPreflight(invocation.request())
            ? answer.headers().toBuilder().addAll(cors.preflight(invocation.request())).build()
            : cors.applied(answer.headers(), invocation.request());
    return new HttpResponse(answer.status(), headers, answer.body(), answer.completion());
  }
}
