package io.portico.gateway.vtl;

import java.io.Writer;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.exception.TemplateInitException;
import org.apache.velocity.runtime.RuntimeServices;
import org.apache.velocity.runtime.directive.Directive;
import org.apache.velocity.runtime.parser.node.Node;

/**
 * A directive that would read other templates, or run a text as one: a template with it is refused.
 *
 * <p>The subclasses are public because Velocity makes its directives by reflection.
 */
abstract class RefusedDirective extends Directive {
  private final String name;

  private RefusedDirective(String name) {
    this.name = name;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public int getType() {
    return LINE;
  }

  @Override
  public void init(RuntimeServices services, InternalContextAdapter context, Node node) {
    throw new TemplateInitException(
        "#" + name + " is not allowed", null, null, "", node.getColumn(), node.getLine());
  }

  @Override
  public boolean render(InternalContextAdapter context, Writer writer, Node node) {
    throw new IllegalStateException("#" + name + " was refused when the template was parsed");
  }

  /** {@code #include}. */
  public static final class Include extends RefusedDirective {
    public Include() {
      super("include");
    }
  }

  /** {@code #parse}. */
  public static final class Parse extends RefusedDirective {
    public Parse() {
      super("parse");
    }
  }

  /** {@code #evaluate}. */
  public static final class Evaluate extends RefusedDirective {
    public Evaluate() {
      super("evaluate");
    }
  }
}
