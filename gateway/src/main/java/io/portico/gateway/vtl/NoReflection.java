package io.portico.gateway.vtl;

import java.util.Iterator;
import org.apache.velocity.util.introspection.Info;
import org.apache.velocity.util.introspection.Uberspect;
import org.apache.velocity.util.introspection.VelMethod;
import org.apache.velocity.util.introspection.VelPropertyGet;
import org.apache.velocity.util.introspection.VelPropertySet;
import org.jspecify.annotations.Nullable;

/**
 * Velocity's own way to members finds none. Our nodes do not ask it; whatever else might, gets
 * nothing.
 *
 * <p>Public because Velocity makes it by reflection.
 */
public final class NoReflection implements Uberspect {

  @Override
  public void init() {}

  @Override
  public @Nullable Iterator<?> getIterator(Object target, Info where) {
    return null;
  }

  @Override
  public @Nullable VelMethod getMethod(
      Object target, String method, Object[] arguments, Info where) {
    return null;
  }

  @Override
  public @Nullable VelPropertyGet getPropertyGet(Object target, String name, Info where) {
    return null;
  }

  @Override
  public @Nullable VelPropertySet getPropertySet(
      Object target, String name, Object value, Info where) {
    return null;
  }
}
