package io.portico.gateway.compile.httpapi;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Headers that parameter mappings of HTTP APIs leave alone.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html">Reserved
 *     headers</a>
 */
public final class ReservedHeaders {
  private static final Set<String> NAMES =
      Set.of(
          "authorization",
          "connection",
          "content-encoding",
          "content-length",
          "content-location",
          "forwarded",
          "keep-alive",
          "origin",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailers",
          "transfer-encoding",
          "upgrade",
          "x-forwarded-for",
          "x-forwarded-host",
          "x-forwarded-proto",
          "via");

  private static final List<String> PREFIXES =
      List.of("access-control-", "apigw-", "x-amz-", "x-amzn-");

  private ReservedHeaders() {}

  /** Whether a header, whatever its casing, is one of them. */
  public static boolean has(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
  }
}
