package io.portico.lambda.model;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resource-based policy of a function, a version or an alias.
 *
 * @param statements as they are shown, in the order in which they were added
 */
public record PolicyRecord(List<ObjectNode> statements) {
  public static final PolicyRecord EMPTY = new PolicyRecord(List.of());

  /** Whether there is a statement of that {@code Sid}. */
  public boolean has(String sid) {
    return statements.stream().anyMatch(statement -> isNamed(statement, sid));
  }

  /** The same with one more statement. */
  public PolicyRecord with(ObjectNode statement) {
    List<ObjectNode> more = new ArrayList<>(statements);
    more.add(statement);
    return new PolicyRecord(List.copyOf(more));
  }

  /** The same without the statement of a {@code Sid}. */
  public PolicyRecord without(String sid) {
    return new PolicyRecord(
        statements.stream().filter(statement -> !isNamed(statement, sid)).toList());
  }

  private static boolean isNamed(ObjectNode statement, String sid) {
    return statement.path("Sid").asString("").equals(sid);
  }
}
