package io.portico.server.config;

import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.QuotaMode;
import io.portico.gateway.control.quota.QuotaSetting;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** AWS's quotas of what is configured. */
public record QuotaConfig(
    @Setting(
            value =
                "What happens where a quota that counts things (REST APIs, resources, stages …)"
                    + " would be exceeded: enforce refuses as AWS does, warn carries out and says"
                    + " in the log, and in an import's warnings, that AWS would not, off carries"
                    + " out.",
            byDefault = "warn")
        QuotaMode counts,
    @Setting(
            value =
                "The same for quotas that bound a value and so change how an API behaves"
                    + " (timeouts, lengths).",
            byDefault = "enforce")
        QuotaMode values,
    @Setting(
            value =
                "Quotas that are set otherwise, each to a number, a mode, or both:"
                    + " resources=500, stages=enforce, integration-timeout=120000:enforce. Their"
                    + " names are in [quotas.md](quotas.md).",
            byDefault = "",
            pattern =
                "[a-z-]{1,64}=([0-9]{1,15}(:[a-z]{1,8})?|[a-z]{1,8})"
                    + "(, ?[a-z-]{1,64}=([0-9]{1,15}(:[a-z]{1,8})?|[a-z]{1,8})){0,99}",
            allowed = "name=number, name=mode or name=number:mode, separated by commas")
        @Nullable String of) {

  private static final Pattern COMMA = Pattern.compile(", ?");

  /**
   * The quotas that are set otherwise.
   *
   * @throws ConfigException if there is no such quota or mode
   */
  public Map<Quota, QuotaSetting> others() {
    Map<Quota, QuotaSetting> others = new EnumMap<>(Quota.class);
    if (of != null) {
      COMMA
          .splitAsStream(of)
          .map(pair -> pair.split("=", 2))
          .forEach(pair -> others.put(quota(pair[0]), setting(quota(pair[0]), pair[1])));
    }
    return others;
  }

  private static Quota quota(String key) {
    return Stream.of(Quota.values())
        .filter(quota -> quota.key().equals(key))
        .findAny()
        .orElseThrow(
            () ->
                refused(
                    key,
                    Stream.of(Quota.values()).map(Quota::key).collect(Collectors.joining(", "))));
  }

  private QuotaSetting setting(Quota quota, String value) {
    String[] parts = value.split(":", 2);
    boolean number = Character.isDigit(parts[0].charAt(0));
    long limit = number ? Long.parseLong(parts[0]) : quota.standard();
    String mode = number ? (parts.length > 1 ? parts[1] : null) : parts[0];
    return new QuotaSetting(limit, mode == null ? (quota.counts() ? counts : values) : mode(mode));
  }

  private static QuotaMode mode(String name) {
    return Stream.of(QuotaMode.values())
        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(name))
        .findAny()
        .orElseThrow(() -> refused(name, "enforce, warn or off"));
  }

  private static ConfigException refused(String value, String allowed) {
    return new ConfigException(
        "quotas.of: %s: allowed is %s".formatted(ConfigValues.shown(value), allowed), null);
  }
}
