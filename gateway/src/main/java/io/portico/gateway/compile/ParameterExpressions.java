package io.portico.gateway.compile;

import io.portico.gateway.jsonpath.CompiledPath;
import io.portico.gateway.jsonpath.JsonPathException;
import io.portico.gateway.snapshot.AuthorizerVariable;
import io.portico.gateway.snapshot.ContextVariable;
import io.portico.gateway.snapshot.ParameterMapping;
import io.portico.gateway.snapshot.ParameterPlace;
import io.portico.gateway.snapshot.ParameterSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads mapping expressions.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html">Data
 *     mapping reference</a>
 */
public final class ParameterExpressions {
  private static final String RESPONSE = "integration.response.";

  private ParameterExpressions() {}

  /** What expressions call the client's request, and which variables they know. */
  // AWS: "route" is the developer guide's word for WebSocket APIs, "method" that of the API
  // reference, CreateIntegration.requestParameters; source: documented.
  public enum Words {
    OF_REST_APIS,
    OF_WEBSOCKET_APIS;

    private static final String REQUEST = "request.";
    private static final String ANSWER = "response.";

    private List<String> callers() {
      return this == OF_REST_APIS ? List.of("method.") : List.of("route.", "method.");
    }

    /** What follows the client's request in an expression, or null where that is not named. */
    private @Nullable String ofRequest(String expression) {
      for (String caller : callers()) {
        if (expression.startsWith(caller + REQUEST)) {
          return expression.substring(caller.length() + REQUEST.length());
        }
      }
      return null;
    }

    /** What every target of the answer to the client begins with, in each of the words. */
    private List<String> answers() {
      return callers().stream().map(caller -> caller + ANSWER).toList();
    }

    private @Nullable ContextVariable variable(String name) {
      return this == OF_REST_APIS
          ? ContextVariable.mapped(name)
          : ContextVariable.ofWebSocketApi(name);
    }
  }

  /** An expression that is none. */
  public static final class InvalidExpressionException extends Exception {
    InvalidExpressionException(String expression) {
      super("not a mapping expression: " + expression, null, false, false);
    }
  }

  /**
   * The mappings of an integration's {@code requestParameters} or an integration response's {@code
   * responseParameters}, in their order.
   *
   * @param prefix what every target begins with, such as {@code integration.request.}
   */
  static List<ParameterMapping> mappings(@Nullable Map<String, String> configured, String prefix)
      throws InvalidExpressionException {
    return mappings(configured, List.of(prefix), Words.OF_REST_APIS);
  }

  /** What goes into the request of an integration, in some words. */
  public static List<ParameterMapping> ofRequest(
      @Nullable Map<String, String> configured, Words words) throws InvalidExpressionException {
    return mappings(configured, List.of("integration.request."), words);
  }

  /** What goes into the answer to the client, in some words. */
  public static List<ParameterMapping> ofAnswer(
      @Nullable Map<String, String> configured, Words words) throws InvalidExpressionException {
    return mappings(configured, words.answers(), words);
  }

  private static List<ParameterMapping> mappings(
      @Nullable Map<String, String> configured, List<String> prefixes, Words words)
      throws InvalidExpressionException {
    List<ParameterMapping> mappings = new ArrayList<>();
    if (configured != null) {
      for (Map.Entry<String, String> entry : configured.entrySet()) {
        mappings.add(mapping(entry.getKey(), entry.getValue(), prefixes, words));
      }
    }
    return List.copyOf(mappings);
  }

  private static ParameterMapping mapping(
      String target, String source, List<String> prefixes, Words words)
      throws InvalidExpressionException {
    for (String prefix : prefixes) {
      for (ParameterPlace place : ParameterPlace.values()) {
        String begin = prefix + word(place) + ".";
        if (target.startsWith(begin) && target.length() > begin.length()) {
          String name = target.substring(begin.length());
          return new ParameterMapping(place, name, source(source, words));
        }
      }
    }
    throw new InvalidExpressionException(target);
  }

  /** The word of mapping expressions for a place. */
  public static String word(ParameterPlace place) {
    return switch (place) {
      case HEADER -> "header";
      case PATH -> "path";
      case QUERY_STRING -> "querystring";
    };
  }

