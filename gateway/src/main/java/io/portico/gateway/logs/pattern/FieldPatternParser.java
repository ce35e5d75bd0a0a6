package io.portico.gateway.logs.pattern;

import io.portico.gateway.logs.pattern.FieldPattern.Condition;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code [w1 = ERROR || w1 = WARN, ..., code]}. */
final class FieldPatternParser {
  private final PatternText pattern;

  FieldPatternParser(String text) {
    this.pattern = new PatternText(text);
  }

  FieldPattern parse() {
    pattern.expect("[");
    List<Condition> head = new ArrayList<>();
    List<Condition> tail = new ArrayList<>();
    boolean open = false;
    do {
      if (pattern.take("...")) {
        if (open) {
          throw new InvalidPatternException();
        }
        open = true;
      } else {
        (open ? tail : head).add(condition());
      }
    } while (pattern.take(","));
    pattern.expect("]");
    pattern.expectEnd();
    return new FieldPattern(head, open, tail);
  }

  private Condition condition() {
    String name = name();
    pattern.skipBlanks();
    if (pattern.peek() == ',' || pattern.peek() == ']') {
      return new Condition(List.of());
    }
    if (name.isEmpty()) {
      throw new InvalidPatternException();
    }
    List<List<Comparison>> alternatives = new ArrayList<>();
    alternatives.add(new ArrayList<>(List.of(Comparison.parse(pattern))));
    while (true) {
      if (pattern.take("&&")) {
        alternatives.getLast().add(again(name));
      } else if (pattern.take("||")) {
        alternatives.add(new ArrayList<>(List.of(again(name))));
      } else {
        return new Condition(alternatives);
      }
    }
  }

  /** Another comparison of the same field; one of another field has no place here. */
  private Comparison again(String name) {
    if (!name().equals(name)) {
      throw new InvalidPatternException();
    }
    return Comparison.parse(pattern);
  }

  private String name() {
    pattern.skipBlanks();
    return pattern.run(c -> Character.isLetterOrDigit(c) || c == '_');
  }
}
