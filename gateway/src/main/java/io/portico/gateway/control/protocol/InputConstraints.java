package io.portico.gateway.control.protocol;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Holds a bound input against the constraints of its shape and refuses every violation at once, in
 * AWS's words. Members of the body come before those of the URI, each group in the model's order
 * (GEN-03 to GEN-08).
 */
final class InputConstraints {
  // AWS: no message has more; source: inferred from Kinesis, on the same framework. It also keeps a
  // body of a million small faults from becoming a message many times its size.
  private static final int MOST_VIOLATIONS = 10;

  private final ServiceModel model;

  InputConstraints(ServiceModel model) {
    this.model = model;
  }

  /**
   * @throws ServiceException {@code ValidationException} that names every violation
   */
  void check(Operation operation, JsonNode input) {
    List<String> violations = new ArrayList<>();
    String prefix = model.api().violationPath(operation.name());
    for (Member member : operation.input().members()) {
      if (inBody(member)) {
        checkMember(member, input.get(member.key()), prefix, violations);
      }
    }
    for (Member member : operation.input().members()) {
      if (!inBody(member)) {
        checkMember(member, input.get(member.key()), "", violations);
      }
    }
    if (!violations.isEmpty()) {
      throw new ServiceException(
          "ValidationException",
          400,
          "%d validation error%s detected: %s"
              .formatted(
                  violations.size(),
                  violations.size() == 1 ? "" : "s",
                  String.join("; ", violations)));
    }
  }

  private static boolean inBody(Member member) {
    return member.inBody() || member.location() == Member.Location.PAYLOAD;
  }

  private void checkMember(
      Member member, @Nullable JsonNode value, String prefix, List<String> violations) {
    if (violations.size() >= MOST_VIOLATIONS) {
      return;
    }
    String path = prefix + lowerFirst(member.name());
    if (value == null) {
      if (member.required()) {
        violations.add("Value null at '" + path + "' " + failed("Member must not be null"));
      }
      return;
    }
    checkValue(model.shape(member.shape()), value, path, violations);
  }

