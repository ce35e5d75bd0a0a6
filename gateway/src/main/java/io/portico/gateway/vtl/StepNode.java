package io.portico.gateway.vtl;

import java.io.Writer;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.exception.TemplateInitException;
import org.apache.velocity.runtime.parser.node.ASTText;
import org.apache.velocity.runtime.parser.node.ASTTextblock;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;
import org.apache.velocity.runtime.parser.node.StandardParserTreeConstants;

/**
 * The last node of every block: charges one pass through the block and the text that stands in it.
 * Bodies of loops, conditions, macros and definitions are all blocks, so no template repeats
 * anything uncounted.
 */
final class StepNode extends SimpleNode {
  private long cost = 1;

  StepNode(SimpleNode block) {
    super(StandardParserTreeConstants.JJTVOID);
    parent = block;
  }

  @Override
  public Object init(InternalContextAdapter context, Object data) throws TemplateInitException {
    for (int i = 0; i < parent.jjtGetNumChildren(); i++) {
      Node sibling = parent.jjtGetChild(i);
      if (sibling instanceof ASTText text) {
        cost += text.getCtext().length();
      } else if (sibling instanceof ASTTextblock block) {
        cost += block.literal().length();
      }
    }
    return data;
  }

  @Override
  public boolean render(InternalContextAdapter context, Writer writer) {
    Budget budget = RenderContext.budget(context);
    budget.step();
    budget.charge(cost);
    return true;
  }
}
