package io.portico.gateway.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * JSON as plain values, the form that templates and JSONPath work on: {@link LinkedHashMap}, {@link
 * JsonList}, {@link String}, {@link Boolean}, null and numbers ({@link Integer}, {@link Long},
 * {@link BigInteger}, {@link Double}, {@link BigDecimal}). Nesting is bounded by {@link
 * Json#MAX_DEPTH} in what is read, and by twice as much in what is written.
 */
public final class PlainJson {
  /** Longer fractions keep their digits; shorter ones are doubles. */
  private static final int DOUBLE_DIGITS = 18;

  /** A decimal with a larger exponent becomes a double, if that can hold it. */
  private static final int MAX_SCALE = 400;

  /** What was read can be written, also within another document. */
  private static final int WRITTEN_DEPTH = 2 * Json.MAX_DEPTH;

  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder().maxNestingDepth(Json.MAX_DEPTH).build();

  private static final JsonFactory STRICT =
      JsonFactory.builder().streamReadConstraints(BOUNDS).build();

  private static final JsonFactory LAX =
      JsonFactory.builder()
          .streamReadConstraints(BOUNDS)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  private PlainJson() {}

  /**
   * Strict JSON with nothing behind it.
   *
   * @throws JacksonException if the text is not JSON or passes a bound
   */
  public static @Nullable Object parse(String text) {
    try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "content after the JSON document");
      }
      return value;
    }
  }

  /**
   * JSON as people write it by hand: single quotes, names without quotes, commas before a closing
   * bracket and line breaks in texts are taken; what stands behind the document is ignored.
   *
   * @throws JacksonException if the text is not even that, or passes a bound
   */
  public static @Nullable Object parseLax(String text) {
    try (JsonParser parser = LAX.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return value(parser);
    }
  }

  /**
   * Compact text.
   *
   * @throws IllegalStateException if the value is nested too deeply, as one that holds itself is
   */
  public static String text(@Nullable Object value) {
    return text(value, Integer.MAX_VALUE);
  }

  /**
   * Compact text of at most about {@code limit} characters.
   *
   * @throws IllegalStateException if the text is longer or the value nested too deeply
   */
  public static String text(@Nullable Object value, int limit) {
    StringBuilder out = new StringBuilder();
    write(value, out, limit, 0);
    return out.toString();
  }

  private static @Nullable Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new StreamReadException(parser, "no JSON document");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      default -> throw new StreamReadException(parser, "unexpected " + token);
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private static JsonList array(JsonParser parser) {
    JsonList list = new JsonList();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      addNullable(list, value(parser));
    }
    return list;
  }

  @SuppressWarnings(
      "NullAway") // A JSON array may hold null, the element type of JsonList cannot say
  private static void addNullable(JsonList list, @Nullable Object value) {
    list.add(value);
  }

  /** A number that no double can hold keeps its digits, however large its exponent. */
  private static Number decimal(JsonParser parser) {
    String digits = parser.getString();
    Double rounded = Double.valueOf(digits);
    if (digits.length() <= DOUBLE_DIGITS && !rounded.isInfinite()) {
      return rounded;
    }
    BigDecimal exact;
    try {
      exact = new BigDecimal(digits);
    } catch (NumberFormatException e) {
      if (!rounded.isInfinite()) {
        return rounded;
      }
      // An exponent beyond what a BigDecimal can hold.
      throw new StreamReadException(parser, "a number is out of bounds", e);
    }
    boolean small = exact.scale() <= MAX_SCALE && exact.scale() >= -MAX_SCALE;
    return small || rounded.isInfinite() ? exact : rounded;
  }

  private static void write(@Nullable Object value, StringBuilder out, int limit, int depth) {
    if (out.length() > limit) {
      throw new IllegalStateException("JSON text longer than " + limit + " characters");
    }
    if (depth > WRITTEN_DEPTH) {
      throw new IllegalStateException("JSON nested deeper than " + WRITTEN_DEPTH);
    }
    switch (value) {
      case null -> out.append("null");
      case Map<?, ?> map -> {
        char separator = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.append(separator);
          quote(String.valueOf(entry.getKey()), out);
          out.append(':');
          write(entry.getValue(), out, limit, depth + 1);
          separator = ',';
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        char separator = '[';
        for (Object element : list) {
          out.append(separator);
          write(element, out, limit, depth + 1);
          separator = ',';
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      case Boolean bool -> out.append(bool);
      case Double number when number.isNaN() || number.isInfinite() -> out.append("null");
      case Number number -> out.append(number);
      default -> quote(value.toString(), out);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04X", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