  /** Where a value comes from. */
  static ParameterSource source(String expression) throws InvalidExpressionException {
    return source(expression, Words.OF_REST_APIS);
  }

  /** Where an authorizer finds who calls. */
  public static ParameterSource identitySource(String expression, Words words)
      throws UnusableException {
    try {
      ParameterSource source = source(expression, words);
      return switch (source) {
        case ParameterSource.RequestHeader header -> header;
        case ParameterSource.QueryString query -> query;
        case ParameterSource.StageVariable variable -> variable;
        case ParameterSource.Context context -> context;
        default -> throw new UnusableException("no identity source: " + expression);
      };
    } catch (InvalidExpressionException e) {
      throw new UnusableException("no identity source: " + expression);
    }
  }

  private static ParameterSource source(String expression, Words words)
      throws InvalidExpressionException {
    try {
      return parsed(expression, words);
    } catch (JsonPathException e) {
      throw new InvalidExpressionException(expression);
    }
  }

  private static ParameterSource parsed(String expression, Words words)
      throws InvalidExpressionException {
    int length = expression.length();
    if (length >= 2 && expression.charAt(0) == '\'' && expression.charAt(length - 1) == '\'') {
      return new ParameterSource.Literal(expression.substring(1, length - 1));
    }
    String ofRequest = words.ofRequest(expression);
    ParameterSource source =
        ofRequest != null
            ? requestSource(ofRequest)
            : expression.startsWith(RESPONSE)
                ? responseSource(expression.substring(RESPONSE.length()))
                : surroundings(expression, words);
    if (source == null) {
      throw new InvalidExpressionException(expression);
    }
    return source;
  }

  private static @Nullable ParameterSource requestSource(String rest) {
    String body = body(rest);
    if (body != null) {
      return new ParameterSource.RequestBody(CompiledPath.compile(body));
    }
    int dot = rest.indexOf('.');
    String name = rest.substring(dot + 1);
    if (dot < 0 || name.isEmpty()) {
      return null;
    }
    return switch (rest.substring(0, dot)) {
      case "path" -> new ParameterSource.PathVariable(name);
      case "querystring" -> new ParameterSource.QueryString(name, false);
      case "multivaluequerystring" -> new ParameterSource.QueryString(name, true);
      case "header" -> new ParameterSource.RequestHeader(name, false);
      case "multivalueheader" -> new ParameterSource.RequestHeader(name, true);
      default -> null;
    };
  }

  private static @Nullable ParameterSource responseSource(String rest) {
    String body = body(rest);
    if (body != null) {
      return new ParameterSource.ResponseBody(CompiledPath.compile(body));
    }
    int dot = rest.indexOf('.');
    String name = rest.substring(dot + 1);
    if (dot < 0 || name.isEmpty()) {
      return null;
    }
    return switch (rest.substring(0, dot)) {
      case "header" -> new ParameterSource.ResponseHeader(name, false);
      case "multivalueheader" -> new ParameterSource.ResponseHeader(name, true);
      default -> null;
    };
  }

  private static @Nullable ParameterSource surroundings(String expression, Words words) {
    if (expression.startsWith("context.") && expression.length() > "context.".length()) {
      String name = expression.substring("context.".length());
      AuthorizerVariable ofAuthorizer = AuthorizerVariable.of(name);
      return ofAuthorizer == null
          ? new ParameterSource.Context(words.variable(name))
          : new ParameterSource.Authorizer(ofAuthorizer);
    }
    if (expression.startsWith("stageVariables.")
        && expression.length() > "stageVariables.".length()) {
      return new ParameterSource.StageVariable(expression.substring("stageVariables.".length()));
    }
    return null;
  }

  /** The JSONPath of a body expression: {@code body}, {@code body.a.b} or {@code body[0]}. */
  private static @Nullable String body(String rest) {
    if (rest.equals("body")) {
      return "$";
    }
    if (rest.startsWith("body.") && rest.length() > "body.".length()) {
      String path = rest.substring("body.".length());
      return path.startsWith("$") ? path : "$." + path;
    }
    return rest.startsWith("body[") ? "$" + rest.substring("body".length()) : null;
  }
}
