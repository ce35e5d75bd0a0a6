package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.QueryString;
import java.util.Map;

/**
 * What the client sent beside the body.
 *
 * @param path the resource's path variables, not decoded, in the order of the path
 * @param query the query parameters
 * @param headers the client's headers, as the front end passes them
 */
public record RequestParameters(Map<String, String> path, QueryString query, Headers headers) {

  /** The parameters of a call with these path variables. */
  public static RequestParameters of(Invocation invocation, Map<String, String> pathVariables) {
    return new RequestParameters(
        pathVariables,
        new QueryString(invocation.request().rawQuery()),
        FrontEndHeaders.of(invocation));
  }
}
