package io.portico.gateway.vtl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods of lists: those of {@link List}, with Java's results. */
final class ListMembers {
  private ListMembers() {}

  static @Nullable Object call(List<?> list, String method, Object[] arguments, Budget budget) {
    return switch (arguments.length) {
      case 0 -> call(list, method, budget);
      case 1 -> call(list, method, arguments[0], budget);
      case 2 -> call(list, method, arguments[0], arguments[1], budget);
      default -> null;
    };
  }

  private static @Nullable Object call(List<?> list, String method, Budget budget) {
    return switch (method) {
      // AWS: count() as well as size(); source: documented,
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
      case "size", "count" -> list.size();
      case "isEmpty" -> list.isEmpty();
      case "clear" -> {
        list.clear();
        yield "";
      }
      case "toString" -> ValueText.of(list, budget);
      default -> null;
    };
  }

  private static @Nullable Object call(
      List<?> list, String method, Object argument, Budget budget) {
    return switch (method) {
      case "get" -> argument instanceof Integer index ? list.get(index) : null;
      case "contains" -> indexOf(list, argument, budget) >= 0;
      case "indexOf" -> indexOf(list, argument, budget);
      case "add" -> {
        budget.charge(4);
        writable(list).add(argument);
        yield true;
      }
      case "addAll" -> {
        if (argument instanceof List<?> other) {
          budget.charge(other.size() * 4L);
          yield writable(list).addAll(new ArrayList<>(other));
        }
        yield null;
      }
      case "remove" -> remove(list, argument, budget);
      case "equals" -> ValueEquality.strict(list, argument, budget);
      default -> null;
    };
  }

  private static @Nullable Object call(
      List<?> list, String method, Object first, Object second, Budget budget) {
    if (!(first instanceof Integer index)) {
      return null;
    }
    return switch (method) {
      case "set" -> writable(list).set(index, second);
      case "add" -> {
        budget.charge(list.size() - index + 4L);
        writable(list).add(index, second);
        yield "";
      }
      case "subList" -> {
        if (!(second instanceof Integer end)) {
          yield null;
        }
        List<?> part = list.subList(index, end);
        budget.charge(part.size());
        yield new ArrayList<Object>(part);
      }
      default -> null;
    };
  }

  private static Object remove(List<?> list, Object argument, Budget budget) {
    budget.charge(list.size());
    if (argument instanceof Integer index) {
      return list.remove((int) index);
    }
    int at = indexOf(list, argument, budget);
    if (at >= 0) {
      list.remove(at);
    }
    return at >= 0;
  }

  private static int indexOf(List<?> list, Object value, Budget budget) {
    int index = 0;
    for (Object element : list) {
      if (ValueEquality.strict(element, value, budget)) {
        return index;
      }
      index++;
    }
    return -1;
  }

  @SuppressWarnings("unchecked") // every list a template can reach takes any value, or refuses all
  private static List<Object> writable(List<?> list) {
    return (List<Object>) list;
  }
}
