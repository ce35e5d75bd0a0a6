package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.HeaderNames;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.QueryString;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values as the execution log shows them: maps as Java prints them (recorded, facts TIN-03),
 * secrets hidden, long texts cut off.
 */
final class LoggedValues {
  /**
   * AWS: source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html. That what
   * names the event counts, and how it ends, is in logs that users have published.
   */
  private static final int MOST_BYTES = 1024;

  private static final String CUT_OFF = " [TRUNCATED]";

  /**
   * AWS: authorization and API keys; source: documented, see above. It shows the beginning of a
   * session's token; what is shown here would be Portico's own.
   */
  private static final HeaderNames SECRET =
      HeaderNames.of("Authorization", "X-Amz-Security-Token", "x-api-key");

  /** What a call signed by its query has there: secret as in headers, which is assumed. */
  private static final HeaderNames SECRET_PARAMETERS =
      HeaderNames.of("X-Amz-Security-Token", "X-Amz-Signature");

  private static final Pattern SECRET_IN_URI =
      Pattern.compile(
          "([?&](?:X-Amz-Security-Token|X-Amz-Signature)=)([^&#]*)", Pattern.CASE_INSENSITIVE);

  /** AWS: how much of a secret is shown; source: logs that users have published. */
  private static final int SHOWN = 6;

  private LoggedValues() {}

  /** Several values of one name, in any casing, are joined by commas, which is assumed. */
  static String headers(Headers headers) {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, String> casings = new LinkedHashMap<>();
    for (Headers.Field field : headers) {
      String name =
          casings.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), any -> field.name());
      String value = SECRET.contains(name) ? masked(field.value()) : field.value();
      texts.merge(name, value, (before, next) -> before + "," + next);
    }
    return texts.toString();
  }

  /** As {@link #headers}. */
  static String query(QueryString query) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> parameter : query.asMap().entrySet()) {
      String value = String.join(",", parameter.getValue());
      texts.put(
          parameter.getKey(),
          SECRET_PARAMETERS.contains(parameter.getKey()) ? masked(value) : value);
    }
    return texts.toString();
  }

  /** A URI whose query may have secrets. */
  static String uri(String uri) {
    return SECRET_IN_URI
        .matcher(uri)
        .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + masked(found.group(2))));
  }

  /**
   * Content as text, as far as an event shows it behind what it is called: a body of megabytes is
   * not decoded for a kilobyte. AWS: what of one that is no UTF-8 is not known; what is none
   * becomes U+FFFD.
   */
  static String content(byte[] content) {
    return new String(content, 0, Math.min(content.length, MOST_BYTES), StandardCharsets.UTF_8);
  }

  /** An event that is not too long; no character is cut in two. */
  static String shortened(String text) {
    if (text.length() <= MOST_BYTES / 3) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MOST_BYTES) {
      return text;
    }
    int end = MOST_BYTES;
    while (isContinuation(bytes[end])) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8) + CUT_OFF;
  }

  /** A secret that is short is not shown at all. */
  static String masked(String secret) {
    int shown = secret.length() > 2 * SHOWN ? SHOWN : 0;
    int hidden = secret.length() - shown;
    return "*".repeat(hidden) + secret.substring(hidden);
  }

  /**
   * Who calls, as an authorizer's log shows him. AWS: {@code allow} is shown as {@code ***ow} and
   * {@code user} as {@code **er}; source: logs that users have published. That of longer ones six
   * characters are shown is, too; how many of others is inferred.
   */
  static String hinted(String identity) {
    int hidden = identity.length() - Math.min(SHOWN, identity.length() / 2);
    return "*".repeat(hidden) + identity.substring(hidden);
  }

  private static boolean isContinuation(byte octet) {
    return (octet & 0xc0) == 0x80;
  }
}
