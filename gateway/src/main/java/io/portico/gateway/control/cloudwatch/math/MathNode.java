package io.portico.gateway.control.cloudwatch.math;

import java.util.List;

/** A part of an expression, as it is written. */
sealed interface MathNode {

  record Literal(double value) implements MathNode {}

  record Text(String value) implements MathNode {}

  /** A metric or another expression, by its id. */
  record Reference(String id) implements MathNode {}

  /** A word that some functions take, such as {@code REPEAT}. */
  record Keyword(String word) implements MathNode {}

  record Minus(MathNode of) implements MathNode {}

  record Operation(String operator, MathNode left, MathNode right) implements MathNode {}

  record Function(String name, List<MathNode> arguments) implements MathNode {}

  record Listed(List<MathNode> all) implements MathNode {}
}
