package io.portico.gateway.control.v2;

import io.portico.gateway.model.v2.ApiRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of an API, to which stages' names are appended.
 *
 * <p>AWS: {@code https://{api}.execute-api.{region}.amazonaws.com}, which leads to AWS. Who reaches
 * Portico by AWS's own names gets that; anybody else a name below {@code localhost}, by the scheme
 * and port by which he has come, so that it leads here.
 */
final class ApiEndpoint {
  private static final Pattern ADDRESS =
      Pattern.compile("(https?)://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]+)?");
  private static final Pattern OF_AWS = Pattern.compile("(?i).*\\.amazonaws\\.com(\\.cn)?");

  private ApiEndpoint() {}

  /**
   * @param reached where the caller has found this server, or empty
   */
  static String of(String reached, ApiRecord api) {
    Matcher address = ADDRESS.matcher(reached);
    boolean local = address.matches() && !OF_AWS.matcher(address.group(2)).matches();
    boolean plain = local && address.group(1).equals("http");
    String scheme = (api.isHttp() ? "http" : "ws") + (plain ? "" : "s");
    String port = local && address.group(3) != null ? address.group(3) : "";
    return scheme
        + "://"
        + api.apiId()
        + ".execute-api."
        + api.region()
        + (local ? ".localhost" + port : ".amazonaws.com");
  }
}
