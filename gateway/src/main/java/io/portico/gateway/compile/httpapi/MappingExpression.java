package io.portico.gateway.compile.httpapi;

import io.portico.gateway.compile.StageVariables;
import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.snapshot.ParameterSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A <b>mapping expression</b> of an HTTP API: one variable, such as {@code $request.header.name},
 * or a text in which variables stand, with braces (<code>${request.path.id}</code>) or without.
 *
 * <p>AWS: a text may stand in quotes; source: documented, the examples. Variables without braces
 * within a text ({@code /v1/$request.path.proxy}) are in configurations that users have published;
 * that such a variable ends where no name goes on, and that any other dollar sign is refused, are
 * assumed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html">Transform
 *     API requests and responses for HTTP APIs</a>
 */
public final class MappingExpression {
  private static final String ROOTS = "(?:request|response|context|stageVariables)";

  /** An expression that is all of a value, whatever characters its name has. */
  private static final Pattern WHOLE = Pattern.compile("\\$" + ROOTS + "\\.[^\\s${}/]+");

  /** A variable within a text; behind a body, a name in brackets may have blanks. */
  private static final Pattern PIECE =
      Pattern.compile(
          "\\$\\{("
              + ROOTS
              + "(?:\\.body[^{}$]*|[^\\s{}$]*))\\}|\\$("
              + ROOTS
              + "(?:\\.[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*+|\\[[^\\]$]*\\])++)");

  private final List<ParameterSource> pieces;

  private MappingExpression(List<ParameterSource> pieces) {
    this.pieces = pieces;
  }

  /**
   * One of what a request has.
   *
   * @throws UnusableException if it is none
   */
  public static MappingExpression ofRequest(String text) throws UnusableException {
    return parse(text, false);
  }

  /**
   * One of what an answer has, and of the request's headers.
   *
   * @throws UnusableException if it is none
   */
  public static MappingExpression ofResponse(String text) throws UnusableException {
    return parse(text, true);
  }

  private static MappingExpression parse(String written, boolean response)
      throws UnusableException {
    if (WHOLE.matcher(written).matches()) {
      return new MappingExpression(List.of(variable(written, response)));
    }
    int length = written.length();
    boolean quoted = length >= 2 && written.startsWith("'") && written.endsWith("'");
    String text = quoted ? written.substring(1, length - 1) : written;
    List<ParameterSource> pieces = new ArrayList<>();
    Matcher piece = PIECE.matcher(text);
    int end = 0;
    while (piece.find()) {
      addText(pieces, text.substring(end, piece.start()));
      String name = piece.group(1) == null ? piece.group(2) : piece.group(1);
      pieces.add(variable("$" + name, response));
      end = piece.end();
    }
    addText(pieces, text.substring(end));
    return new MappingExpression(
        pieces.isEmpty() ? List.of(new ParameterSource.Literal("")) : List.copyOf(pieces));
  }

  private static void addText(List<ParameterSource> pieces, String text) throws UnusableException {
    if (text.indexOf('$') >= 0) {
      throw new UnusableException("a dollar sign that begins no variable: " + text);
    }
    if (!text.isEmpty()) {
      pieces.add(new ParameterSource.Literal(text));
    }
  }

  private static ParameterSource variable(String expression, boolean response)
      throws UnusableException {
    ParameterSource source = RouteExpressions.source(expression);
    boolean there =
        switch (source) {
          case ParameterSource.ResponseHeader _, ParameterSource.ResponseBody _ -> response;
          case ParameterSource.PathVariable _,
              ParameterSource.RequestPath _,
              ParameterSource.QueryString _,
              ParameterSource.RequestBody _ ->
              !response;
          default -> true;
        };
    if (!there) {
      throw new UnusableException("a variable that is not there: " + expression);
    }
    return source;
  }

  /** What its text is made of, in order; at least one. */
  List<ParameterSource> pieces() {
    return pieces;
  }

  /** The text where it is always the same, or null. */
  public @Nullable String fixed() {
    return pieces.size() == 1 && pieces.getFirst() instanceof ParameterSource.Literal literal
        ? literal.text()
        : null;
  }

  /** Whether it is the same for all calls of a stage. */
  public boolean isOfStage() {
    return pieces.stream()
        .allMatch(
            piece ->
                piece instanceof ParameterSource.Literal
                    || piece instanceof ParameterSource.StageVariable);
  }

  /**
   * The text that it has in a stage.
   *
   * @throws UnusableException if it is not the same for all of its calls, or names a variable that
   *     is not defined
   */
  String inStage(StageVariables variables) throws UnusableException {
    StringBuilder text = new StringBuilder();
    for (ParameterSource piece : pieces) {
      switch (piece) {
        case ParameterSource.Literal literal -> text.append(literal.text());
        case ParameterSource.StageVariable variable ->
            text.append(variables.resolve("${stageVariables." + variable.name() + "}"));
        default -> throw new UnusableException("a variable that differs between calls");
      }
    }
    if (text.indexOf(String.valueOf(StageVariables.UNDEFINED)) >= 0) {
      throw new UnusableException("a stage variable is not defined");
    }
    return text.toString();
  }
}
