package io.portico.gateway.proxy;

import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which pages of other origins may call (cross-origin resource sharing), and how browsers are told.
 * Lists may hold {@code *}.
 *
 * @param maxAge how many seconds a browser may rely on the answer to a preflight; null for its own
 *     choice
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors">CORS</a>
 */
public record CorsPolicy(
    boolean allowCredentials,
    List<String> allowHeaders,
    List<String> allowMethods,
    List<String> allowOrigins,
    List<String> exposeHeaders,
    @Nullable Integer maxAge) {
  private static final String ANY = "*";
  private static final String ORIGIN = "Origin";
  private static final String REQUESTED_METHOD = "Access-Control-Request-Method";
  private static final String PREFIX = "access-control-";

  /** Whether a browser asks whether it may send a request. */
  public static boolean isPreflight(HttpRequest request) {
    return request.method().equals("OPTIONS")
        && request.headers().contains(ORIGIN)
        && request.headers().contains(REQUESTED_METHOD);
  }

  /** What the answer to a preflight says; nothing where the request may not be sent. */
  public Headers preflight(HttpRequest request) {
    String method = request.headers().first(REQUESTED_METHOD);
    if (!allowsOrigin(request)
        || method == null
        || !(allowMethods.contains(ANY) || allowMethods.contains(method))) {
      return Headers.empty();
    }
    Headers.Builder headers = Headers.builder();
    addOrigin(headers, request);
    headers.add("Access-Control-Allow-Methods", String.join(",", allowMethods));
    if (!allowHeaders.isEmpty()) {
      headers.add("Access-Control-Allow-Headers", String.join(",", allowHeaders));
    }
    if (maxAge != null) {
      headers.add("Access-Control-Max-Age", maxAge.toString());
    }
    return headers.build();
  }

  /**
   * An answer's headers with what this says of the request, in the place of whatever they said of
   * it. AWS: source: documented for HTTP APIs, where a backend's headers are ignored.
   */
  public Headers applied(Headers answer, HttpRequest request) {
    Headers.Builder headers = Headers.builder();
    for (Headers.Field field : answer) {
      if (!field.name().toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
        headers.addChecked(field.name(), field.value());
      }
    }
    if (allowsOrigin(request)) {
      addOrigin(headers, request);
      if (!exposeHeaders.isEmpty()) {
        headers.add("Access-Control-Expose-Headers", String.join(",", exposeHeaders));
      }
    }
    return headers.build();
  }

  private boolean allowsOrigin(HttpRequest request) {
    String origin = request.headers().first(ORIGIN);
    return origin != null
        && (allowOrigins.contains(ANY) || allowOrigins.contains(origin) || hasScheme(origin));
  }

  /**
   * AWS: {@code https://*} allows every origin that begins so; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html.
   */
  private boolean hasScheme(String origin) {
    int end = origin.indexOf("://");
    return end > 0 && allowOrigins.contains(origin.substring(0, end) + "://*");
  }

  private void addOrigin(Headers.Builder headers, HttpRequest request) {
    String origin = request.headers().first(ORIGIN);
    if (allowOrigins.contains(ANY) || origin == null) {
      headers.add("Access-Control-Allow-Origin", ANY);
    } else {
      headers.add("Access-Control-Allow-Origin", origin).add("Vary", ORIGIN);
    }
    if (allowCredentials) {
      headers.add("Access-Control-Allow-Credentials", "true");
    }
  }
}
