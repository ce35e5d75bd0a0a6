package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import java.util.Map;

/**
 * What the client sent beside the body.
 *
 * @param path the resource's path variables, not decoded, in the order of the path
 * @param query the query parameters
 * @param headers the client's headers without those the front end keeps for itself
 */
public record RequestParameters(Map<String, String> path, QueryString query, Headers headers) {

  /** The parameters of a request with these path variables. */
  public static RequestParameters of(HttpRequest request, Map<String, String> pathVariables) {
    return new RequestParameters(
        pathVariables,
        new QueryString(request.rawQuery()),
        FrontEndHeaders.stripped(request.headers()));
  }
}
