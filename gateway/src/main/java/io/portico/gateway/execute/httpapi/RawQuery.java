package io.portico.gateway.execute.httpapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** A query as it came: what is not changed in it stays as it is written. */
final class RawQuery {
  private RawQuery() {}

  /**
   * The query without a parameter, all of its values. AWS: names are case-sensitive; documented.
   */
  static String without(String query, String name) {
    StringBuilder rest = new StringBuilder(query.length());
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (!parameter.isEmpty()
          && !decoded(equals < 0 ? parameter : parameter.substring(0, equals)).equals(name)) {
        rest.append(rest.isEmpty() ? "" : "&").append(parameter);
      }
    }
    return rest.toString();
  }

  private static String decoded(String raw) {
    try {
      return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // An escape that is none names no parameter that is mapped.
      return raw;
    }
  }
}
