package io.portico.gateway.vtl;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The methods of texts: those of {@link String} that compute, with Java's results.
 *
 * <p>AWS: Java's methods work on texts; source: recorded, facts VTL-09.
 */
final class StringMembers {
  private StringMembers() {}

  static @Nullable Object call(String text, String method, Object[] arguments, Budget budget) {
    return switch (arguments.length) {
      case 0 -> call(text, method, budget);
      case 1 -> call(text, method, arguments[0], budget);
      case 2 -> call(text, method, arguments[0], arguments[1], budget);
      default -> null;
    };
  }

  private static @Nullable Object call(String text, String method, Budget budget) {
    switch (method) {
      case "length" -> {
        return text.length();
      }
      case "isEmpty" -> {
        return text.isEmpty();
      }
      case "toString" -> {
        return text;
      }
      case "hashCode" -> {
        return text.hashCode();
      }
      default -> budget.charge(text.length());
    }
    return switch (method) {
      case "trim" -> text.trim();
      case "strip" -> text.strip();
      case "isBlank" -> text.isBlank();
      case "toLowerCase" -> text.toLowerCase(Locale.ROOT);
      case "toUpperCase" -> text.toUpperCase(Locale.ROOT);
      default -> null;
    };
  }

  private static @Nullable Object call(String text, String method, Object argument, Budget budget) {
    return switch (argument) {
      case String other -> callWithText(text, method, other, budget);
      case Integer index -> callWithIndex(text, method, index, budget);
      default -> method.equals("equals") ? false : null;
    };
  }

  private static @Nullable Object callWithText(
      String text, String method, String other, Budget budget) {
    return switch (method) {
      case "equals" -> text.equals(other);
      case "equalsIgnoreCase" -> text.equalsIgnoreCase(other);
      case "compareTo" -> text.compareTo(other);
      case "compareToIgnoreCase" -> text.compareToIgnoreCase(other);
      case "contains" -> BoundedText.indexOf(text, other, 0, budget) >= 0;
      case "startsWith" -> text.startsWith(other);
      case "endsWith" -> text.endsWith(other);
      case "indexOf" -> BoundedText.indexOf(text, other, 0, budget);
      case "lastIndexOf" -> lastIndexOf(text, other, budget);
      case "concat" -> {
        budget.charge((long) text.length() + other.length());
        yield text.concat(other);
      }
      case "matches" -> BoundedText.matches(text, other, budget);
      case "split" -> BoundedText.split(text, other, 0, budget);
      default -> null;
    };
  }

  private static @Nullable Object callWithIndex(
      String text, String method, int index, Budget budget) {
    return switch (method) {
      case "charAt" -> String.valueOf(text.charAt(index));
      case "substring" -> {
        budget.charge(text.length());
        yield text.substring(index);
      }
      case "equals" -> false;
      default -> null;
    };
  }

  private static @Nullable Object call(
      String text, String method, Object first, Object second, Budget budget) {
    if (first instanceof String a && second instanceof String b) {
      return switch (method) {
        case "replace" -> BoundedText.replace(text, a, b, budget);
        case "replaceAll" -> BoundedText.replaceAll(text, a, b, budget);
        case "replaceFirst" -> BoundedText.replaceFirst(text, a, b, budget);
        default -> null;
      };
    }
    if (first instanceof Integer from && second instanceof Integer to) {
      if (method.equals("substring")) {
        budget.charge(text.length());
        return text.substring(from, to);
      }
      return null;
    }
    if (first instanceof String part && second instanceof Integer index) {
      return switch (method) {
        case "indexOf" -> BoundedText.indexOf(text, part, index, budget);
        case "startsWith" -> text.startsWith(part, index);
        case "split" -> BoundedText.split(text, part, index, budget);
        default -> null;
      };
    }
    return null;
  }

  private static int lastIndexOf(String text, String part, Budget budget) {
    budget.charge(Math.min((long) text.length() * part.length(), Integer.MAX_VALUE));
    return text.lastIndexOf(part);
  }
}
