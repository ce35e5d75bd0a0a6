package io.portico.gateway.vtl;

import java.util.HashMap;
import java.util.Map;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.parser.node.ASTIntegerRange;
import org.apache.velocity.runtime.parser.node.ASTMap;
import org.jspecify.annotations.Nullable;

/** Literals whose values are made at each rendering. */
final class LiteralNodes {
  private LiteralNodes() {}

  /** <code>{"key": value}</code>. */
  static final class MapLiteral extends ASTMap {
    MapLiteral(ASTMap parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public Object value(InternalContextAdapter context) {
      Budget budget = RenderContext.budget(context);
      // AWS: the order of a HashMap; source: inferred (Velocity 1.7 makes one; $context has its
      // order, recorded, facts VTL-13).
      Map<Object, Object> map = new HashMap<>();
      for (int i = 0; i < jjtGetNumChildren(); i += 2) {
        budget.charge(8);
        Object key = ReferenceNode.orNowhere(jjtGetChild(i).value(context));
        Object value = ReferenceNode.orNowhere(jjtGetChild(i + 1).value(context));
        map.put(MapMembers.key(key, budget), value);
      }
      return map;
    }
  }

  /** {@code [from..to]}: computed, never written out. */
  static final class Range extends ASTIntegerRange {
    Range(ASTIntegerRange parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public @Nullable Object value(InternalContextAdapter context) {
      Object left = jjtGetChild(0).value(context);
      Object right = jjtGetChild(1).value(context);
      if (!(left instanceof Integer from) || !(right instanceof Integer to)) {
        return null;
      }
      return new IntegerRange(from, to, from <= to ? 1 : -1);
    }
  }
}
