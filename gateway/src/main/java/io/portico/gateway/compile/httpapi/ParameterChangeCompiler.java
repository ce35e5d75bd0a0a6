package io.portico.gateway.compile.httpapi;

import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.httpapi.ParameterChange;
import io.portico.gateway.snapshot.httpapi.ParameterChange.Action;
import io.portico.gateway.snapshot.httpapi.ParameterChange.Place;
import io.portico.gateway.snapshot.httpapi.ParameterChanges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles parameter mappings. */
final class ParameterChangeCompiler {
  private static final Pattern KEY =
      Pattern.compile(
          "(append|overwrite|remove):(header|querystring)\\.(.+)"
              + "|(overwrite):(path|statuscode)");

  private static final String ROOTS = "(?:request|response|context|stageVariables)";

  /** A piece of a text: <code>${request.path.id}</code>, or without braces. */
  private static final Pattern PIECE =
      Pattern.compile(
          "\\$\\{("
              + ROOTS
              + "[^}]*)\\}|\\$("
              + ROOTS
              + "(?:\\.[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*|\\[[^\\]]*\\])+)");

  /** An expression that is all of a value, whatever characters its name has. */
  private static final Pattern WHOLE = Pattern.compile("\\$" + ROOTS + "\\.[^$/ ]+");

  private ParameterChangeCompiler() {}

  static ParameterChanges compile(IntegrationRecord record) throws UnusableException {
    return new ParameterChanges(changes(record.requestParameters(), false), responses(record));
  }

  /** Those of answers alone: the parameters of requests are those of a service's action. */
  static ParameterChanges ofAnswers(IntegrationRecord record) throws UnusableException {
    return new ParameterChanges(List.of(), responses(record));
  }

  private static Map<Integer, List<ParameterChange>> responses(IntegrationRecord record)
      throws UnusableException {
    Map<Integer, List<ParameterChange>> responses = new HashMap<>();
    Map<String, Map<String, String>> configured = record.responseParameters();
    if (configured != null) {
      for (Map.Entry<String, Map<String, String>> status : configured.entrySet()) {
        responses.put(status(status.getKey()), changes(status.getValue(), true));
      }
    }
    return Map.copyOf(responses);
  }

  private static int status(String key) throws UnusableException {
    if (!key.matches("[2-5][0-9]{2}")) {
      throw new UnusableException("no status code of an answer: " + key);
    }
    return Integer.parseInt(key);
  }

  private static List<ParameterChange> changes(
      @Nullable Map<String, String> configured, boolean response) throws UnusableException {
    List<ParameterChange> changes = new ArrayList<>();
    if (configured != null) {
      for (Map.Entry<String, String> change : configured.entrySet()) {
        changes.add(change(change.getKey(), change.getValue(), response));
      }
    }
    return List.copyOf(changes);
  }

  private static ParameterChange change(String key, String value, boolean response)
      throws UnusableException {
    Matcher parts = KEY.matcher(key);
    if (!parts.matches()) {
      throw new UnusableException("no parameter mapping: " + key);
    }
    boolean named = parts.group(1) != null;
    Action action =
        Action.valueOf((named ? parts.group(1) : parts.group(4)).toUpperCase(Locale.ROOT));
    Place place = place(named ? parts.group(2) : parts.group(5));
    if (response == (place == Place.PATH || place == Place.QUERY_STRING) && place != Place.HEADER) {
      throw new UnusableException(
          "no such mapping of a " + (response ? "response: " : "request: ") + key);
    }
    String name = named ? parts.group(3) : "";
    if (place == Place.HEADER && ReservedHeaders.has(name)) {
      throw new UnusableException("the header is reserved: " + name);
    }
    return new ParameterChange(
        action, place, name, action == Action.REMOVE ? List.of() : value(value));
  }

  private static Place place(String word) {
    return switch (word) {
      case "header" -> Place.HEADER;
      case "querystring" -> Place.QUERY_STRING;
      case "path" -> Place.PATH;
      default -> Place.STATUS_CODE;
    };
  }

  /**
   * The pieces of a value: an expression, or a text in which expressions may stand in braces. AWS:
   * a text may stand in quotes; source: documented, the examples of {@link ParameterChange}.
   */
  static List<ParameterSource> value(String value) throws UnusableException {
    if (WHOLE.matcher(value).matches()) {
      return List.of(RouteExpressions.source(value));
    }
    int length = value.length();
    boolean quoted = length >= 2 && value.startsWith("'") && value.endsWith("'");
    String text = quoted ? value.substring(1, length - 1) : value;
    List<ParameterSource> pieces = new ArrayList<>();
    Matcher piece = PIECE.matcher(text);
    int end = 0;
    while (piece.find()) {
      addText(pieces, text.substring(end, piece.start()));
      String expression = piece.group(1) == null ? piece.group(2) : piece.group(1);
      pieces.add(RouteExpressions.source("$" + expression));
      end = piece.end();
    }
    addText(pieces, text.substring(end));
    return pieces.isEmpty() ? List.of(new ParameterSource.Literal("")) : List.copyOf(pieces);
  }

  private static void addText(List<ParameterSource> pieces, String text) {
    if (!text.isEmpty()) {
      pieces.add(new ParameterSource.Literal(text));
    }
  }
}
