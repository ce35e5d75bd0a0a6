package io.portico.gateway.control.sdk;

import io.portico.gateway.model.RestApiRecord;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a generated client calls a stage, unless it is told another place: at the address by which
 * the SDK was asked for, so that it works as it comes. Who reaches Portico by AWS's own names gets
 * the URL that AWS writes.
 */
public final class InvokeUrl {
  private static final String AWS_DOMAIN = ".amazonaws.com";
  private static final String PATH_FORM = "/_aws/execute-api/";

  /** Names with underscores, which containers have, are no hosts of URIs, but they are called. */
  private static final Pattern ADDRESS =
      Pattern.compile("https?://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]+)?");

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

  /** The host in an address, or null where it is none: callers may claim any. */
  private static @Nullable String host(String endpoint) {
    Matcher address = ADDRESS.matcher(endpoint);
    return address.matches() ? address.group(1).toLowerCase(Locale.ROOT) : null;
  }
}
