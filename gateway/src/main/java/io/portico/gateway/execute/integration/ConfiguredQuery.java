package io.portico.gateway.execute.integration;

import io.portico.gateway.snapshot.UriTemplate;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The query of an integration's address, its variables filled in. */
public final class ConfiguredQuery {
  /** RFC 3986: what may stand in a query as it is, less what parts parameters; escapes are kept. */
  private static final String PLAIN = "-._~!$'()*,:@/?%";

  private ConfiguredQuery() {}

  /**
   * The query, raw, without {@code ?}: each value is one value still, though more characters have a
   * meaning here than in a path.
   *
   * @param values by name, ready to stand in a path
   */
  public static String of(UriTemplate query, Map<String, String> values) {
    return query.expand(values, ConfiguredQuery::encoded);
  }

  private static String encoded(String value) {
    StringBuilder encoded = new StringBuilder(value.length());
    value
        .codePoints()
        .forEach(
            c -> {
              String text = Character.toString(c);
              boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
              encoded.append(plain ? text : URLEncoder.encode(text, StandardCharsets.UTF_8));
            });
    return encoded.toString().replace("+", "%20");
  }
}
