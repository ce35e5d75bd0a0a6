package io.portico.gateway.vtl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of maps: those of {@link Map}, with Java's results. */
public final class MapMembers {
  private MapMembers() {}

  /**
   * Calls a method of {@code map}; null where there is no such method or it has no result.
   *
   * @throws VtlException if the budget is used up
   */
  public static @Nullable Object call(
      Map<?, ?> map, String method, Object[] arguments, Budget budget) {
    return switch (arguments.length) {
      case 0 -> call(map, method, budget);
      case 1 -> call(map, method, arguments[0], budget);
      case 2 -> call(map, method, key(arguments[0], budget), arguments[1], budget);
      default -> null;
    };
  }

  private static @Nullable Object call(Map<?, ?> map, String method, Budget budget) {
    return switch (method) {
      case "size" -> map.size();
      case "isEmpty" -> map.isEmpty();
      case "keySet" -> {
        budget.charge(map.size());
        yield new ArrayList<Object>(map.keySet());
      }
      case "values" -> {
        budget.charge(map.size());
        yield new ArrayList<Object>(map.values());
      }
      case "entrySet" -> entries(map, budget);
      case "clear" -> {
        map.clear();
        yield "";
      }
      case "toString" -> ValueText.of(map, budget);
      default -> null;
    };
  }

  private static @Nullable Object call(
      Map<?, ?> map, String method, Object argument, Budget budget) {
    return switch (method) {
      case "get" -> map.get(key(argument, budget));
      case "containsKey" -> map.containsKey(key(argument, budget));
      case "containsValue" -> {
        for (Object value : map.values()) {
          if (ValueEquality.strict(value, argument, budget)) {
            yield true;
          }
        }
        yield false;
      }
      case "remove" -> map.remove(key(argument, budget));
      case "equals" -> ValueEquality.strict(map, argument, budget);
      case "putAll" -> {
        if (argument instanceof Map<?, ?> other) {
          budget.charge(other.size() * 8L);
          for (Map.Entry<?, ?> entry : List.copyOf(other.entrySet())) {
            put(map, entry.getKey(), entry.getValue());
          }
        }
        yield "";
      }
      default -> null;
    };
  }

  private static @Nullable Object call(
      Map<?, ?> map, String method, Object key, Object value, Budget budget) {
    return switch (method) {
      case "put" -> {
        budget.charge(8);
        yield put(map, key, value);
      }
      case "putIfAbsent" -> {
        budget.charge(8);
        yield map.containsKey(key) ? map.get(key) : put(map, key, value);
      }
      case "getOrDefault" -> map.containsKey(key) ? map.get(key) : value;
      default -> null;
    };
  }

  @SuppressWarnings("unchecked") // every map a template can reach takes any key and value
  static @Nullable Object put(Map<?, ?> map, Object key, @Nullable Object value) {
    return ((Map<Object, @Nullable Object>) map).put(key, value);
  }

  /** A map or list as a key is its text: hashing one that holds itself would never end. */
  static Object key(Object key, Budget budget) {
    return key instanceof String || key instanceof Number || key instanceof Boolean
        ? key
        : ValueText.of(key, budget);
  }

  private static List<Object> entries(Map<?, ?> map, Budget budget) {
    budget.charge(map.size());
    List<Object> entries = new ArrayList<>(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      entries.add(new Entry(entry.getKey(), entry.getValue()));
    }
    return entries;
  }

  /** A key and its value, as they were when they were asked for. */
  static final class Entry extends VtlObject {
    private final Object key;
    private final @Nullable Object value;

    Entry(Object key, @Nullable Object value) {
      this.key = key;
      this.value = value;
    }

    Object key() {
      return key;
    }

    @Nullable Object value() {
      return value;
    }

    @Override
    public @Nullable Object property(String name) {
      return switch (name) {
        case "key" -> key;
        case "value" -> value;
        default -> null;
      };
    }

    @Override
    public @Nullable Object call(String method, Object[] arguments, Budget budget) {
      if (arguments.length > 0) {
        return null;
      }
      return switch (method) {
        case "getKey" -> key;
        case "getValue" -> value;
        case "toString" -> ValueText.of(this, budget);
        default -> null;
      };
    }

    /** For a debugger; {@link ValueText} prints it in templates, as what it holds has no end. */
    @Override
    public String toString() {
      return key + "=...";
    }
  }
}
