package io.portico.gateway.control.cloudwatch.math;

import java.util.ArrayList;
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

  record Operation(String operator, MathNode left, MathNode right) implements MathNode {

    /**
     * It behind those on its left side, in the order in which they are worked out: {@code a + b - c
     * …} has as many as an expression is long.
     */
    List<Operation> chain() {
      List<Operation> chain = new ArrayList<>();
      chain.add(this);
      while (chain.getLast().left instanceof Operation before) {
        chain.add(before);
      }
      return chain.reversed();
    }
  }

  record Function(String name, List<MathNode> arguments) implements MathNode {}

  record Listed(List<MathNode> all) implements MathNode {}
}
