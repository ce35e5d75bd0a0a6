package io.portico.gateway.vtl;

import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.directive.Foreach;
import org.apache.velocity.runtime.directive.ForeachScope;
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
  protected void renderBlock(InternalContextAdapter context, Writer writer, Node block)
      throws IOException {
    if (context.get(getScopeName()) instanceof ForeachScope scope) {
      context.put("velocityCount", scope.getCount());
      context.put("velocityHasNext", scope.hasNext());
    }
    super.renderBlock(context, writer, block);
  }
}
