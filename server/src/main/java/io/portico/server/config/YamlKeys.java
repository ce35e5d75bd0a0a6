package io.portico.server.config;

import io.portico.gateway.json.Yaml;
import io.portico.gateway.json.YamlException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A YAML document of nested mappings as flat keys, each with its value as text. */
final class YamlKeys {
  private final String file;
  private final Map<String, String> values = new LinkedHashMap<>();

  private YamlKeys(String file) {
    this.file = file;
  }

  /**
   * @throws ConfigException if the text is not YAML, or not mappings of single values
   */
  static Map<String, String> read(String file, String text) {
    YamlKeys keys = new YamlKeys(file);
    if (!text.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
      keys.collect(keys.parse(text), "");
    }
    return keys.values;
  }

  private ObjectNode parse(String text) {
    JsonNode document;
    try {
      document = Yaml.parse(text);
    } catch (YamlException e) {
      throw refused(e.text().lines().findFirst().orElse("not YAML"));
    }
    if (document instanceof ObjectNode mapping) {
      return mapping;
    }
    throw refused("it holds no keys");
  }

  private void collect(ObjectNode mapping, String prefix) {
    for (Map.Entry<String, JsonNode> entry : mapping.properties()) {
      String key = prefix + entry.getKey();
      JsonNode value = entry.getValue();
      if (value instanceof ObjectNode nested) {
        collect(nested, key + ".");
      } else if (value.isArray()) {
        throw refused(ConfigValues.shown(key) + " holds a list; allowed is a single value");
      } else if (values.putIfAbsent(key, value.isNull() ? "" : value.asString()) != null) {
        throw refused(ConfigValues.shown(key) + " is set twice");
      }
    }
  }

  private ConfigException refused(String why) {
    return new ConfigException(file + " is no configuration: " + why, null);
  }
}
