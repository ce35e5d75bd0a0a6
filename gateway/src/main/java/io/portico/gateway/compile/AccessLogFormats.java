package io.portico.gateway.compile;

import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.AccessLog.Escaping;
import io.portico.gateway.snapshot.AccessLog.Part;
import io.portico.gateway.snapshot.AuthorizerVariable;
import io.portico.gateway.snapshot.ContextVariable;
import io.portico.gateway.snapshot.OverrideVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses access log formats.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html">CloudWatch
 *     log formats</a>
 */
public final class AccessLogFormats {
  /** The names of headers have hyphens; elsewhere one belongs to the text behind the variable. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$context\\.((?:request|response)Override\\.header\\.\\w+(?:-\\w+)*+"
              + "|\\w+(?:\\.\\w+)*+)");

  private AccessLogFormats() {}

  /** Which variables there are. */
  @SuppressWarnings("ImmutableEnumChecker") // The functions keep nothing.
  public enum Variables {
    OF_REST_API(ContextVariable::logged, AbsentVariables.OF_REST_APIS),
    OF_HTTP_API(ContextVariable::ofHttpApi, AbsentVariables.OF_HTTP_APIS),
    OF_WEBSOCKET_API(ContextVariable::ofWebSocketApi, AbsentVariables.OF_WEBSOCKET_APIS);

    private final Function<String, @Nullable ContextVariable> find;
    private final Set<String> absent;

    Variables(Function<String, @Nullable ContextVariable> find, Set<String> absent) {
      this.find = find;
      this.absent = absent;
    }

    private boolean has(String name) {
      return find.apply(name) != null
          || absent.contains(name)
          || AuthorizerVariable.of(name) != null
          || OverrideVariable.of(name) != null;
    }
  }

  /** The variables of a format that are none: {@code $context.nothing}. */
  public static List<String> unknown(String format, Variables known) {
    return VARIABLE
        .matcher(format)
        .results()
        .filter(variable -> !known.has(variable.group(1)))
        .map(MatchResult::group)
        .distinct()
        .toList();
  }

  /** The format of a stage of a REST API. */
  static AccessLog compile(String format, String destination) {
    return compile(format, destination, ContextVariable::logged);
  }

  /** The format of a stage of an HTTP API, which has variables of its own. */
  public static AccessLog ofHttpApi(String format, String destination) {
    return compile(format, destination, ContextVariable::ofHttpApi);
  }

  /** The format of a stage of a WebSocket API, which has variables of its own, too. */
  public static AccessLog ofWebSocketApi(String format, String destination) {
    return compile(format, destination, ContextVariable::ofWebSocketApi);
  }

  private static AccessLog compile(
      String format, String destination, Function<String, @Nullable ContextVariable> variables) {
    // AWS: a format has no line breaks; source: documented, see the class. One line stays one.
    String line = format.strip().replaceAll("[\\r\\n]+", " ");
    List<Part> parts = new ArrayList<>();
    Matcher matcher = VARIABLE.matcher(line);
    int from = 0;
    while (matcher.find()) {
      addText(parts, line.substring(from, matcher.start()));
      ContextVariable variable = variables.apply(matcher.group(1));
      AuthorizerVariable ofAuthorizer = AuthorizerVariable.of(matcher.group(1));
      OverrideVariable override = OverrideVariable.of(matcher.group(1));
      if (variable != null) {
        parts.add(new AccessLog.Variable(variable));
      } else if (ofAuthorizer != null) {
        parts.add(new AccessLog.Authorizer(ofAuthorizer));
      } else if (override != null) {
        parts.add(new AccessLog.Overridden(override));
      } else {
        addText(parts, "-");
      }
      from = matcher.end();
    }
    addText(parts, line.substring(from));
    return new AccessLog(List.copyOf(parts), escaping(line), destination);
  }

  private static void addText(List<Part> parts, String text) {
    if (text.isEmpty()) {
      return;
    }
    if (!parts.isEmpty() && parts.getLast() instanceof AccessLog.Text before) {
      parts.set(parts.size() - 1, new AccessLog.Text(before.text() + text));
    } else {
      parts.add(new AccessLog.Text(text));
    }
  }

  private static Escaping escaping(String line) {
    if (line.startsWith("{") || line.startsWith("[")) {
      return Escaping.JSON;
    }
    return line.startsWith("<") ? Escaping.XML : Escaping.PLAIN;
  }
}
