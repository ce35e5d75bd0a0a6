package io.portico.server.cli;

import io.portico.gateway.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A {@code curl} command that calls one operation of a definition: the one that needs the least, a
 * GET without path parameters before one with some, before the others. A body is the definition's
 * own example, else an empty object.
 */
final class CurlLine {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch");
  private static final String ANY = "x-amazon-apigateway-any-method";

  private CurlLine() {}

  /** An operation: its method in capitals, its path template, a body that it takes. */
  private record Operation(String method, String path, String body) {
    /** The less, the easier it is to call. */
    int effort() {
      int effort = method.equals("GET") ? 0 : method.equals("HEAD") ? 2 : 1;
      return 2 * effort + (path.contains("{") ? 1 : 0);
    }
  }

  /**
   * The command, or empty for a definition without operations.
   *
   * @param stageUrl without a slash at its end
   */
  static Optional<String> of(JsonNode document, String stageUrl) {
    return document.path("paths").properties().stream()
        .flatMap(CurlLine::operations)
        .min(Comparator.comparingInt(Operation::effort))
        .map(operation -> command(operation, stageUrl));
  }

  private static Stream<Operation> operations(Map.Entry<String, JsonNode> path) {
    return path.getValue().propertyNames().stream()
        .filter(name -> METHODS.contains(name) || name.equals(ANY))
        .map(
            name ->
                new Operation(
                    name.equals(ANY) ? "GET" : name.toUpperCase(Locale.ROOT),
                    path.getKey(),
                    body(path.getValue().path(name))));
  }

  private static String body(JsonNode operation) {
    JsonNode content = operation.at("/requestBody/content/application~1json");
    JsonNode example = content.path("example");
    return Json.text(example.isMissingNode() ? Json.object() : example);
  }

  private static String command(Operation operation, String stageUrl) {
    String url = stageUrl + operation.path().replaceAll("\\{[^}]*\\}", "1");
    List<String> options =
        switch (operation.method()) {
          case "GET" -> List.of();
          case "HEAD" -> List.of("-I");
          case "POST", "PUT", "PATCH" ->
              List.of(
                  "-X",
                  operation.method(),
                  "-H",
                  "'Content-Type: application/json'",
                  "-d",
                  quoted(operation.body()));
          default -> List.of("-X", operation.method());
        };
    return Stream.concat(Stream.concat(Stream.of("curl"), options.stream()), Stream.of(quoted(url)))
        .reduce((line, word) -> line + " " + word)
        .orElseThrow();
  }

  /** For a POSIX shell, where it holds anything a shell would take for its own. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9:/._~@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
