package io.portico.server.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of every key and where it comes from, and the record tree made of it. */
public final class ConfigValues {
  /** What an endpoint's URL is, to be read after "allowed is". */
  public static final String URL =
      "a URL that begins with http:// or https://, without user, query and fragment";

  private static final int MOST_PORT = 65_535;
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,15})(ms|s|m|h)");

  private final Map<String, Value> values;

  ConfigValues(Map<String, Value> values) {
    this.values = new LinkedHashMap<>(values);
  }

  /**
   * A key's value as text.
   *
   * @param text as it was written
   * @param origin where: {@code default}, a file, a variable or a flag
   */
  public record Value(String text, String origin) {}

  /** Every key in the order of the tree. */
  public Map<String, Value> all() {
    return Map.copyOf(values);
  }

  public Value get(ConfigKey key) {
    Value value = values.get(key.name());
    if (value == null) {
      throw new IllegalStateException(key.name() + " has no value");
    }
    return value;
  }

  /**
   * The record tree.
   *
   * @throws ConfigException for the first value that is not allowed
   */
  public GatewayConfig config() {
    return (GatewayConfig) build(GatewayConfig.class, "");
  }

  private Object build(Class<?> type, String prefix) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      String name = prefix + ConfigKey.kebab(components[i].getName());
      Setting setting = components[i].getAnnotation(Setting.class);
      arguments[i] =
          setting == null
              ? build(types[i], name + ".")
              : parsed(new ConfigKey(name, types[i], setting));
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getSimpleName() + " cannot be made", e);
    }
  }

  private @Nullable Object parsed(ConfigKey key) {
    Value value = get(key);
    boolean optional = key.setting().byDefault().isEmpty();
    if (optional && value.text().isEmpty()) {
      return null;
    }
    Object parsed = parse(key, value.text());
    if (parsed == null) {
      throw new ConfigException(
          "%s: %s from %s: allowed is %s"
              .formatted(
                  key.name(),
                  key.setting().secret() ? "the value" : shown(value.text()),
                  value.origin(),
                  key.allowed()),
          null);
    }
    return parsed;
  }

  /** The value, or null where the text is not allowed. */
  private static @Nullable Object parse(ConfigKey key, String text) {
    Setting setting = key.setting();
    Class<?> type = key.type();
    if (key.isTruth()) {
      return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
    }
    if (type == int.class || type == Integer.class) {
      Long number = number(text, setting);
      return number == null ? null : Math.toIntExact(number);
    }
    if (type == long.class) {
      return number(text, setting);
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (constant.toString().toLowerCase(Locale.ROOT).equals(text)) {
          return constant;
        }
      }
      return null;
    }
    if (type == Duration.class) {
      return duration(text, setting);
    }
    if (type == Path.class) {
      return path(text);
    }
    if (type == URI.class) {
      return uri(text);
    }
    if (type == OtlpHeaders.class) {
      return OtlpHeaders.of(text);
    }
    return Pattern.matches(setting.pattern(), text) ? text : null;
  }

  private static @Nullable Long number(String text, Setting setting) {
    if (!Pattern.matches("-?[0-9]{1,18}", text)) {
      return null;
    }
    long number = Long.parseLong(text);
    return number < setting.min() || number > setting.max() ? null : number;
  }

  private static @Nullable Duration duration(String text, Setting setting) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long count = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          default -> Duration.ofHours(count);
        };
    boolean allowed =
        duration.compareTo(Duration.ofMillis(setting.min())) >= 0
            && (setting.max() == Long.MAX_VALUE
                || duration.compareTo(Duration.ofMillis(setting.max())) <= 0);
    return allowed ? duration : null;
  }

  private static @Nullable Path path(String text) {
    try {
      return text.isEmpty() ? null : Path.of(text);
    } catch (InvalidPathException _) {
      return null;
    }
  }

  /** An endpoint's URL, or null. What calls of it would leave out is not allowed in it. */
  public static @Nullable URI uri(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean whole =
          uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getPort() != 0
              && uri.getPort() <= MOST_PORT;
      return http && whole && uri.getHost() != null ? uri : null;
    } catch (URISyntaxException _) {
      return null;
    }
  }

  /** On one line, whatever it holds. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder("\"");
    text.codePoints()
        .limit(100)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                shown.append("\\u%04x".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.append(text.codePointCount(0, text.length()) > 100 ? "…\"" : "\"").toString();
  }
}
