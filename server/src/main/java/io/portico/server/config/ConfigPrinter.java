package io.portico.server.config;

import io.portico.gateway.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The effective configuration and the documentation of its keys, as text. */
public final class ConfigPrinter {
  /** In place of what is shown nowhere; no value of any such setting. */
  static final String SECRET = "*****";

  private ConfigPrinter() {}

  /** YAML that can be used as a file, each value with where it comes from. */
  public static String yaml(ConfigValues values) {
    StringBuilder yaml = new StringBuilder();
    String group = "";
    for (ConfigKey key : ConfigKey.all()) {
      int dot = key.name().indexOf('.');
      String keyGroup = dot < 0 ? "" : key.name().substring(0, dot);
      if (!keyGroup.equals(group)) {
        group = keyGroup;
        yaml.append(group).append(":\n");
      }
      ConfigValues.Value value = values.get(key);
      String line =
          (dot < 0 ? "" : "  ")
              + key.name().substring(dot + 1)
              + ": "
              + scalar(key, shown(key, value));
      yaml.append("%-40s # %s%n".formatted(line, value.origin()));
    }
    return yaml.toString();
  }

  /** The tree as JSON: numbers and truth values as such, everything else as text or null. */
  public static ObjectNode json(ConfigValues values) {
    ObjectNode tree = Json.object();
    for (ConfigKey key : ConfigKey.all()) {
      int dot = key.name().indexOf('.');
      ObjectNode parent = dot < 0 ? tree : tree.withObjectProperty(key.name().substring(0, dot));
      String name = key.name().substring(dot + 1);
      String text = shown(key, values.get(key));
      if (text.isEmpty()) {
        parent.putNull(name);
      } else if (key.isTruth()) {
        parent.put(name, Boolean.parseBoolean(text));
      } else if (key.isNumber()) {
        parent.put(name, Long.parseLong(text));
      } else {
        parent.put(name, text);
      }
    }
    return tree;
  }

  private static String shown(ConfigKey key, ConfigValues.Value value) {
    return key.setting().secret() && !value.text().isEmpty() ? SECRET : value.text();
  }

  /** Every key with its default and what is allowed, for a terminal. */
  public static String help() {
    StringBuilder help = new StringBuilder();
    for (ConfigKey key : ConfigKey.all()) {
      help.append(
          "  %s (%s)%n      %s%n      Default: %s. Allowed: %s.%n"
              .formatted(
                  key.name(),
                  key.variable(),
                  key.setting().value(),
                  byDefault(key),
                  key.allowed()));
    }
    return help.toString();
  }

  /** Every key as a table of {@code docs/configuration.md}. */
  public static List<String> markdown() {
    return ConfigKey.all().stream()
        .map(
            key ->
                "| `%s` | `%s` | %s | %s | %s |"
                    .formatted(
                        key.name(),
                        key.variable(),
                        key.setting().byDefault().isEmpty()
                            ? "none"
                            : "`" + key.setting().byDefault() + "`",
                        cell(key.allowed()),
                        cell(key.setting().value())))
        .toList();
  }

  /** A bar would end the cell of a table. */
  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static String byDefault(ConfigKey key) {
    return key.setting().byDefault().isEmpty() ? "none" : key.setting().byDefault();
  }

  /** Quoted unless it is a number, a truth value, or made of letters that YAML leaves alone. */
  private static String scalar(ConfigKey key, String text) {
    boolean plain =
        key.type() == boolean.class || (key.isNumber() && !text.isEmpty()) || key.type().isEnum();
    return plain ? text : quoted(text);
  }

  private static String quoted(String text) {
    return text.matches("[./]*[a-z][a-z0-9./-]*|[0-9]+(ms|s|m|h)")
        ? text
        : Json.text(Json.tree(text));
  }
}
