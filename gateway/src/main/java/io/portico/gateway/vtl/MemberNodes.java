package io.portico.gateway.vtl;

import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.parser.node.ASTIdentifier;
import org.apache.velocity.runtime.parser.node.ASTIndex;
import org.apache.velocity.runtime.parser.node.ASTMethod;
import org.jspecify.annotations.Nullable;

/** The steps of a reference, by {@link Members} instead of reflection. */
final class MemberNodes {
  private MemberNodes() {}

  /** {@code .name}. */
  static final class Property extends ASTIdentifier {
    Property(ASTIdentifier parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public @Nullable Object execute(Object target, InternalContextAdapter context) {
      return Members.property(target, getIdentifier());
    }
  }

  /** {@code .name(arguments)}. */
  static final class Method extends ASTMethod {
    Method(ASTMethod parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public @Nullable Object execute(Object target, InternalContextAdapter context) {
      Budget budget = RenderContext.budget(context);
      budget.step();
      Object[] arguments = new Object[jjtGetNumChildren() - 1];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = ReferenceNode.orNowhere(jjtGetChild(i + 1).value(context));
      }
      try {
        return Members.call(target, getMethodName(), arguments, budget);
      } catch (IndexOutOfBoundsException
          | IllegalArgumentException
          | UnsupportedOperationException e) {
        throw new VtlException(
            VtlException.Kind.EVALUATION,
            getMethodName() + ": " + e.getMessage(),
            getLine(),
            getColumn());
      }
    }
  }

  /** {@code [key]}. */
  static final class Index extends ASTIndex {
    Index(ASTIndex parsed) {
      super(parsed.getParser(), parsed.getType());
      first = parsed.getFirstToken();
      last = parsed.getLastToken();
      template = parsed.getTemplate();
    }

    @Override
    public @Nullable Object execute(Object target, InternalContextAdapter context) {
      Object key = ReferenceNode.orNowhere(jjtGetChild(0).value(context));
      return Members.index(target, key, RenderContext.budget(context));
    }
  }
}
