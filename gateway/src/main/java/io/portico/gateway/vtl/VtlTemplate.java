package io.portico.gateway.vtl;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.velocity.Template;
import org.apache.velocity.context.InternalContextAdapterImpl;
import org.apache.velocity.exception.ExtendedParseException;
import org.apache.velocity.exception.TemplateInitException;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.runtime.directive.StopCommand;
import org.apache.velocity.runtime.parser.ParseException;
import org.apache.velocity.runtime.parser.node.ASTStringLiteral;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;

/** A parsed template. Immutable; any number of threads may render it at once. */
public final class VtlTemplate {
  private static final Pattern POSITION = Pattern.compile("line (\\d+), column (\\d+)");

  private final Template template;
  private final SimpleNode root;
  private final int length;

  private VtlTemplate(Template template, int length) {
    this.template = template;
    this.root = (SimpleNode) template.getData();
    this.length = length;
  }

  /**
   * @throws VtlException of kind {@code SYNTAX} if the text is no template, uses {@code #include},
   *     {@code #parse} or {@code #evaluate}, or is too deeply nested
   */
  public static VtlTemplate parse(String text) {
    Template template = new Template();
    template.setRuntimeServices(VtlEngine.INSTANCE);
    template.setName("template");
    try {
      template.setData(VtlEngine.INSTANCE.parse(new StringReader(text), template));
      template.initDocument();
    } catch (ParseException e) {
      throw syntax(e);
    } catch (TemplateInitException e) {
      Throwable cause = e.getCause();
      String message = cause instanceof ParseException inner ? message(inner) : message(e);
      throw syntax(message, e.getLineNumber(), e.getColumnNumber());
    } catch (VelocityException e) {
      throw e.getCause() instanceof VtlException ours ? ours : syntax(message(e), 0, 0);
    } catch (StackOverflowError e) {
      throw syntax("the template is nested too deeply", 0, 0);
    }
    return new VtlTemplate(template, text.length());
  }

  /**
   * Renders the template.
   *
   * @param roots the variables, by name without {@code $}: {@link VtlObject}s and plain values
   * @param budget what the rendering may use
   * @throws VtlException of kind {@code EVALUATION} or {@code LIMIT}
   */
  public String render(Map<String, ?> roots, Budget budget) {
    BoundedWriter writer = new BoundedWriter(budget.outputLimit(), length + 64);
    InternalContextAdapterImpl context =
        new InternalContextAdapterImpl(new RenderContext(roots, budget));
    context.setMacroLibraries(List.of());
    context.pushCurrentTemplateName(template.getName());
    context.setCurrentResource(template);
    try {
      root.render(context, writer);
    } catch (StopCommand stop) {
      if (!stop.isFor(template)) {
        throw stop;
      }
    } catch (VtlException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new VtlException(VtlException.Kind.EVALUATION, message(e), 0, 0);
    } catch (StackOverflowError e) {
      throw VtlException.limit("the template nests too deeply");
    }
    return writer.toString();
  }

  /** The texts in quotes that hold no reference. */
  public Set<String> constantTexts() {
    Set<String> texts = new HashSet<>();
    collectTexts(root, texts);
    return texts;
  }

  private static void collectTexts(Node node, Set<String> texts) {
    if (node instanceof ASTStringLiteral literal && literal.isConstant()) {
      texts.add(String.valueOf(literal.value(null)));
    }
    for (int i = 0; i < node.jjtGetNumChildren(); i++) {
      collectTexts(node.jjtGetChild(i), texts);
    }
  }

  private static VtlException syntax(ParseException e) {
    if (e instanceof ExtendedParseException position) {
      return syntax(message(e), position.getLineNumber(), position.getColumnNumber());
    }
    Matcher matcher = POSITION.matcher(message(e));
    return matcher.find()
        ? syntax(message(e), Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
        : syntax(message(e), 0, 0);
  }

  private static VtlException syntax(String message, int line, int column) {
    return new VtlException(VtlException.Kind.SYNTAX, message, line, column);
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
