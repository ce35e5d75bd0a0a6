package io.portico.gateway.vtl;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * An object a template may use. What it offers is written out: a template reaches no other member.
 */
public abstract class VtlObject {

  /** {@code $object.name}: the value, or null where there is none. */
  public @Nullable Object property(String name) {
    return null;
  }

  /** {@code #set($object.name = value)}; ignored where nothing of that name can be set. */
  public void set(String name, Object value, Budget budget) {}

  /**
   * {@code $object.method(arguments)}: the result, or null where there is no such method or it has
   * none.
   *
   * @param arguments never null; a reference that leads nowhere is the empty string
   */
  public @Nullable Object call(String method, Object[] arguments, Budget budget) {
    return null;
  }

  /** What {@code #foreach} goes through, or null. */
  public @Nullable Iterator<?> iterator() {
    return null;
  }

  /**
   * How a value of a template prints, within the budget. Never {@link Object#toString}: a template
   * can build a value that holds the same one a million times.
   *
   * @throws VtlException if the budget is used up
   */
  protected static String text(Object value, Budget budget) {
    return ValueText.of(value, budget);
  }

  /** How it prints. */
  @Override
  public abstract String toString();
}
