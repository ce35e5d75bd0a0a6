package io.portico.gateway.logs.pattern;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Which values of a JSON document: {@code $.users[0].name}, {@code $.actions[*]}. */
record JsonSelector(List<Step> steps) {

  /** One step into the document. */
  sealed interface Step {
    /** A member of an object. */
    record Name(String name) implements Step {}

    /** An element of an array. */
    record Index(int index) implements Step {}

    /** Whatever is in an object. */
    record AnyName() implements Step {}

    /** Whatever is in an array. */
    record AnyIndex() implements Step {}
  }

  /** Reads one. */
  static JsonSelector parse(PatternText pattern) {
    pattern.expect("$");
    List<Step> steps = new ArrayList<>();
    while (true) {
      switch (pattern.peek()) {
        case '.' -> {
          pattern.next();
          if (pattern.peek() != '[') {
            steps.add(name(pattern));
          }
        }
        case '[' -> {
          pattern.next();
          steps.add(bracketed(pattern));
          pattern.expect("]");
        }
        default -> {
          JsonSelector selector = new JsonSelector(List.copyOf(steps));
          // AWS: a selector has one wildcard at most; source: documented.
          if (steps.isEmpty() || selector.wildcards() > 1) {
            throw new InvalidPatternException();
          }
          return selector;
        }
      }
    }
  }

  private static Step name(PatternText pattern) {
    if (pattern.peek() == '*') {
      pattern.next();
      return new Step.AnyName();
    }
    String name = pattern.run(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
    if (name.isEmpty()) {
      throw new InvalidPatternException();
    }
    return new Step.Name(name);
  }

  private static Step bracketed(PatternText pattern) {
    return switch (pattern.peek()) {
      case '\'', '"' -> new Step.Name(pattern.quoted(pattern.peek()));
      case '*' -> {
        pattern.next();
        yield new Step.AnyIndex();
      }
      default -> new Step.Index(pattern.index());
    };
  }

  int wildcards() {
    return (int)
        steps.stream()
            .filter(step -> step instanceof Step.AnyName || step instanceof Step.AnyIndex)
            .count();
  }

  /** What there is of it in a document. */
  List<JsonNode> select(JsonNode document) {
    List<JsonNode> selected = List.of(document);
    for (Step step : steps) {
      List<JsonNode> inner = new ArrayList<>();
      for (JsonNode node : selected) {
        collect(step, node, inner);
      }
      selected = inner;
    }
    return selected;
  }

  private static void collect(Step step, JsonNode node, List<JsonNode> selected) {
    switch (step) {
      case Step.Name name -> {
        JsonNode member = node.isObject() ? node.get(name.name()) : null;
        if (member != null) {
          selected.add(member);
        }
      }
      case Step.Index index -> {
        JsonNode element = node.isArray() ? node.get(index.index()) : null;
        if (element != null) {
          selected.add(element);
        }
      }
      case Step.AnyName any -> {
        if (node.isObject()) {
          node.properties().forEach(entry -> selected.add(entry.getValue()));
        }
      }
      case Step.AnyIndex any -> {
        if (node.isArray()) {
          node.forEach(selected::add);
        }
      }
    }
  }
}
