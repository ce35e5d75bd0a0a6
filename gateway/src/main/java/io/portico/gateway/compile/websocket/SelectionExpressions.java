package io.portico.gateway.compile.websocket;

import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.jsonpath.CompiledPath;
import io.portico.gateway.jsonpath.JsonPathException;
import io.portico.gateway.snapshot.websocket.SelectionExpression;
import io.portico.gateway.snapshot.websocket.SelectionExpression.AnswerHeader;
import io.portico.gateway.snapshot.websocket.SelectionExpression.Message;
import io.portico.gateway.snapshot.websocket.SelectionExpression.Part;
import io.portico.gateway.snapshot.websocket.SelectionExpression.StatusCode;
import io.portico.gateway.snapshot.websocket.SelectionExpression.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads selection expressions.
 *
 * <p>AWS: a variable begins with a dollar sign, braces say where it ends, a backslash takes a
 * dollar sign its meaning; source: documented, see {@link SelectionExpression}. That a variable
 * without braces ends where a path can go on no more is assumed.
 */
final class SelectionExpressions {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{([^}]*)\\}|([A-Za-z][\\w-]*(?:\\.[\\w@$-]+|\\[[^\\]]*\\])*+))");

  private static final String BODY = "request.body";
  private static final String HEADER = "integration.response.header.";
  private static final String HEADERS = "integration.response.multivalueheader.";

  private SelectionExpressions() {}

  /** One that is evaluated over what a client sent. */
  static SelectionExpression ofMessage(String expression) throws UnusableException {
    return parse(expression, false);
  }

  /** One that is evaluated over a backend's answer as well. */
  static SelectionExpression ofAnswer(String expression) throws UnusableException {
    return parse(expression, true);
  }

  private static SelectionExpression parse(String expression, boolean ofAnswer)
      throws UnusableException {
    List<Part> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    Matcher variable = VARIABLE.matcher(expression);
    int at = 0;
    while (at < expression.length()) {
      char c = expression.charAt(at);
      if (c == '\\' && expression.startsWith("$", at + 1)) {
        text.append('$');
        at += 2;
      } else if (c == '$' && variable.region(at, expression.length()).lookingAt()) {
        String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
        Part part = variable(name, ofAnswer);
        if (part == null) {
          // AWS: the key of a catch-all is written as it is, too; source: documented, the samples
          // of its command line.
          if (!expression.equals("$default")) {
            throw new UnusableException("no variable of a selection expression: " + name);
          }
          text.append(expression);
        } else {
          addText(parts, text);
          parts.add(part);
        }
        at = variable.end();
      } else {
        text.append(c);
        at++;
      }
    }
    addText(parts, text);
    return new SelectionExpression(expression, List.copyOf(parts));
  }

  private static void addText(List<Part> parts, StringBuilder text) {
    if (!text.isEmpty()) {
      parts.add(new Text(text.toString()));
      text.setLength(0);
    }
  }

  private static @Nullable Part variable(String name, boolean ofAnswer) throws UnusableException {
    String path = path(name);
    if (path != null) {
      try {
        return new Message(CompiledPath.compile(path));
      } catch (JsonPathException e) {
        throw new UnusableException("no JSONPath in a selection expression: " + name);
      }
    }
    if (!ofAnswer) {
      return null;
    }
    if (name.equals("integration.response.statuscode")) {
      return StatusCode.INSTANCE;
    }
    if (name.startsWith(HEADER) && name.length() > HEADER.length()) {
      return new AnswerHeader(name.substring(HEADER.length()), false);
    }
    return name.startsWith(HEADERS) && name.length() > HEADERS.length()
        ? new AnswerHeader(name.substring(HEADERS.length()), true)
        : null;
  }

  private static @Nullable String path(String name) {
    if (name.equals(BODY)) {
      return "$";
    }
    return name.startsWith(BODY + ".") || name.startsWith(BODY + "[")
        ? "$" + name.substring(BODY.length())
        : null;
  }
}
