package io.portico.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Header fields for whoever takes OTLP, written as {@code OTEL_EXPORTER_OTLP_HEADERS} has them:
 * {@code name=value} pairs. Most are keys: its text shows none.
 *
 * @see <a
 *     href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/#specifying-headers-via-environment-variables">Headers
 *     of OTLP exporters</a>
 */
public final class OtlpHeaders {
  private static final int LONGEST = 8_192;
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\t\\P{Cc}]*");

  /** What the request itself says. */
  private static final Set<String> NOT_ALLOWED =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final Map<String, String> values;

  private OtlpHeaders(Map<String, String> values) {
    this.values = values;
  }

  /** The fields of a text, or null where it is none. */
  static @Nullable OtlpHeaders of(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>(NOT_ALLOWED);
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      String name = pair.substring(0, Math.max(equals, 0)).strip();
      String value = decoded(pair.substring(equals + 1).strip());
      if (!NAME.matcher(name).matches()
          || !taken.add(name.toLowerCase(Locale.ROOT))
          || value == null
          || !VALUE.matcher(value).matches()) {
        return null;
      }
      values.put(name, value.strip());
    }
    return new OtlpHeaders(Collections.unmodifiableMap(values));
  }

  /** A plus sign is one: values are those of a URL, not of a form. */
  private static @Nullable String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** The values by name, decoded; none where nothing is configured. */
  public static Map<String, String> values(@Nullable OtlpHeaders configured) {
    return configured == null ? Map.of() : configured.values;
  }

  @Override
  public String toString() {
    return ConfigPrinter.SECRET;
  }
}
