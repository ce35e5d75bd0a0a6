package io.portico.server.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One key of the configuration.
 *
 * @param name its path, such as {@code logging.level}
 * @param type of its value
 * @param setting its documentation and bounds
 */
public record ConfigKey(String name, Class<?> type, Setting setting) {

  /** Every key, in the order of the record tree. */
  public static List<ConfigKey> all() {
    List<ConfigKey> keys = new ArrayList<>();
    collect(GatewayConfig.class, "", keys);
    return List.copyOf(keys);
  }

  private static void collect(Class<?> type, String prefix, List<ConfigKey> keys) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + kebab(component.getName());
      Setting setting = component.getAnnotation(Setting.class);
      if (setting != null) {
        keys.add(new ConfigKey(name, component.getType(), setting));
      } else if (component.getType().isRecord()) {
        collect(component.getType(), name + ".", keys);
      } else {
        throw new IllegalStateException(name + " is not documented");
      }
    }
  }

  static String kebab(String camel) {
    StringBuilder kebab = new StringBuilder();
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (Character.isUpperCase(c)) {
        kebab.append('-').append(Character.toLowerCase(c));
      } else {
        kebab.append(c);
      }
    }
    return kebab.toString();
  }

  /** The environment variable that sets it, such as {@code PORTICO_LOGGING_LEVEL}. */
  public String variable() {
    return "PORTICO_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Whether its value is a whole number. */
  boolean isNumber() {
    return type == int.class || type == Integer.class || type == long.class;
  }

  /** Whether its value is true or false. */
  boolean isTruth() {
    return type == boolean.class || type == Boolean.class;
  }

  /** What its value may be, to be read after "allowed is". */
  public String allowed() {
    if (isNumber()) {
      String unit = setting.unit().isEmpty() ? "" : " of " + setting.unit();
      return "a whole number%s %s".formatted(unit, range(""));
    }
    if (isTruth()) {
      return "true or false";
    }
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return switch (type.getSimpleName()) {
      case "Duration" -> "a whole number with ms, s, m or h, such as 500ms or 10s, " + range(" ms");
      case "Path" -> "a path";
      case "URI" -> ConfigValues.URL;
      default -> setting.allowed();
    };
  }

  private String range(String unit) {
    return setting.max() == Long.MAX_VALUE
        ? "of at least " + setting.min() + unit
        : "from " + setting.min() + unit + " to " + setting.max() + unit;
  }
}
