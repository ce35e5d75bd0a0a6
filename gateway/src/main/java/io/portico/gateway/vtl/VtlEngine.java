package io.portico.gateway.vtl;

import java.io.Reader;
import org.apache.velocity.Template;
import org.apache.velocity.app.event.ReferenceInsertionEventHandler;
import org.apache.velocity.context.Context;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.RuntimeConstants;
import org.apache.velocity.runtime.RuntimeInstance;
import org.apache.velocity.runtime.directive.Block;
import org.apache.velocity.runtime.parser.ParseException;
import org.apache.velocity.runtime.parser.node.SimpleNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.NOPLogger;

/** The one Velocity runtime: set up as 1.7 behaved, without loaders, reflection or logs. */
final class VtlEngine extends RuntimeInstance {
  static final VtlEngine INSTANCE = new VtlEngine();

  private VtlEngine() {
    setProperty(RuntimeConstants.RUNTIME_LOG_INSTANCE, NOPLogger.NOP_LOGGER);
    setProperty(RuntimeConstants.UBERSPECT_CLASSNAME, NoReflection.class.getName());
    setProperty(RuntimeConstants.RESOURCE_MANAGER_CLASS, NoResources.class.getName());
    setProperty(RuntimeConstants.RESOURCE_LOADERS, "");
    setProperty(RuntimeConstants.CONVERSION_HANDLER_CLASS, "none");
    setProperty(RuntimeConstants.PARSER_POOL_SIZE, 1);
    // AWS: white space around directives goes as in Velocity 1.x; source: inferred.
    setProperty(RuntimeConstants.SPACE_GOBBLING, "bc");
    // AWS: $context.responseOverride.header.X-Name is one name; source: recorded, facts REQ-18.
    setProperty(RuntimeConstants.PARSER_HYPHEN_ALLOWED, true);
    setProperty(RuntimeConstants.CHECK_EMPTY_OBJECTS, false);
    setProperty(RuntimeConstants.RUNTIME_STRING_INTERNING, false);
    setProperty(RuntimeConstants.RUNTIME_LOG_REFERENCE_LOG_INVALID, false);
    setProperty(RuntimeConstants.RUNTIME_LOG_METHOD_CALL_LOG_INVALID, false);
    setProperty(RuntimeConstants.VM_PERM_INLINE_LOCAL, true);
    setProperty(RuntimeConstants.VM_LIBRARY, "");
    init();
    addDirective(new BoundedForeach());
    addDirective(new RefusedDirective.Include());
    addDirective(new RefusedDirective.Parse());
    addDirective(new RefusedDirective.Evaluate());
    getApplicationEventCartridge().addReferenceInsertionEventHandler(new Printing());
  }

  /** Also called for texts in quotes that hold references. */
  @Override
  public SimpleNode parse(Reader reader, Template template) throws ParseException {
    // A parser of its own for each text: Velocity's pool would carry macro names over.
    SimpleNode root = createNewParser().parse(reader, template);
    TreeRewrite.rewrite(root);
    return root;
  }

  /** Turns a value into the text that is inserted, within the budget. */
  private static final class Printing implements ReferenceInsertionEventHandler {
    @Override
    public @Nullable Object referenceInsert(
        Context context, String reference, @Nullable Object value) {
      return value instanceof Block.Reference
          ? value
          : ValueText.of(value, RenderContext.budget((InternalContextAdapter) context));
    }
  }
}
