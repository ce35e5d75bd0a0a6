package io.portico.server.cli;

import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/**
 * An option of a verb: {@code --port PORT}, {@code --port=PORT} or, where it takes no value, {@code
 * --json}.
 *
 * @param name with its hyphens
 * @param value what its value is called, or null where it takes none
 * @param description a sentence
 */
record Option(String name, @Nullable String value, String description) {
  static Option of(String name, String value, String description) {
    return new Option(name, value, description);
  }

  static Option flag(String name, String description) {
    return new Option(name, null, description);
  }

  /** As it is written: {@code --port=PORT}. */
  String form() {
    return value == null ? name : name + "=" + value;
  }

  /** Without its hyphens. */
  String longName() {
    return name.substring(2);
  }

  /** Everything that a verb takes, as the library wants it. */
  static Options all(Verb verb) {
    Options options = new Options();
    for (Option option : verb.options()) {
      options.addOption(option.inLibrary(null));
    }
    return options.addOption(Verb.HELP.inLibrary("h"));
  }

  private org.apache.commons.cli.Option inLibrary(@Nullable String letter) {
    return org.apache.commons.cli.Option.builder(letter)
        .longOpt(longName())
        .hasArg(value != null)
        .argName(value)
        .desc(description)
        .get();
  }
}
