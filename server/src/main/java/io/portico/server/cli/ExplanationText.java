package io.portico.server.cli;

import io.portico.gateway.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An explanation for people: the reason first, then the way of the request, stage by stage. Much of
 * it was chosen by clients, and a terminal obeys control characters: none of them is printed, but
 * the line feeds and tabs of contents.
 */
final class ExplanationText {
  private static final String INDENT = " ".repeat(14);

  /** Members that the line of a step begins with already. */
  private static final List<String> OF_LINE = List.of("step", "atMilliseconds");

  private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}");
  private static final Pattern CONTROLS_IN_LINES = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");
  private static final String SHOWN_FOR_A_CONTROL = "\ufffd";

  private ExplanationText() {}

  /** A request in one line. */
  static String line(JsonNode request) {
    return Stream.of("time", "requestId", "method", "path", "reason")
        .map(member -> inLine(request, member))
        .filter(text -> !text.isEmpty())
        .reduce((before, next) -> before + " " + next)
        .orElse("");
  }

  static String of(JsonNode explanation) {
    StringBuilder text = new StringBuilder();
    text.append(inLine(explanation, "summary")).append('\n');
    JsonNode reason = explanation.path("reason");
    append(text, "  check:   ", inLine(reason, "check"));
    append(text, "  setting: ", inLine(reason, "setting"));
    append(text, "  advice:  ", inLine(reason, "advice"));
    append(text, "  nearest: ", nearest(reason));
    text.append('\n')
        .append("request ")
        .append(inLine(explanation, "requestId"))
        .append(" at ")
        .append(inLine(explanation, "time"))
        .append('\n');
    for (JsonNode step : explanation.path("timeline")) {
      step(text, step);
    }
    return text.toString();
  }

  private static String nearest(JsonNode reason) {
    return reason
        .path("nearest")
        .valueStream()
        .map(each -> inLine(each.asString("")))
        .reduce((before, next) -> before + ", " + next)
        .orElse("");
  }

  private static void append(StringBuilder text, String label, String value) {
    if (!value.isEmpty()) {
      text.append(label).append(value).append('\n');
    }
  }

  private static void step(StringBuilder text, JsonNode step) {
    JsonNode at = step.path("atMilliseconds");
    text.append(at.isNumber() ? String.format(Locale.ROOT, "%10.1f ms ", at.asDouble()) : INDENT)
        .append(inLine(step, "step"));
    StringBuilder below = new StringBuilder();
    String separator = " ";
    for (Map.Entry<String, JsonNode> member : step.properties()) {
      JsonNode value = member.getValue();
      String words = words(value);
      if (OF_LINE.contains(member.getKey())) {
        continue;
      }
      if (value.isObject() || words.length() > 60 || words.indexOf('\n') >= 0) {
        below(below, member.getKey(), value);
      } else {
        text.append(separator).append(member.getKey()).append(' ').append(words);
        separator = ", ";
      }
    }
    text.append('\n').append(below);
  }

  private static void below(StringBuilder text, String name, JsonNode value) {
    text.append(INDENT).append("  ").append(name).append(":");
    if (value.isObject()) {
      text.append('\n');
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        text.append(INDENT)
            .append("    ")
            .append(inLine(member.getKey()))
            .append(": ")
            .append(inLine(words(member.getValue())))
            .append('\n');
      }
    } else {
      text.append('\n');
      words(value)
          .lines()
          .forEach(line -> text.append(INDENT).append("    ").append(line).append('\n'));
    }
  }

  private static String words(JsonNode value) {
    if (value.isString()) {
      return CONTROLS_IN_LINES
          .matcher(value.asString().replace("\r\n", "\n"))
          .replaceAll(SHOWN_FOR_A_CONTROL);
    }
    return value.isFloatingPointNumber()
        ? String.format(Locale.ROOT, "%.1f", value.asDouble())
        : Json.text(value);
  }

  private static String inLine(JsonNode of, String member) {
    return inLine(of.path(member).asString(""));
  }

  private static String inLine(String text) {
    return CONTROLS.matcher(text).replaceAll(SHOWN_FOR_A_CONTROL);
  }
}
