package io.portico.gateway.vtl;

import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.directive.Foreach;
import org.apache.velocity.runtime.directive.ForeachScope;
import org.apache.velocity.runtime.directive.StopCommand;
import org.apache.velocity.runtime.parser.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * {@code #foreach}, over what {@link Members#iterator} knows. Also sets {@code $velocityCount} and
 * {@code $velocityHasNext}, which templates for Velocity 1.x use.
 *
 * <p>Public because Velocity makes its directives by reflection.
 */
public final class BoundedForeach extends Foreach {

  @Override
  protected @Nullable Iterator<?> getIterator(@Nullable Object iterable, Node node) {
    return Members.iterator(iterable);
  }

  @Override
  public boolean render(InternalContextAdapter context, Writer writer, Node node)
      throws IOException {
    Budget budget = RenderContext.budget(context);
    long outer = budget.beginLoop();
    try {
      return super.render(context, writer, node);
    } finally {
      budget.endLoop(outer);
    }
  }

  // AWS: what happens to elements beyond the limit is unknown; they are left out, as Velocity's own
  // setting does.
  @Override
  protected void renderBlock(InternalContextAdapter context, Writer writer, Node block)
      throws IOException {
    if (!RenderContext.budget(context).iterates()) {
      throw new StopCommand();
    }
    if (context.get(getScopeName()) instanceof ForeachScope scope) {
      context.put("velocityCount", scope.getCount());
      context.put("velocityHasNext", scope.hasNext());
    }
    super.renderBlock(context, writer, block);
  }
}
