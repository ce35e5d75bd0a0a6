package io.portico.gateway.execute;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import java.util.List;

/**
 * {@code X-HTTP-Method-Override}: the client's word for the method that is called.
 *
 * <p>AWS: it overrides the request's own, and a backend is sent it only where the integration
 * request adds it; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis.
 * The page names no methods, so that any may be overridden by any. That the field is left out of a
 * function's event as well, and that one which is there twice names no method, is assumed.
 */
public final class MethodOverride {
  public static final String HEADER = "X-HTTP-Method-Override";

  private MethodOverride() {}

  /** The headers but for it; the same where there is none. */
  public static Headers without(Headers headers) {
    return headers.contains(HEADER) ? headers.toBuilder().remove(HEADER).build() : headers;
  }

  /**
   * The method that a request calls. Of one that overrides its own this is what it says, be it a
   * method or not.
   */
  static String method(HttpRequest request) {
    Headers headers = request.headers();
    if (!headers.contains(HEADER)) {
      return request.method();
    }
    List<String> said = headers.all(HEADER);
    return said.size() == 1 ? said.getFirst().strip() : String.join(",", said);
  }
}
