package io.portico.server.cli;

import io.portico.gateway.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** An explanation for people: the reason first, then the way of the request, stage by stage. */
final class ExplanationText {
  private static final String INDENT = " ".repeat(14);

  /** Members that the line of a step begins with already. */
  private static final List<String> OF_LINE = List.of("step", "atMilliseconds");

  private ExplanationText() {}

  /** A request in one line. */
  static String line(JsonNode request) {
    return Stream.of("time", "requestId", "method", "path", "reason")
        .map(member -> request.path(member).asString(""))
        .filter(text -> !text.isEmpty())
        .reduce((before, next) -> before + " " + next)
        .orElse("");
  }

  static String of(JsonNode explanation) {
    StringBuilder text = new StringBuilder();
    text.append(explanation.path("summary").asString("")).append('\n');
    JsonNode reason = explanation.path("reason");
    append(text, "  check:   ", reason.path("check").asString(""));
    append(text, "  setting: ", reason.path("setting").asString(""));
    append(text, "  advice:  ", reason.path("advice").asString(""));
    append(text, "  nearest: ", nearest(reason));
    text.append('\n')
        .append("request ")
        .append(explanation.path("requestId").asString(""))
        .append(" at ")
        .append(explanation.path("time").asString(""))
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
        .map(each -> each.asString(""))
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
        .append(step.path("step").asString(""));
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
            .append(member.getKey())
            .append(": ")
            .append(words(member.getValue()))
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
      return value.asString();
    }
    return value.isFloatingPointNumber()
        ? String.format(Locale.ROOT, "%.1f", value.asDouble())
        : Json.text(value);
  }
}
