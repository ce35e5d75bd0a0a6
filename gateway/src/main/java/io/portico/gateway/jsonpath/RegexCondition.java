package io.portico.gateway.jsonpath;

import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.Predicate;
import io.portico.gateway.regex.CountedText;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * {@code path =~ /expression/flags}: whether the expression matches the whole of what the path
 * finds, or of one of the values of a list. What is neither text nor number nor truth, or not
 * there, is the empty text, as in Jayway. Each character that is read is a step of the path's.
 *
 * @param path from the element on, or from the root
 */
record RegexCondition(JsonPath path, boolean fromRoot, Pattern expression) implements Predicate {

  /**
   * @throws JsonPathException if one of them is none
   */
  static RegexCondition of(String path, String expression) {
    boolean fromRoot = path.startsWith("$");
    if ((!fromRoot && !path.startsWith("@")) || path.contains(RegexFilter.OPERATOR)) {
      throw new JsonPathException("nothing to match with a regular expression: " + path);
    }
    return new RegexCondition(
        JsonPath.compile("$" + path.substring(1)), fromRoot, pattern(expression));
  }

  private static Pattern pattern(String expression) {
    int end = expression.startsWith("/") ? PathText.behindNext('/', expression, 1) : -1;
    if (end < 0) {
      throw new JsonPathException("not a regular expression: " + expression);
    }
    int flags = 0;
    for (char flag : expression.substring(end).toCharArray()) {
      flags |= flag(flag);
    }
    try {
      return Pattern.compile(expression.substring(1, end - 1), flags);
    } catch (PatternSyntaxException e) {
      throw new JsonPathException("not a regular expression: " + expression);
    }
  }

  /** Those that Jayway knows. */
  private static int flag(char flag) {
    return switch (flag) {
      case 'd' -> Pattern.UNIX_LINES;
      case 'i' -> Pattern.CASE_INSENSITIVE;
      case 'm' -> Pattern.MULTILINE;
      case 's' -> Pattern.DOTALL;
      case 'u' -> Pattern.UNICODE_CASE;
      case 'x' -> Pattern.COMMENTS;
      case 'U' -> Pattern.UNICODE_CHARACTER_CLASS;
      default -> throw new JsonPathException("not a flag of regular expressions: " + flag);
    };
  }

  @Override
  public boolean apply(PredicateContext context) {
    PlainValues values = (PlainValues) context.configuration().jsonProvider();
    Object found = found(context);
    return found instanceof List<?> list
        ? list.stream().anyMatch(value -> matches(value, values))
        : matches(found, values);
  }

  private @Nullable Object found(PredicateContext context) {
    Object from = fromRoot ? context.root() : context.item();
    try {
      return from == null ? null : path.read(from, context.configuration());
    } catch (PathNotFoundException e) {
      return null;
    }
  }

  private boolean matches(@Nullable Object value, PlainValues values) {
    return expression.matcher(new CountedText(text(value), values::step)).matches();
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case String text -> text;
      case Number number -> new BigDecimal(number.toString()).toString();
      case Boolean truth -> truth.toString();
      case null, default -> "";
    };
  }
}
