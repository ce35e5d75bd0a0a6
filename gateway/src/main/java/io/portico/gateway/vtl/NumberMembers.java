package io.portico.gateway.vtl;

import org.jspecify.annotations.Nullable;

/**
 * The methods of numbers and booleans. {@code parseInt} and its like are static in Java; templates
 * call them on any number, as {@code #set($Integer = 0)}.
 */
final class NumberMembers {
  private NumberMembers() {}

  static @Nullable Object call(Number number, String method, Object[] arguments, Budget budget) {
    if (arguments.length == 0) {
      return switch (method) {
        case "intValue" -> number.intValue();
        case "longValue" -> number.longValue();
        case "doubleValue", "floatValue" -> number.doubleValue();
        case "shortValue" -> (int) number.shortValue();
        case "byteValue" -> (int) number.byteValue();
        case "toString" -> number.toString();
        case "hashCode" -> number.hashCode();
        default -> null;
      };
    }
    if (arguments.length != 1) {
      return null;
    }
    return switch (arguments[0]) {
      case Number other ->
          switch (method) {
            case "equals" -> number.equals(other);
            case "compareTo" -> ValueEquality.compare(number, other);
            case "toString" -> other.toString();
            default -> null;
          };
      case String text -> parse(number, method, text);
      default -> method.equals("equals") ? false : null;
    };
  }

  private static @Nullable Object parse(Number number, String method, String text) {
    return switch (method) {
      case "parseInt" -> Integer.valueOf(text);
      case "parseLong" -> Long.valueOf(text);
      case "parseDouble", "parseFloat" -> Double.valueOf(text);
      case "valueOf" ->
          switch (number) {
            case Integer i -> Integer.valueOf(text);
            case Long l -> Long.valueOf(text);
            case Double d -> Double.valueOf(text);
            default -> null;
          };
      case "equals" -> false;
      default -> null;
    };
  }

  static @Nullable Object call(Boolean bool, String method, Object[] arguments) {
    return switch (method) {
      case "toString" -> arguments.length == 0 ? bool.toString() : null;
      case "booleanValue" -> arguments.length == 0 ? bool : null;
      case "equals" -> arguments.length == 1 ? bool.equals(arguments[0]) : null;
      case "parseBoolean" ->
          (arguments.length == 1 && arguments[0] instanceof String text)
              ? Boolean.valueOf(text)
              : null;
      default -> null;
    };
  }
}
