package io.portico.gateway.control.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of an SDK that is the same for every API but for some names: {@code {{name}}} stands for a
 * value, which is written as it is.
 */
final class Template {
  private static final Pattern NAME = Pattern.compile("\\{\\{([a-zA-Z]+)}}");

  private Template() {}

  /**
   * A template with its values filled in.
   *
   * @param name below this package's resources, without {@code .template}
   * @throws IllegalStateException if it names a value that is not given
   */
  static String fill(String name, Map<String, String> values) {
    return NAME.matcher(text(name))
        .replaceAll(
            placeholder -> {
              String value = values.get(placeholder.group(1));
              if (value == null) {
                throw new IllegalStateException(name + " wants " + placeholder.group(1));
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static String text(String name) {
    try (InputStream stream = Template.class.getResourceAsStream(name + ".template")) {
      if (stream == null) {
        throw new IllegalStateException("no template " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
