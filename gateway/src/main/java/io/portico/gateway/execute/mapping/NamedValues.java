package io.portico.gateway.execute.mapping;

import io.portico.gateway.vtl.Budget;
import io.portico.gateway.vtl.MapMembers;
import io.portico.gateway.vtl.VtlException;
import io.portico.gateway.vtl.VtlObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by name, as a template sees a Java map: {@code keySet()}, {@code get(name)}, {@code
 * containsKey(name)} and the like. As a whole it prints as nothing (recorded, facts VTL-14).
 */
abstract class NamedValues extends VtlObject {
  /** Most names a template may make; AWS allows far fewer headers and parameters. */
  private static final int MAX_NAMES = 1000;

  abstract List<String> names();

  /** Sets a value; refused where the values are not the template's. */
  void put(String name, Object value, Budget budget) {}

  @Override
  public final void set(String name, Object value, Budget budget) {
    if (names().size() >= MAX_NAMES) {
      throw new VtlException("more than " + MAX_NAMES + " names were set");
    }
    budget.charge(name.length());
    put(name, value, budget);
  }

  @Override
  public @Nullable Object call(String method, Object[] arguments, Budget budget) {
    List<String> names = names();
    budget.charge(names.size());
    if (arguments.length == 0) {
      return switch (method) {
        case "keySet" -> new ArrayList<Object>(names);
        case "size" -> names.size();
        case "isEmpty" -> names.isEmpty();
        case "values" -> new ArrayList<Object>(copy().values());
        case "entrySet" -> MapMembers.call(copy(), method, arguments, budget);
        default -> null;
      };
    }
    if (arguments.length == 1) {
      String name = text(arguments[0], budget);
      return switch (method) {
        case "get" -> property(name);
        case "containsKey" -> names.contains(name);
        default -> null;
      };
    }
    if (arguments.length == 2 && method.equals("put")) {
      String name = text(arguments[0], budget);
      Object before = property(name);
      set(name, arguments[1], budget);
      return before;
    }
    return null;
  }

  @Override
  public @Nullable Iterator<?> iterator() {
    return copy().values().iterator();
  }

  private Map<String, Object> copy() {
    Map<String, Object> copy = new LinkedHashMap<>();
    for (String name : names()) {
      Object value = property(name);
      copy.put(name, value == null ? "" : value);
    }
    return copy;
  }

  @Override
  public String toString() {
    return "";
  }
}
