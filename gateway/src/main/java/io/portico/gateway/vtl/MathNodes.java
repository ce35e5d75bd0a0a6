package io.portico.gateway.vtl;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.parser.node.ASTAddNode;
import org.apache.velocity.runtime.parser.node.ASTDivNode;
import org.apache.velocity.runtime.parser.node.ASTMathNode;
import org.apache.velocity.runtime.parser.node.ASTModNode;
import org.apache.velocity.runtime.parser.node.ASTMulNode;
import org.apache.velocity.runtime.parser.node.ASTSubtractNode;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic, on numbers only, as under Velocity 1.7; {@code +} also joins texts. An operation
 * without a result is null. Numbers cannot grow without bound.
 */
final class MathNodes {
  private static final int MAX_BITS = 4096;
  private static final int MAX_SCALE = 2048;

  private MathNodes() {}

  private static @Nullable Object join(
      @Nullable Object left, @Nullable Object right, InternalContextAdapter context) {
    if (!(left instanceof String) && !(right instanceof String)) {
      return null;
    }
    Budget budget = RenderContext.budget(context);
    String start = ValueText.of(left, budget);
    String end = ValueText.of(right, budget);
    budget.charge((long) start.length() + end.length());
    return start.concat(end);
  }

  private static @Nullable Number compute(ASTMathNode node, InternalContextAdapter context) {
    Object left = node.jjtGetChild(0).value(context);
    Object right = node.jjtGetChild(1).value(context);
    return compute(node, left, right, context);
  }

  private static @Nullable Number compute(
      ASTMathNode node,
      @Nullable Object left,
      @Nullable Object right,
      InternalContextAdapter context) {
    RenderContext.budget(context).step();
    if (!(left instanceof Number a) || !(right instanceof Number b)) {
      return null;
    }
    if (ValueEquality.notFinite(a) || ValueEquality.notFinite(b)) {
      return null;
    }
    // Numbers of a document may have exponents that adding one would write out as zeros.
    bound(a);
    bound(b);
    Number result = node.perform(a, b, context);
    bound(result);
    return result;
  }

  private static void bound(@Nullable Number number) {
    boolean tooLarge =
        switch (number) {
          case BigInteger big -> big.bitLength() > MAX_BITS;
          case BigDecimal big ->
              big.scale() > MAX_SCALE
                  || big.scale() < -MAX_SCALE
                  || big.unscaledValue().bitLength() > MAX_BITS;
          case null, default -> false;
        };
    if (tooLarge) {
      throw VtlException.limit("a number grows too large");
    }
  }

  /** {@code +}. */
  static final class Add extends ASTAddNode {
    Add(ASTAddNode parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public @Nullable Object value(InternalContextAdapter context) {
      Object left = jjtGetChild(0).value(context);
      Object right = jjtGetChild(1).value(context);
      Object joined = join(left, right, context);
      return joined == null ? compute(this, left, right, context) : joined;
    }
  }

  /** {@code -}. */
  static final class Subtract extends ASTSubtractNode {
    Subtract(ASTSubtractNode parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public @Nullable Object value(InternalContextAdapter context) {
      return compute(this, context);
    }
  }

  /** {@code *}. */
  static final class Multiply extends ASTMulNode {
    Multiply(ASTMulNode parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public @Nullable Object value(InternalContextAdapter context) {
      return compute(this, context);
    }
  }

  /** {@code /}. */
  static final class Divide extends ASTDivNode {
    Divide(ASTDivNode parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public @Nullable Object value(InternalContextAdapter context) {
      return compute(this, context);
    }
  }

  /** {@code %}. */
  static final class Remainder extends ASTModNode {
    Remainder(ASTModNode parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public @Nullable Object value(InternalContextAdapter context) {
      return compute(this, context);
    }
  }
}
