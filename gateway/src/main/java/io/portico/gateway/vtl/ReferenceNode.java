package io.portico.gateway.vtl;

import java.io.IOException;
import java.io.Writer;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.exception.TemplateInitException;
import org.apache.velocity.runtime.parser.node.ASTExpression;
import org.apache.velocity.runtime.parser.node.ASTIndex;
import org.apache.velocity.runtime.parser.node.ASTReference;
import org.apache.velocity.runtime.parser.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * A reference such as {@code $input.path('$').name}. One that leads nowhere is the empty string,
 * never null.
 */
final class ReferenceNode extends ASTReference {
  private static final String NOWHERE = "";

  /** How many children are steps of the path; what follows is the alternative. */
  private int steps;

  private @Nullable Node alternative;
  private String name = "";

  ReferenceNode(ASTReference parsed) {
    super(parsed.getParser(), parsed.getType());
    first = parsed.getFirstToken();
    last = parsed.getLastToken();
    template = parsed.getTemplate();
  }

  @Override
  public Object init(InternalContextAdapter context, Object data) throws TemplateInitException {
    steps = jjtGetNumChildren();
    if (steps > 0) {
      Node end = jjtGetChild(steps - 1);
      if (end instanceof ASTExpression) {
        alternative = end;
        steps--;
      } else if (!(end instanceof ASTIndex)) {
        name = end.getFirstToken().image;
      }
    }
    return super.init(context, data);
  }

  @Override
  public Object execute(@Nullable Object unused, InternalContextAdapter context) {
    Budget budget = RenderContext.budget(context);
    budget.step();
    Object value = follow(steps, context);
    if (alternative != null
        && (value == null || value.equals(NOWHERE) || Boolean.FALSE.equals(value))) {
      value = alternative.value(context);
    }
    return value == null ? NOWHERE : value;
  }

  private @Nullable Object follow(int count, InternalContextAdapter context) {
    Object value = context.get(getRootString());
    for (int i = 0; i < count && value != null; i++) {
      value = jjtGetChild(i).execute(value, context);
    }
    return value;
  }

  @Override
  public boolean evaluate(InternalContextAdapter context) {
    // AWS: only false is false; a reference that leads nowhere, being "" (recorded, facts VTL-03),
    // is true, otherwise than in Velocity; source: reported by users who tried both,
    // https://github.com/dherault/serverless-offline/issues/50.
    return !Boolean.FALSE.equals(execute(this, context));
  }

  @Override
  public boolean render(InternalContextAdapter context, Writer writer) throws IOException {
    Budget budget = RenderContext.budget(context);
    budget.enter();
    try {
      return super.render(context, writer);
    } finally {
      budget.leave();
    }
  }

  @Override
  public boolean setValue(InternalContextAdapter context, @Nullable Object value) {
    if (value == null) {
      // An arithmetic without result: Velocity 1.7 leaves the variable as it was.
      return false;
    }
    Budget budget = RenderContext.budget(context);
    budget.step();
    if (steps == 0) {
      context.put(getRootString(), value);
      return true;
    }
    Object target = follow(steps - 1, context);
    if (target == null) {
      return false;
    }
    if (jjtGetChild(steps - 1) instanceof ASTIndex index) {
      Members.setIndex(target, orNowhere(index.jjtGetChild(0).value(context)), value, budget);
    } else {
      Members.set(target, name, value, budget);
    }
    return true;
  }

  static Object orNowhere(@Nullable Object value) {
    return value == null ? NOWHERE : value;
  }
}
