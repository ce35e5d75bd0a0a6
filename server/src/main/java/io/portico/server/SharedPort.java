package io.portico.server;

import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One port for everything. Who a request is for is told, in this order, by its Host ({@code
 * {api}.execute-api.…}), by a reserved prefix of its path, by the service in the credential scope
 * of its signature, and by its path.
 *
 * <p>So an API owns every path below its own host name, the reserved ones included; and whatever is
 * not an API's call or Portico's own is one of AWS's APIs, whose front door tells services apart.
 */
public final class SharedPort implements HttpHandler {
  /** Where Portico's own endpoints are. */
  static final String OWN_PREFIX = "/_portico";

  /** Where tools look for the health of an emulator of AWS. */
  static final String HEALTH_ALIAS = "/_localstack/health";

  private static final String API_PREFIX = "/_aws/execute-api";
  private static final String USER_REQUEST = "_user_request_";

  /** The management API's: signed as a call of an API is. */
  private static final String CONNECTIONS = "/@connections";

  private final HttpHandler dataPlane;
  private final HttpHandler controlPlane;
  private final HttpHandler ownEndpoints;

  /**
   * @param dataPlane calls of APIs
   * @param controlPlane AWS's APIs
   * @param ownEndpoints health, metrics, version
   */
  public SharedPort(HttpHandler dataPlane, HttpHandler controlPlane, HttpHandler ownEndpoints) {
    this.dataPlane = dataPlane;
    this.controlPlane = controlPlane;
    this.ownEndpoints = ownEndpoints;
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    return handlerOf(request).handle(request);
  }

  @Override
  public boolean isHeavy(HttpRequest request) {
    return handlerOf(request).isHeavy(request);
  }

  private HttpHandler handlerOf(HttpRequest request) {
    if (isApiHost(request.host())) {
      return dataPlane;
    }
    String path = request.rawPath();
    if (isBelow(path, OWN_PREFIX) || path.equals(HEALTH_ALIAS)) {
      return ownEndpoints;
    }
    if (isBelow(path, API_PREFIX) || isUserRequest(path)) {
      return dataPlane;
    }
    boolean signedCall = "execute-api".equals(SignedService.of(request));
    return signedCall && !isBelow(path, CONNECTIONS) ? dataPlane : controlPlane;
  }

  /** Whether the second label of the host is {@code execute-api}. */
  private static boolean isApiHost(String host) {
    int dot = host.indexOf('.');
    return dot > 0 && host.regionMatches(true, dot + 1, "execute-api.", 0, "execute-api.".length());
  }

  private static boolean isBelow(String path, String prefix) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }

  /** {@code /restapis/{id}/{stage}/_user_request_}, alone or with a path behind it. */
  private static boolean isUserRequest(String path) {
    if (!path.startsWith("/restapis/")) {
      return false;
    }
    List<String> segments = List.of(path.split("/", 6));
    return segments.size() > 4 && segments.get(4).equals(USER_REQUEST);
  }

  /** The service that a request's signature names. */
  private static final class SignedService {
    private static final String PARAMETER = "x-amz-credential=";

    /** From the {@code Authorization} field or the query; null where neither names one. */
    static @Nullable String of(HttpRequest request) {
      String authorization = request.headers().first("Authorization");
      if (authorization != null && authorization.startsWith("AWS4-")) {
        int credential = authorization.indexOf("Credential=");
        if (credential >= 0) {
          int end = authorization.indexOf(',', credential);
          String scope =
              authorization.substring(
                  credential + "Credential=".length(), end < 0 ? authorization.length() : end);
          return inScope(scope.strip(), "/");
        }
      }
      String query = request.rawQuery();
      if (query != null) {
        for (String parameter : query.split("&", -1)) {
          if (parameter.regionMatches(true, 0, PARAMETER, 0, PARAMETER.length())) {
            return inScope(
                parameter.substring(PARAMETER.length()).toUpperCase(Locale.ROOT), "%2F|/");
          }
        }
      }
      return null;
    }

    /** A scope is {@code key/date/region/service/aws4_request}; with SigV4a it has no region. */
    private static @Nullable String inScope(String scope, String slash) {
      String[] parts = scope.split(slash, -1);
      return parts.length < 4 ? null : parts[parts.length - 2].toLowerCase(Locale.ROOT);
    }
  }
}
