package io.portico.gateway.logs.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * Terms that a message contains, wherever: {@code ERROR "not found" -expected}, or some of which it
 * does: {@code ?ERROR ?WARN}.
 *
 * @param included each of them
 * @param excluded none of them
 * @param optional one of them at least
 */
record TermPattern(List<String> included, List<String> excluded, List<String> optional)
    implements FilterPattern {

  static TermPattern parse(String pattern) {
    List<String> included = new ArrayList<>();
    List<String> excluded = new ArrayList<>();
    List<String> optional = new ArrayList<>();
    PatternText text = new PatternText(pattern);
    text.skipBlanks();
    while (!text.atEnd()) {
      char mark = text.peek();
      List<String> kind =
          switch (mark) {
            case '-' -> excluded;
            case '?' -> optional;
            default -> included;
          };
      if (mark == '-' || mark == '?') {
        text.next();
        text.skipBlanks();
      }
      kind.add(term(text));
      text.skipBlanks();
    }
    return new TermPattern(included, excluded, optional);
  }

  private static String term(PatternText text) {
    if (text.peek() == '"') {
      String phrase = text.quoted('"');
      if (phrase.isEmpty()) {
        throw invalid("\"\"");
      }
      expectBlank(text, phrase);
      return phrase;
    }
    String term = text.run(c -> Character.isLetterOrDigit(c) || c == '_');
    expectBlank(text, term);
    if (term.isEmpty()) {
      throw new InvalidPatternException();
    }
    return term;
  }

  private static void expectBlank(PatternText text, String term) {
    String more = text.run(c -> !Character.isWhitespace(c));
    if (!more.isEmpty()) {
      throw invalid(term + more);
    }
  }

  /** AWS: source: reported by users of AWS's clients. */
  private static InvalidPatternException invalid(String term) {
    return new InvalidPatternException("Invalid character(s) in term '" + term + "'");
  }

  @Override
  public boolean matches(String message) {
    if (!included.stream().allMatch(message::contains)
        || excluded.stream().anyMatch(message::contains)) {
      return false;
    }
    // AWS: optional terms beside others have no effect; source: documented, as the package says.
    return !included.isEmpty()
        || !excluded.isEmpty()
        || optional.stream().anyMatch(message::contains);
  }
}
