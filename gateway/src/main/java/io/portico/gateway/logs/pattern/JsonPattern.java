package io.portico.gateway.logs.pattern;

import io.portico.gateway.json.Json;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A pattern for messages that are JSON objects. Others it does not match, whatever it asks. */
record JsonPattern(Expression expression) implements FilterPattern {

  /** What a document is asked. */
  sealed interface Expression {
    boolean holdsFor(JsonNode document);

    /** All of them hold. */
    record All(List<Expression> parts) implements Expression {
      @Override
      public boolean holdsFor(JsonNode document) {
        return parts.stream().allMatch(part -> part.holdsFor(document));
      }
    }

    /** One of them holds. */
    record Any(List<Expression> parts) implements Expression {
      @Override
      public boolean holdsFor(JsonNode document) {
        return parts.stream().anyMatch(part -> part.holdsFor(document));
      }
    }

    /** AWS: neither holds for an array or an object, nor where nothing is; source: documented. */
    record Compared(JsonSelector selector, Comparison comparison) implements Expression {
      @Override
      public boolean holdsFor(JsonNode document) {
        return selector.select(document).stream()
            .anyMatch(
                value ->
                    (value.isString() || value.isNumber())
                        && comparison.holdsFor(
                            value.asString(), value.isNumber() ? value.decimalValue() : null));
      }
    }

    /** {@code IS NULL}, {@code IS TRUE}, {@code IS FALSE}. */
    record Is(JsonSelector selector, Predicate<JsonNode> kind) implements Expression {
      @Override
      public boolean holdsFor(JsonNode document) {
        return selector.select(document).stream().anyMatch(kind);
      }
    }

    /** {@code NOT EXISTS}. */
    record Missing(JsonSelector selector) implements Expression {
      @Override
      public boolean holdsFor(JsonNode document) {
        return selector.select(document).isEmpty();
      }
    }
  }

  @Override
  public boolean matches(String message) {
    if (!message.stripLeading().startsWith("{")) {
      return false;
    }
    JsonNode document;
    try {
      document = Json.parse(message);
    } catch (JacksonException e) {
      return false;
    }
    return expression.holdsFor(document);
  }
}
