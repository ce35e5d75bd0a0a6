package io.portico.gateway.compile;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts a stage's variables into text.
 *
 * <p>AWS: only <code>${stageVariables.name}</code> is replaced, by nothing where it is not defined;
 * anything else stays as it is. Source: second-hand, facts SEC-09.
 */
public final class StageVariables {
  /** Stands where a variable was that is not defined; no configured text holds it. */
  public static final char UNDEFINED = '\0';

  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{stageVariables\\.([A-Za-z0-9_]+)\\}");

  private final Map<String, String> variables;

  public StageVariables(Map<String, String> variables) {
    this.variables = variables;
  }

  /** A variable's value, or null where it is not defined. */
  public @Nullable String get(String name) {
    return variables.get(name);
  }

  /** The text with every variable replaced, one that is not defined by a NUL. */
  public String resolve(String text) {
    if (!text.contains("${")) {
      return text;
    }
    return REFERENCE
        .matcher(text)
        .replaceAll(
            reference ->
                Matcher.quoteReplacement(
                    variables.getOrDefault(reference.group(1), String.valueOf(UNDEFINED))));
  }
}
