package io.portico.gateway.vtl;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When two values are the same, and which of two numbers is larger. */
final class ValueEquality {
  private static final int MAX_DEPTH = 200;

  private ValueEquality() {}

  /**
   * {@code ==}: numbers by value, values of one kind by content, values of two kinds by text.
   *
   * <p>AWS: a number equals the text that prints the same, as under Velocity 1.7; source: inferred.
   */
  static boolean loose(@Nullable Object left, @Nullable Object right, Budget budget) {
    if (left == null || right == null) {
      return left == null && right == null;
    }
    if (left instanceof Number a && right instanceof Number b) {
      return compare(a, b) == 0;
    }
    return sameKind(left, right)
        ? strict(left, right, budget)
        : ValueText.of(left, budget).equals(ValueText.of(right, budget));
  }

  private static boolean sameKind(Object left, Object right) {
    return switch (left) {
      case String text -> right instanceof String;
      case Boolean bool -> right instanceof Boolean;
      case Map<?, ?> map -> right instanceof Map;
      case List<?> list -> right instanceof List;
      default -> left instanceof VtlObject && right instanceof VtlObject;
    };
  }

  /** Java's {@code equals}, within the budget. */
  static boolean strict(@Nullable Object left, @Nullable Object right, Budget budget) {
    return strict(left, right, budget, 0);
  }

  @SuppressWarnings("ReferenceEquality") // the same object needs no look inside
  private static boolean strict(
      @Nullable Object left, @Nullable Object right, Budget budget, int depth) {
    budget.step();
    if (left == right) {
      return true;
    }
    if (left == null || right == null) {
      return false;
    }
    if (depth > MAX_DEPTH) {
      throw VtlException.limit("values nested deeper than " + MAX_DEPTH + " cannot be compared");
    }
    return switch (left) {
      case Map<?, ?> a when right instanceof Map<?, ?> b -> sameMap(a, b, budget, depth);
      case List<?> a when right instanceof List<?> b -> sameList(a, b, budget, depth);
      case String a -> {
        budget.charge(a.length() >> 6);
        yield a.equals(right);
      }
      case Number a -> a.equals(right);
      case Boolean a -> a.equals(right);
      default -> false;
    };
  }

  private static boolean sameMap(Map<?, ?> left, Map<?, ?> right, Budget budget, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : left.entrySet()) {
      if (!right.containsKey(entry.getKey())
          || !strict(entry.getValue(), right.get(entry.getKey()), budget, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameList(List<?> left, List<?> right, Budget budget, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    Iterator<?> others = right.iterator();
    for (Object element : left) {
      if (!strict(element, others.next(), budget, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  /** As {@link Comparable#compareTo}. */
  static int compare(Number left, Number right) {
    if (integral(left) && integral(right)) {
      return left instanceof BigInteger || right instanceof BigInteger
          ? bigInteger(left).compareTo(bigInteger(right))
          : Long.compare(left.longValue(), right.longValue());
    }
    if (notFinite(left) || notFinite(right)) {
      return Double.compare(left.doubleValue(), right.doubleValue());
    }
    return bigDecimal(left).compareTo(bigDecimal(right));
  }

  static boolean notFinite(Number number) {
    return number instanceof Double d && !Double.isFinite(d);
  }

  private static boolean integral(Number number) {
    return number instanceof Integer || number instanceof Long || number instanceof BigInteger;
  }

  private static BigInteger bigInteger(Number number) {
    return number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue());
  }

  private static BigDecimal bigDecimal(Number number) {
    return switch (number) {
      case BigDecimal big -> big;
      case BigInteger big -> new BigDecimal(big);
      case Double d -> BigDecimal.valueOf(d);
      default -> BigDecimal.valueOf(number.longValue());
    };
  }
}
