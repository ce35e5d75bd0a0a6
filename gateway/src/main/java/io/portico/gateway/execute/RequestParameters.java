package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.QueryString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the client sent beside the body.
 *
 * @param path the resource's path variables, not decoded, in the order of the path
 * @param query the query parameters
 * @param headers the client's headers, as the front end passes them
 */
public record RequestParameters(Map<String, String> path, QueryString query, Headers headers) {

  /** None at all. */
  static final RequestParameters NONE =
      new RequestParameters(Map.of(), new QueryString(null), Headers.empty());

  /** The parameters of a call with these path variables. */
  public static RequestParameters of(Invocation invocation, Map<String, String> pathVariables) {
    return new RequestParameters(
        pathVariables,
        new QueryString(split(invocation.request().rawQuery())),
        FrontEndHeaders.of(invocation));
  }

  /**
   * AWS: a semicolon that is not encoded splits the query, as an ampersand does; source:
   * documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis,
   * and reported by users, https://github.com/aws-amplify/amplify-swift/pull/4274. A backend behind
   * a proxy is sent ampersands, so that it cannot read the query in another way; which is assumed.
   */
  private static @Nullable String split(@Nullable String query) {
    return query == null ? null : query.replace(';', '&');
  }
}
