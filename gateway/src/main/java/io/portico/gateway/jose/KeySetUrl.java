package io.portico.gateway.jose;

import io.portico.gateway.http.UpstreamRequest.Origin;
import java.net.URI;

/**
 * Where an issuer publishes its keys.
 *
 * @param origin where to connect
 * @param target raw path and query
 */
public record KeySetUrl(Origin origin, String target) {

  /**
   * Takes a URL apart.
   *
   * @throws IllegalArgumentException if it is neither {@code https} nor {@code http}
   */
  public static KeySetUrl of(URI url) {
    boolean tls = "https".equals(url.getScheme());
    String host = url.getHost();
    if (host == null || !(tls || "http".equals(url.getScheme()))) {
      throw new IllegalArgumentException("not an http or https URL: " + url);
    }
    int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return new KeySetUrl(
        new Origin(tls, unbracketed(host), port, true),
        url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public String toString() {
    return (origin.tls() ? "https://" : "http://") + origin.authority() + target;
  }
}
