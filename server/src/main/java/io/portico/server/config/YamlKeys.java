package io.portico.server.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * A YAML document of nested mappings as flat keys, each with its value's text as it was written: an
 * account id of zeros is no number.
 */
final class YamlKeys {
  private static final int MAX_DEPTH = 16;

  private final String file;
  private final Map<String, String> values = new LinkedHashMap<>();

  private YamlKeys(String file) {
    this.file = file;
  }

  /**
   * @throws ConfigException if the text is not YAML, or not mappings of scalars
   */
  static Map<String, String> read(String file, String text) {
    YamlKeys keys = new YamlKeys(file);
    try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        keys.mapping(parser, "", 0);
        if (parser.nextToken() != null) {
          throw keys.refused("more than one document");
        }
      } else if (first != null && first != JsonToken.VALUE_NULL) {
        throw keys.refused("it holds no keys");
      }
    } catch (JacksonException e) {
      throw keys.refused(
          String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("") + place(e));
    }
    return keys.values;
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
  }

  private void mapping(JsonParser parser, String prefix, int depth) {
    if (depth > MAX_DEPTH) {
      throw refused("nested too deeply");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = prefix + parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        mapping(parser, key + ".", depth + 1);
      } else if (value.isScalarValue()) {
        put(key, value == JsonToken.VALUE_NULL ? null : parser.getString());
      } else {
        throw refused(ConfigValues.shown(key) + " holds a list; allowed is a single value");
      }
    }
  }

  private void put(String key, @Nullable String text) {
    if (values.putIfAbsent(key, text == null ? "" : text) != null) {
      throw refused(ConfigValues.shown(key) + " is set twice");
    }
  }

  private ConfigException refused(String why) {
    return new ConfigException(file + " is no configuration: " + why, null);
  }
}