  private void checkValue(Shape shape, JsonNode value, String path, List<String> violations) {
    for (String constraint : violated(shape, value)) {
      if (violations.size() >= MOST_VIOLATIONS) {
        return;
      }
      violations.add("Value '" + display(value) + "' at '" + path + "' " + failed(constraint));
    }
    switch (shape) {
      case Shape.Structure structure -> {
        for (Member member : structure.members()) {
          checkMember(member, value.get(member.key()), path + ".", violations);
        }
      }
      case Shape.ListOf list -> {
        Shape element = model.shape(list.element());
        if (isCompound(element)) {
          int index = 1;
          for (JsonNode item : value) {
            checkValue(element, item, path + "." + index++ + ".member", violations);
          }
        }
      }
      case Shape.MapOf map -> {
        Shape element = model.shape(map.value());
        if (isCompound(element)) {
          for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (!entry.getValue().isNull()) {
              checkValue(
                  element, entry.getValue(), path + "." + entry.getKey() + ".member", violations);
            }
          }
        }
      }
      default -> {}
    }
  }

  private static boolean isCompound(Shape shape) {
    return shape instanceof Shape.Structure
        || shape instanceof Shape.ListOf
        || shape instanceof Shape.MapOf;
  }

  /** What the value violates of its own shape, members and compound elements aside. */
  private List<String> violated(Shape shape, JsonNode value) {
    return switch (shape) {
      case Shape.Structure structure -> List.of();
      case Shape.ListOf list -> {
        List<String> violated = lengthViolations(list.length(), value.size());
        Shape element = model.shape(list.element());
        if (anyViolates(element, value)) {
          violated.add("Member must satisfy constraint: " + constraints(element));
        }
        yield violated;
      }
      case Shape.MapOf map -> {
        List<String> violated = lengthViolations(map.length(), value.size());
        Shape key = model.shape(map.key());
        Shape element = model.shape(map.value());
        if (value.properties().stream()
            .anyMatch(entry -> !violatedText(key, entry.getKey()).isEmpty())) {
          violated.add("Map keys must satisfy constraint: " + constraints(key));
        }
        if (anyViolates(element, value)) {
          violated.add("Map value must satisfy constraint: " + constraints(element));
        }
        yield violated;
      }
      case Shape.Text text -> violatedText(text, value.asString());
      case Shape.Numeric numeric -> {
        List<String> violated = new ArrayList<>();
        if (numeric.range().equals(Shape.Bounds.NONE) || !model.api().bounds(numeric)) {
          yield violated;
        }
        BigDecimal number = value.decimalValue();
        if (numeric.range().below(number)) {
          violated.add(atLeast("value", numeric.range()));
        }
        if (numeric.range().above(number)) {
          violated.add(atMost("value", numeric.range()));
        }
        yield violated;
      }
      case Shape.Blob blob -> lengthViolations(blob.length(), value.binaryValue().length);
      case Shape.Flag flag -> List.of();
      case Shape.Timestamp timestamp -> List.of();
    };
  }

  private boolean anyViolates(Shape element, JsonNode values) {
    if (isCompound(element)) {
      return false;
    }
    for (JsonNode value : values) {
      if (!value.isNull() && !violated(element, value).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static List<String> violatedText(Shape shape, String value) {
    if (!(shape instanceof Shape.Text text)) {
      return List.of();
    }
    List<String> violated = new ArrayList<>();
    if (!text.values().isEmpty() && !text.values().contains(value)) {
      violated.add(enumConstraint(text));
    }
    // A text that is too long is not matched: its length alone refuses it, and some of the patterns
    // need a stack as deep as the text is long.
    if (text.pattern() != null
        && !text.length().above(BigDecimal.valueOf(value.length()))
        && !text.pattern().matches(value)) {
      violated.add(patternConstraint(text.pattern()));
    }
    violated.addAll(lengthViolations(text.length(), value.length()));
    return violated;
  }

  private static List<String> lengthViolations(Shape.Bounds bounds, int length) {
    List<String> violated = new ArrayList<>();
    BigDecimal number = BigDecimal.valueOf(length);
    if (bounds.below(number)) {
      violated.add(atLeast("length", bounds));
    }
    if (bounds.above(number)) {
      violated.add(atMost("length", bounds));
    }
    return violated;
  }

  /** Every constraint of a list's or map's elements, as one violation of the whole names them. */
  private static String constraints(Shape shape) {
    List<String> constraints = new ArrayList<>();
    switch (shape) {
      case Shape.Text text -> {
        addBounds("length", text.length(), constraints);
        if (text.pattern() != null) {
          constraints.add(patternConstraint(text.pattern()));
        }
        if (!text.values().isEmpty()) {
          constraints.add(enumConstraint(text));
        }
      }
      case Shape.Numeric numeric -> addBounds("value", numeric.range(), constraints);
      case Shape.Blob blob -> addBounds("length", blob.length(), constraints);
      default -> {}
    }
    return "[" + String.join(", ", constraints) + "]";
  }

  private static void addBounds(String what, Shape.Bounds bounds, List<String> constraints) {
    if (bounds.max() != null) {
      constraints.add(atMost(what, bounds));
    }
    if (bounds.min() != null) {
      constraints.add(atLeast(what, bounds));
    }
  }

  private static String atLeast(String what, Shape.Bounds bounds) {
    return "Member must have " + what + " greater than or equal to " + bounds.min();
  }

  private static String atMost(String what, Shape.Bounds bounds) {
    return "Member must have " + what + " less than or equal to " + bounds.max();
  }

  private static String patternConstraint(Shape.TextPattern pattern) {
    return "Member must satisfy regular expression pattern: " + pattern.source();
  }

  private static String enumConstraint(Shape.Text text) {
    return "Member must satisfy enum value set: [" + String.join(", ", listed(text.values())) + "]";
  }

  /**
   * An enum's values in the order in which AWS's messages list them.
   *
   * <p>AWS: every recorded list has the order of a hash table with 32 buckets, by {@link
   * String#hashCode}, the later value of the model first within a bucket; source: GEN-09, GEN-11,
   * GEN-12 and URL-08, from which the rule is inferred for the other enums.
   */
  static List<String> listed(List<String> values) {
    return values.reversed().stream()
        .sorted(Comparator.comparingInt(value -> value.hashCode() & 31))
        .toList();
  }

  private static String failed(String constraint) {
    return "failed to satisfy constraint: " + constraint;
  }

  /** As Java prints it: lists {@code [a, b]}, maps {@code {a=b}}. */
  private static String display(JsonNode value) {
    StringBuilder text = new StringBuilder();
    append(value, text);
    return text.toString();
  }

  private static void append(JsonNode value, StringBuilder text) {
    if (value.isArray()) {
      text.append('[');
      String separator = "";
      for (JsonNode item : value) {
        text.append(separator);
        append(item, text);
        separator = ", ";
      }
      text.append(']');
    } else if (value.isObject()) {
      text.append('{');
      String separator = "";
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        text.append(separator).append(entry.getKey()).append('=');
        append(entry.getValue(), text);
        separator = ", ";
      }
      text.append('}');
    } else if (value.isBinary()) {
      int length = value.binaryValue().length;
      text.append("java.nio.HeapByteBuffer[pos=0 lim=%d cap=%d]".formatted(length, length));
    } else {
      text.append(value.isNull() ? "null" : value.asString());
    }
  }

  private static String lowerFirst(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
