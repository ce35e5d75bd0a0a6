package io.portico.server.config;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who hears of CloudWatch's alarms. */
public record AlarmsConfig(
    @Setting(
            value =
                "URLs that are told of alarms, by patterns of their actions' ARNs, with the wildcards"
                    + " * and ?: arn:aws:sns:*:*:pages=http://127.0.0.1:9000/alarms. The first that"
                    + " is like an action's ARN gets the message that AWS publishes, by POST. Other"
                    + " topics of SNS are published to where integrations find it (aws.endpoints,"
                    + " aws.endpoint, AWS_ENDPOINT_URL_SNS); other actions fail.",
            byDefault = "",
            pattern = "[^\\s,=]{1,300}=[^\\s,]{1,1000}(, ?[^\\s,=]{1,300}=[^\\s,]{1,1000}){0,499}",
            allowed = "ARN=URL pairs, separated by commas",
            secret = true)
        @Nullable String webhooks) {

  private static final Pattern COMMA = Pattern.compile(", ?");

  /**
   * The URLs by pattern, as it is written, in the order in which they are looked at.
   *
   * @throws ConfigException if one is no URL
   */
  public Map<String, URI> urls() {
    Map<String, URI> urls = new LinkedHashMap<>();
    if (webhooks != null) {
      COMMA
          .splitAsStream(webhooks)
          .map(pair -> pair.split("=", 2))
          .forEach(pair -> urls.put(pair[0], url(pair[0], pair[1])));
    }
    return urls;
  }

  private static URI url(String arn, String text) {
    URI url = ConfigValues.uri(text);
    if (url == null) {
      throw refused(arn + "=" + text, ConfigValues.URL);
    }
    return url;
  }

  /** That a part of {@code alarms.webhooks} is not allowed. */
  public static ConfigException refused(String value, String allowed) {
    return new ConfigException(
        "alarms.webhooks: %s: allowed is %s".formatted(ConfigValues.shown(value), allowed), null);
  }
}
