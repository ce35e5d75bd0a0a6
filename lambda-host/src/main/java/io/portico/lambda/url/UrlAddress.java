package io.portico.lambda.url;

import io.portico.gateway.http.HttpRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which function URL a request calls, read from its host or, on a host that is nobody's, from its
 * path.
 *
 * <ul>
 *   <li>{@code {id}.lambda-url.{region}.localhost/…}, with any other domain behind {@code
 *       lambda-url} too
 *   <li>{@code /_aws/lambda-url/{id}/…}
 * </ul>
 *
 * @param urlId lower-case where a host names it, else as it stands in the path; may be unknown
 * @param path what the function sees as the path; begins with a slash
 * @param domainName the host that was called, without port
 */
record UrlAddress(String urlId, String path, String domainName) {
  private static final String URL_LABEL = "lambda-url.";
  private static final String PATH_FORM = "/_aws/lambda-url/";

  /** Whether the request calls a function URL at all; reads nothing but host and path. */
  static boolean isCall(HttpRequest request) {
    return isUrlHost(request.host()) || request.target().startsWith(PATH_FORM);
  }

  /** The URL that is called, or null where the request calls none. */
  static @Nullable UrlAddress of(HttpRequest request) {
    String host = request.host();
    String path = request.rawPath();
    if (isUrlHost(host)) {
      String urlId = host.substring(0, host.indexOf('.')).toLowerCase(Locale.ROOT);
      return new UrlAddress(urlId, path.isEmpty() ? "/" : path, withoutPort(host));
    }
    if (!path.startsWith(PATH_FORM)) {
      return null;
    }
    int slash = path.indexOf('/', PATH_FORM.length());
    return slash < 0
        ? new UrlAddress(path.substring(PATH_FORM.length()), "/", withoutPort(host))
        : new UrlAddress(
            path.substring(PATH_FORM.length(), slash), path.substring(slash), withoutPort(host));
  }

  static boolean isUrlHost(String host) {
    int dot = host.indexOf('.');
    return dot > 0 && host.regionMatches(true, dot + 1, URL_LABEL, 0, URL_LABEL.length());
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }
}
