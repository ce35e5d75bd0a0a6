package io.portico.gateway.aws;

import io.portico.gateway.http.UpstreamRequest.Origin;
import java.net.URI;

/**
 * An endpoint of a service that is not AWS's own.
 *
 * @param origin where to connect
 * @param prefix the path of the endpoint, before those of its calls: empty, or begins with a slash
 *     and does not end with one
 */
public record EndpointUrl(Origin origin, String prefix) {

  /**
   * Takes an address apart.
   *
   * @param endpoint {@code http} or {@code https}; a path is kept as a prefix
   * @throws IllegalArgumentException if it is no such URL
   */
  public static EndpointUrl of(URI endpoint) {
    boolean tls = "https".equals(endpoint.getScheme());
    String host = endpoint.getHost();
    if (host == null || !(tls || "http".equals(endpoint.getScheme()))) {
      throw new IllegalArgumentException("not an http or https URL: " + endpoint);
    }
    int port = endpoint.getPort() > 0 ? endpoint.getPort() : tls ? 443 : 80;
    return new EndpointUrl(new Origin(tls, unbracketed(host), port, true), prefix(endpoint));
  }

  private static String prefix(URI endpoint) {
    String path = endpoint.getRawPath();
    return path == null || path.isEmpty() || path.equals("/")
        ? ""
        : path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The URL, without a slash at its end. */
  @Override
  public String toString() {
    return origin.url() + prefix;
  }
}
