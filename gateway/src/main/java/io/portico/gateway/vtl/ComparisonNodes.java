package io.portico.gateway.vtl;

import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.parser.node.ASTEQNode;
import org.apache.velocity.runtime.parser.node.ASTGENode;
import org.apache.velocity.runtime.parser.node.ASTGTNode;
import org.apache.velocity.runtime.parser.node.ASTLENode;
import org.apache.velocity.runtime.parser.node.ASTLTNode;
import org.apache.velocity.runtime.parser.node.ASTNENode;
import org.apache.velocity.runtime.parser.node.SimpleNode;

/**
 * Comparisons. Only numbers have an order: a text is never smaller or larger than anything, as
 * under Velocity 1.7, and no text is turned into a number, which one with a large exponent could
 * abuse.
 */
final class ComparisonNodes {
  private ComparisonNodes() {}

  private static boolean same(SimpleNode node, InternalContextAdapter context) {
    Object left = ReferenceNode.orNowhere(node.jjtGetChild(0).value(context));
    Object right = ReferenceNode.orNowhere(node.jjtGetChild(1).value(context));
    return ValueEquality.loose(left, right, RenderContext.budget(context));
  }

  private static int order(SimpleNode node, InternalContextAdapter context, int incomparable) {
    Object left = node.jjtGetChild(0).value(context);
    Object right = node.jjtGetChild(1).value(context);
    return left instanceof Number a && right instanceof Number b
        ? ValueEquality.compare(a, b)
        : incomparable;
  }

  /** {@code ==}. */
  static final class Equal extends ASTEQNode {
    Equal(ASTEQNode parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public boolean evaluate(InternalContextAdapter context) {
      return same(this, context);
    }
  }

  /** {@code !=}. */
  static final class NotEqual extends ASTNENode {
    NotEqual(ASTNENode parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public boolean evaluate(InternalContextAdapter context) {
      return !same(this, context);
    }
  }

  /** {@code <}. */
  static final class Less extends ASTLTNode {
    Less(ASTLTNode parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public boolean evaluate(InternalContextAdapter context) {
      return order(this, context, 1) < 0;
    }
  }

  /** {@code <=}. */
  static final class LessOrEqual extends ASTLENode {
    LessOrEqual(ASTLENode parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public boolean evaluate(InternalContextAdapter context) {
      return order(this, context, 1) <= 0;
    }
  }

  /** {@code >}. */
  static final class Greater extends ASTGTNode {
    Greater(ASTGTNode parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public boolean evaluate(InternalContextAdapter context) {
      return order(this, context, -1) > 0;
    }
  }

  /** {@code >=}. */
  static final class GreaterOrEqual extends ASTGENode {
    GreaterOrEqual(ASTGENode parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public boolean evaluate(InternalContextAdapter context) {
      return order(this, context, -1) >= 0;
    }
  }
}
