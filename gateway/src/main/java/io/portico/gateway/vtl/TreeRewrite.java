package io.portico.gateway.vtl;

import org.apache.velocity.runtime.parser.node.ASTAddNode;
import org.apache.velocity.runtime.parser.node.ASTBlock;
import org.apache.velocity.runtime.parser.node.ASTDivNode;
import org.apache.velocity.runtime.parser.node.ASTEQNode;
import org.apache.velocity.runtime.parser.node.ASTGENode;
import org.apache.velocity.runtime.parser.node.ASTGTNode;
import org.apache.velocity.runtime.parser.node.ASTIdentifier;
import org.apache.velocity.runtime.parser.node.ASTIndex;
import org.apache.velocity.runtime.parser.node.ASTIntegerRange;
import org.apache.velocity.runtime.parser.node.ASTLENode;
import org.apache.velocity.runtime.parser.node.ASTLTNode;
import org.apache.velocity.runtime.parser.node.ASTMap;
import org.apache.velocity.runtime.parser.node.ASTMethod;
import org.apache.velocity.runtime.parser.node.ASTModNode;
import org.apache.velocity.runtime.parser.node.ASTMulNode;
import org.apache.velocity.runtime.parser.node.ASTNENode;
import org.apache.velocity.runtime.parser.node.ASTReference;
import org.apache.velocity.runtime.parser.node.ASTSubtractNode;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;
import org.jspecify.annotations.Nullable;

/**
 * Puts our nodes in the place of those of Velocity that would use reflection, convert between types
 * or work without bound. Runs between parsing and initialisation.
 */
final class TreeRewrite {
  private static final int MAX_DEPTH = 200;

  private TreeRewrite() {}

  /**
   * @throws VtlException if the tree is nested too deeply to be walked
   */
  static void rewrite(SimpleNode root) {
    rewriteChildren(root, 0);
  }

  private static void rewriteChildren(SimpleNode parent, int depth) {
    if (depth > MAX_DEPTH) {
      throw new VtlException(
          VtlException.Kind.SYNTAX, "the template is nested deeper than " + MAX_DEPTH, 0, 0);
    }
    for (int i = 0; i < parent.jjtGetNumChildren(); i++) {
      SimpleNode child = (SimpleNode) parent.jjtGetChild(i);
      rewriteChildren(child, depth + 1);
      @Nullable SimpleNode ours = replacement(child);
      if (ours != null) {
        adopt(parent, i, child, ours);
      }
    }
    if (parent instanceof ASTBlock) {
      parent.jjtAddChild(new StepNode(parent), parent.jjtGetNumChildren());
    }
  }

  private static @Nullable SimpleNode replacement(SimpleNode node) {
    return switch (node) {
      case ASTReference reference -> new ReferenceNode(reference);
      case ASTIdentifier identifier -> new MemberNodes.Property(identifier);
      case ASTMethod method -> new MemberNodes.Method(method);
      case ASTIndex index -> new MemberNodes.Index(index);
      case ASTNENode notEqual -> new ComparisonNodes.NotEqual(notEqual);
      case ASTEQNode equal -> new ComparisonNodes.Equal(equal);
      case ASTLTNode less -> new ComparisonNodes.Less(less);
      case ASTLENode lessOrEqual -> new ComparisonNodes.LessOrEqual(lessOrEqual);
      case ASTGTNode greater -> new ComparisonNodes.Greater(greater);
      case ASTGENode greaterOrEqual -> new ComparisonNodes.GreaterOrEqual(greaterOrEqual);
      case ASTAddNode add -> new MathNodes.Add(add);
      case ASTSubtractNode subtract -> new MathNodes.Subtract(subtract);
      case ASTMulNode multiply -> new MathNodes.Multiply(multiply);
      case ASTDivNode divide -> new MathNodes.Divide(divide);
      case ASTModNode remainder -> new MathNodes.Remainder(remainder);
      case ASTIntegerRange range -> new LiteralNodes.Range(range);
      case ASTMap map -> new LiteralNodes.MapLiteral(map);
      default -> null;
    };
  }

  private static void adopt(SimpleNode parent, int index, SimpleNode theirs, SimpleNode ours) {
    for (int i = 0; i < theirs.jjtGetNumChildren(); i++) {
      Node child = theirs.jjtGetChild(i);
      ours.jjtAddChild(child, i);
      child.jjtSetParent(ours);
    }
    ours.setInfo(theirs.getInfo());
    ours.jjtSetParent(parent);
    parent.jjtAddChild(ours, index);
  }
}
