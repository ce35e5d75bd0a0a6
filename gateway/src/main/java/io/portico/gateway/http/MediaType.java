package io.portico.gateway.http;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What makes two texts name the same <b>media type</b>: the values of {@code Content-Type} and
 * {@code Accept}, and the types by which models and templates are configured.
 */
public final class MediaType {
  private MediaType() {}

  /** The first media type of a text, lower-case, without parameters. */
  public static String of(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != ';') {
      end++;
    }
    return text.substring(0, end).strip().toLowerCase(Locale.ROOT);
  }

  /**
   * The configured key for each media type, in the order configured.
   *
   * <p>AWS: does not describe a key with parameters; it is for the type, unless a key without is;
   * source: assumed.
   */
  public static Map<String, String> keys(Collection<String> configured) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String key : configured) {
      String type = of(key);
      if (key.indexOf(';') < 0) {
        keys.put(type, key);
      } else {
        keys.putIfAbsent(type, key);
      }
    }
    return Collections.unmodifiableMap(keys);
  }
}
