package io.portico.gateway.logs.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for messages of fields between blanks: {@code [ip, ..., status = 4*, bytes > 1000]}.
 *
 * @param head conditions on the first fields
 * @param open whether others may stand between these and the last ones
 * @param tail conditions on the last fields
 */
record FieldPattern(List<Condition> head, boolean open, List<Condition> tail)
    implements FilterPattern {

  /**
   * What is asked of a field: one of the alternatives, each with all of its comparisons.
   *
   * @param alternatives empty where anything will do
   */
  record Condition(List<List<Comparison>> alternatives) {
    boolean holdsFor(String field) {
      return alternatives.isEmpty()
          || alternatives.stream()
              .anyMatch(
                  all ->
                      all.stream().allMatch(each -> each.holdsFor(field, Operand.number(field))));
    }
  }

  /** A field of a message, and where it begins. */
  private record Field(String text, int start) {}

  @Override
  public boolean matches(String message) {
    List<Field> fields = fields(message);
    int least = head.size() + tail.size();
    if (fields.size() < least) {
      return false;
    }
    for (int i = 0; i < head.size(); i++) {
      boolean rest = !open && i == head.size() - 1 && fields.size() > least;
      // AWS: a pattern of two fields matches lines of many, so the last has what is left of the
      // line; source: inferred from "you must include a blank indicator", as the package says.
      String field = rest ? message.substring(fields.get(i).start).strip() : fields.get(i).text;
      if (!head.get(i).holdsFor(field)) {
        return false;
      }
    }
    for (int i = 0; i < tail.size(); i++) {
      if (!tail.get(i).holdsFor(fields.get(fields.size() - tail.size() + i).text)) {
        return false;
      }
    }
    return true;
  }

  /** What stands between brackets or quotation marks is one field, blanks and all. */
  private static List<Field> fields(String message) {
    List<Field> fields = new ArrayList<>();
    int at = 0;
    while (at < message.length()) {
      char c = message.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
        continue;
      }
      int close =
          switch (c) {
            case '[' -> message.indexOf(']', at + 1);
            case '"' -> message.indexOf('"', at + 1);
            default -> -1;
          };
      if (close >= 0) {
        fields.add(new Field(message.substring(at + 1, close), at));
        at = close + 1;
      } else {
        int end = at;
        while (end < message.length() && !Character.isWhitespace(message.charAt(end))) {
          end++;
        }
        fields.add(new Field(message.substring(at, end), at));
        at = end;
      }
    }
    return fields;
  }
}
