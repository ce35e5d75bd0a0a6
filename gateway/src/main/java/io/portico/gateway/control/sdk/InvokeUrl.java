package io.portico.gateway.control.sdk;

import io.portico.gateway.model.RestApiRecord;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a generated client calls a stage, unless it is told another place: at the address by which
 * the SDK was asked for, so that it works as it comes. Who reaches Portico by AWS's own names gets
 * the URL that AWS writes.
 */
public final class InvokeUrl {
  private static final String AWS_DOMAIN = ".amazonaws.com";
  private static final String PATH_FORM = "/_aws/execute-api/";

  private InvokeUrl() {}

  /**
   * @param endpoint where the caller has found this server, or empty
   */
  public static String of(String endpoint, RestApiRecord api, String stageName) {
    String host = host(endpoint);
    return host == null || host.endsWith(AWS_DOMAIN) || host.endsWith(AWS_DOMAIN + ".cn")
        ? "https://" + api.id() + ".execute-api." + api.region() + AWS_DOMAIN + "/" + stageName
        : endpoint + PATH_FORM + api.id() + "/" + stageName;
  }

  /** The host in an address, or null where it has none. */
  private static @Nullable String host(String endpoint) {
    String host = endpoint.isEmpty() ? null : URI.create(endpoint).getHost();
    return host == null ? null : host.toLowerCase(Locale.ROOT);
  }
}
