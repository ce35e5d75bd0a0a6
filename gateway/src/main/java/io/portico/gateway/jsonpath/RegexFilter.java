package io.portico.gateway.jsonpath;

import com.jayway.jsonpath.Filter;
import com.jayway.jsonpath.Predicate;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter in which regular expressions stand ({@code @.name =~ /a.+/i}), taken apart as Jayway
 * does it: {@code ||} of {@code &&} of conditions, any of them in parentheses or negated. Those
 * without an expression are Jayway's.
 */
final class RegexFilter {
  static final String OPERATOR = "=~";

  private final String text;
  private int at;

  private RegexFilter(String text) {
    this.text = text;
  }

  /**
   * @param filter what stands in {@code [?( )]}
   * @throws JsonPathException if it is no filter, or one that cannot be bounded
   */
  static Predicate parse(String filter) {
    RegexFilter parser = new RegexFilter(filter);
    Predicate parsed = parser.or();
    if (parser.at < filter.length()) {
      throw parser.refused();
    }
    return parsed;
  }

  private Predicate or() {
    List<Predicate> any = new ArrayList<>(List.of(and()));
    while (accepts("||")) {
      any.add(and());
    }
    return any.size() == 1
        ? any.getFirst()
        : context -> any.stream().anyMatch(part -> part.apply(context));
  }

  private Predicate and() {
    List<Predicate> all = new ArrayList<>(List.of(operand()));
    while (accepts("&&")) {
      all.add(operand());
    }
    return all.size() == 1
        ? all.getFirst()
        : context -> all.stream().allMatch(part -> part.apply(context));
  }

  private Predicate operand() {
    skipBlanks();
    int start = at;
    if (accepts("!")) {
      skipBlanks();
      if (at < text.length() && "(!".indexOf(text.charAt(at)) >= 0) {
        Predicate negated = operand();
        return context -> !negated.apply(context);
      }
      // What there is not: Jayway's own.
      at = start;
    }
    if (accepts("(")) {
      Predicate inside = or();
      if (!accepts(")")) {
        throw refused();
      }
      return inside;
    }
    return condition();
  }

  private Predicate condition() {
    int start = at;
    int operator = -1;
    while (at < text.length() && !isNext("&&") && !isNext("||") && text.charAt(at) != ')') {
      if (operator < 0 && isNext(OPERATOR)) {
        operator = at;
      }
      at = PathText.behind(text, at);
      if (at < 0) {
        throw refused();
      }
    }
    String whole = text.substring(start, at).strip();
    if (operator >= 0) {
      return RegexCondition.of(
          text.substring(start, operator).strip(),
          text.substring(operator + OPERATOR.length(), at).strip());
    }
    if (whole.isEmpty() || whole.contains(OPERATOR)) {
      throw refused();
    }
    return Filter.parse("[?(" + whole + ")]");
  }

  private boolean isNext(String token) {
    return text.startsWith(token, at);
  }

  private boolean accepts(String token) {
    skipBlanks();
    if (!isNext(token)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private JsonPathException refused() {
    return new JsonPathException("not a filter with regular expressions: " + text);
  }
}
