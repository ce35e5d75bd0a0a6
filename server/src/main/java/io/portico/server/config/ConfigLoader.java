package io.portico.server.config;

import io.portico.server.config.ConfigValues.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value of every key: a flag goes before {@code PORTICO_*} of the environment, that
 * before the YAML file, that before the default.
 */
public final class ConfigLoader {
  /** Read where it exists and no other file is named. */
  static final Path USUAL_FILE = Path.of("portico.yaml");

  /** Variables of this prefix that are no keys: the launcher's own. */
  private static final List<String> OTHER_VARIABLES =
      List.of("PORTICO_JAVA_OPTS", "PORTICO_PROFILE", "PORTICO_BUILDING");

  private final Map<String, ConfigKey> keys = new LinkedHashMap<>();

  public ConfigLoader() {
    for (ConfigKey key : ConfigKey.all()) {
      keys.put(key.name(), key);
    }
  }

  /**
   * @param file the YAML file, or null for {@code portico.yaml} of the folder, if there is one
   * @param environment of the process
   * @param flags key to value, as given on the command line
   * @throws ConfigException if the file cannot be read or a key is not known
   */
  public ConfigValues load(
      @Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (ConfigKey key : keys.values()) {
      values.put(key.name(), new Value(key.setting().byDefault(), "default"));
    }
    values.putAll(fromFile(file));
    values.putAll(fromEnvironment(environment));
    flags.forEach((key, text) -> values.put(known(key, "--" + key), new Value(text, "--" + key)));
    return new ConfigValues(values);
  }

  private Map<String, Value> fromFile(@Nullable Path named) {
    Path file = named == null ? USUAL_FILE : named;
    if (named == null && !Files.exists(file)) {
      return Map.of();
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new ConfigException(
          "%s cannot be read: %s: %s".formatted(file, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
    Map<String, Value> values = new LinkedHashMap<>();
    YamlKeys.read(file.toString(), text)
        .forEach(
            (key, value) ->
                values.put(known(key, file.toString()), new Value(value, file.toString())));
    return values;
  }

  private Map<String, Value> fromEnvironment(Map<String, String> environment) {
    Map<String, String> keyOfVariable =
        keys.values().stream().collect(Collectors.toMap(ConfigKey::variable, ConfigKey::name));
    Map<String, Value> values = new LinkedHashMap<>();
    // Sorted, so that of several bad ones always the same is named.
    new TreeMap<>(environment)
        .forEach(
            (variable, text) -> {
              if (!variable.startsWith("PORTICO_")
                  || OTHER_VARIABLES.contains(variable)
                  || isServiceLink(variable, text, environment)) {
                return;
              }
              String key = keyOfVariable.get(variable);
              if (key == null) {
                throw new ConfigException(
                    // Its value may be a secret's, by another name.
                    "%s from the environment: no such key; allowed are %s"
                        .formatted(
                            variable, String.join(", ", new TreeMap<>(keyOfVariable).keySet())),
                    null);
              }
              values.put(key, new Value(text, variable));
            });
    return values;
  }

  /**
   * Kubernetes tells every pod about a service named {@code portico} by variables of our prefix,
   * {@code PORTICO_PORT=tcp://…} among them.
   */
  private static boolean isServiceLink(
      String variable, String text, Map<String, String> environment) {
    return environment.containsKey("KUBERNETES_SERVICE_HOST")
        && (variable.startsWith("PORTICO_SERVICE_")
            || variable.matches("PORTICO_PORT_[0-9]+_(TCP|UDP)(_.*)?")
            || (variable.equals("PORTICO_PORT") && text.contains("://")));
  }

  private String known(String key, String origin) {
    if (!keys.containsKey(key)) {
      throw new ConfigException(
          "%s from %s: no such key; allowed are %s"
              .formatted(ConfigValues.shown(key), origin, String.join(", ", keys.keySet())),
          null);
    }
    return key;
  }
}
