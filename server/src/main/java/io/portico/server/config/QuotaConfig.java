package io.portico.server.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
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
        Mode counts,
    @Setting(
            value =
                "The same for quotas that bound a value and so change how an API behaves"
                    + " (timeouts, lengths, the payload of a call).",
            byDefault = "enforce")
        Mode values,
    @Setting(
            value =
                "The same for how often an account may ask for operations in a region"
                    + " (CreateDeployment once in 5 seconds, all together ten times a second):"
                    + " enforce answers 429 as AWS does.",
            byDefault = "off")
        Mode rates,
    @Setting(
            value =
                "Quotas that are set otherwise, each to a number, a mode, or both:"
                    + " resources=500, stages=enforce, integration-timeout=120000:enforce,"
                    + " payload-size=off. Their names are in [quotas.md](quotas.md).",
            byDefault = "",
            pattern =
                "[a-z-]{1,64}=([0-9]{1,15}(:[a-z]{1,8})?|[a-z]{1,8})"
                    + "(, ?[a-z-]{1,64}=([0-9]{1,15}(:[a-z]{1,8})?|[a-z]{1,8})){0,99}",
            allowed = "name=number, name=mode or name=number:mode, separated by commas")
        @Nullable String of) {

  private static final Pattern COMMA = Pattern.compile(", ?");

  /** What happens to what would exceed a quota. */
  public enum Mode {
    ENFORCE,
    WARN,
    OFF
  }

  /**
   * A quota that is set otherwise.
   *
   * @param quota its name, as it is written
   * @param limit null for AWS's
   * @param mode null for that of its kind
   */
  public record Other(String quota, @Nullable Long limit, @Nullable Mode mode) {}

  /**
   * The quotas that are set otherwise.
   *
   * @throws ConfigException if there is no such mode
   */
  public List<Other> others() {
    return of == null ? List.of() : COMMA.splitAsStream(of).map(QuotaConfig::other).toList();
  }

  private static Other other(String pair) {
    String[] sides = pair.split("=", 2);
    String[] parts = sides[1].split(":", 2);
    return Character.isDigit(parts[0].charAt(0))
        ? new Other(sides[0], Long.valueOf(parts[0]), parts.length > 1 ? mode(parts[1]) : null)
        : new Other(sides[0], null, mode(parts[0]));
  }

  private static Mode mode(String name) {
    return Stream.of(Mode.values())
        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(name))
        .findAny()
        .orElseThrow(() -> refused(name, "enforce, warn or off"));
  }

  /** That a part of {@code quotas.of} is not allowed. */
  public static ConfigException refused(String value, String allowed) {
    return new ConfigException(
        "quotas.of: %s: allowed is %s".formatted(ConfigValues.shown(value), allowed), null);
  }
}
