package io.portico.gateway.vtl;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.velocity.runtime.directive.Block;
import org.apache.velocity.runtime.directive.ForeachScope;
import org.apache.velocity.runtime.directive.Scope;
import org.jspecify.annotations.Nullable;

/**
 * All that a template can reach on a value. What is not written out here or in a {@link VtlObject}
 * does not exist: null.
 */
final class Members {
  private Members() {}

  /** {@code $target.name}. */
  static @Nullable Object property(Object target, String name) {
    return switch (target) {
      case VtlObject object -> object.property(name);
      case Scope scope -> scopeProperty(scope, name);
      case Map<?, ?> map -> map.get(name);
      case List<?> list -> name.equals("empty") ? list.isEmpty() : null;
      case String text -> name.equals("empty") ? text.isEmpty() : null;
      default -> null;
    };
  }

  /** {@code #set($target.name = value)}. */
  static void set(Object target, String name, Object value, Budget budget) {
    switch (target) {
      case VtlObject object -> object.set(name, value, budget);
      case Scope scope -> {}
      case Map<?, ?> map -> {
        budget.charge(8);
        MapMembers.put(map, name, value);
      }
      default -> {}
    }
  }

  /**
   * {@code $target[key]}. An index outside a list leads nowhere; -1 is the last element, as in
   * Velocity.
   */
  static @Nullable Object index(Object target, Object key, Budget budget) {
    return switch (target) {
      case VtlObject object -> object.property(ValueText.of(key, budget));
      case Scope scope -> null;
      case Map<?, ?> map -> map.get(MapMembers.key(key, budget));
      case List<?> list -> {
        if (!(key instanceof Integer index)) {
          yield null;
        }
        int at = index < 0 ? index + list.size() : index;
        yield at >= 0 && at < list.size() ? list.get(at) : null;
      }
      default -> null;
    };
  }

  /** {@code #set($target[key] = value)}. */
  static void setIndex(Object target, Object key, Object value, Budget budget) {
    switch (target) {
      case VtlObject object -> object.set(ValueText.of(key, budget), value, budget);
      case Scope scope -> {}
      case Map<?, ?> map -> {
        budget.charge(8);
        MapMembers.put(map, MapMembers.key(key, budget), value);
      }
      case List<?> list -> ListMembers.call(list, "set", new Object[] {key, value}, budget);
      default -> {}
    }
  }

  /** {@code $target.method(arguments)}. */
  static @Nullable Object call(Object target, String method, Object[] arguments, Budget budget) {
    return switch (target) {
      case String text -> StringMembers.call(text, method, arguments, budget);
      case VtlObject object -> object.call(method, arguments, budget);
      case Scope scope -> arguments.length == 0 ? scopeCall(scope, method) : null;
      case Map<?, ?> map -> MapMembers.call(map, method, arguments, budget);
      case List<?> list -> ListMembers.call(list, method, arguments, budget);
      case Number number -> NumberMembers.call(number, method, arguments, budget);
      case Boolean bool -> NumberMembers.call(bool, method, arguments);
      case Block.Reference block ->
          method.equals("toString") && arguments.length == 0 ? ValueText.of(block, budget) : null;
      default -> null;
    };
  }

  /** What {@code #foreach} goes through, or null: elements of a list, values of a map. */
  static @Nullable Iterator<?> iterator(@Nullable Object target) {
    return switch (target) {
      case null -> null;
      case VtlObject object -> object.iterator();
      case Scope scope -> null;
      case Map<?, ?> map -> map.values().iterator();
      case List<?> list -> list.iterator();
      default -> null;
    };
  }

  private static @Nullable Object scopeProperty(Scope scope, String name) {
    if (scope instanceof ForeachScope foreach) {
      switch (name) {
        case "index" -> {
          return foreach.getIndex();
        }
        case "count" -> {
          return foreach.getCount();
        }
        case "hasNext" -> {
          return foreach.hasNext();
        }
        case "first" -> {
          return foreach.isFirst();
        }
        case "last" -> {
          return foreach.isLast();
        }
        default -> {}
      }
    }
    return switch (name) {
      case "parent" -> scope.getParent();
      case "topmost" -> scope.getTopmost();
      default -> null;
    };
  }

  private static @Nullable Object scopeCall(Scope scope, String method) {
    return switch (method) {
      case "hasNext" -> scopeProperty(scope, "hasNext");
      case "getIndex" -> scopeProperty(scope, "index");
      case "getCount" -> scopeProperty(scope, "count");
      case "isFirst", "getFirst" -> scopeProperty(scope, "first");
      case "isLast", "getLast" -> scopeProperty(scope, "last");
      default -> null;
    };
  }
}
