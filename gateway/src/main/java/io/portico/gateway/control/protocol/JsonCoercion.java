package io.portico.gateway.control.protocol;

import io.portico.gateway.json.Json;
import io.portico.gateway.json.Unicode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON and text into the type that a shape says, or refuses it in AWS's words.
 *
 * <p>AWS: the texts of a {@code SerializationException} are those of the framework below its
 * services. Recorded for API Gateway are the two of GEN-13; the others are what Kinesis, on the
 * same framework, is known to say; source: facts GEN-13, the rest inferred.
 */
final class JsonCoercion {
  private static final String LIST = "Start of list found where not expected";
  private static final String STRUCTURE = "Start of structure or map found where not expected.";
  private static final String STRING_TYPE = "class java.lang.String";
  private static final String BOOLEAN_TYPE = "class java.lang.Boolean";
  private static final String NUMBER_TYPE =
      "class com.amazon.coral.value.json.numbers.TruncatingBigNumber";

  private final ServiceModel model;

  JsonCoercion(ServiceModel model) {
    this.model = model;
  }

  /**
   * @throws ServiceException {@code SerializationException} if a body is not JSON
   */
  static JsonNode parse(byte[] body) {
    try {
      return Json.parse(body);
    } catch (JacksonException e) {
      throw serialization("Unable to parse the request body as JSON");
    }
  }

  /**
   * The members of a structure that stand in a JSON body, by {@link Member#key}. Unknown members
   * and nulls are left out.
   */
  ObjectNode structure(Shape.Structure shape, JsonNode json) {
    ObjectNode members = Json.object();
    readMembers(shape, json, members);
    return members;
  }

  /** As {@link #structure}, into an object that has members already. */
  void readMembers(Shape.Structure shape, JsonNode json, ObjectNode into) {
    if (json.isArray()) {
      throw serialization(LIST);
    }
    if (!json.isObject()) {
      throw serialization("Expected null");
    }
    for (Member member : shape.members()) {
      JsonNode value = member.inBody() ? json.get(member.wireName()) : null;
      if (value != null && !value.isNull()) {
        into.set(member.key(), value(model.shape(member.shape()), value));
      }
    }
  }

  /**
   * @param json not null
   */
  JsonNode value(Shape shape, JsonNode json) {
    return switch (shape) {
      case Shape.Structure structure -> structure(structure, json);
      case Shape.ListOf list -> list(list, json);
      case Shape.MapOf map -> map(map, json);
      default -> {
        if (json.isArray()) {
          throw serialization(LIST);
        }
        if (json.isObject()) {
          throw serialization(STRUCTURE);
        }
        yield scalar(shape, json);
      }
    };
  }

  private JsonNode list(Shape.ListOf shape, JsonNode json) {
    if (json.isObject()) {
      throw serialization(STRUCTURE);
    }
    if (!json.isArray()) {
      throw serialization("Expected list or null");
    }
    Shape element = model.shape(shape.element());
    ArrayNode list = Json.array();
    for (JsonNode value : json) {
      if (value.isNull()) {
        throw serialization("Unexpected null in a list");
      }
      list.add(value(element, value));
    }
    return list;
  }

  // AWS: a null value of a map is kept; source: recorded, facts INT-12.
  private JsonNode map(Shape.MapOf shape, JsonNode json) {
    if (json.isArray()) {
      throw serialization(LIST);
    }
    if (!json.isObject()) {
      throw serialization("Expected map or null");
    }
    Shape element = model.shape(shape.value());
    ObjectNode map = Json.object();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      JsonNode value = entry.getValue();
      checkUnicode(entry.getKey());
      map.set(entry.getKey(), value.isNull() ? value : value(element, value));
    }
    return map;
  }

  private static JsonNode scalar(Shape shape, JsonNode json) {
    return switch (shape) {
      case Shape.Text text -> {
        if (!json.isString()) {
          throw unconvertible(json, "an String");
        }
        checkUnicode(json.stringValue());
        yield json;
      }
      case Shape.Flag flag -> {
        if (json.isNumber()) {
          throw unconvertible(json, "an Boolean");
        }
        yield json.isBoolean() ? json : flag(json.asString());
      }
      case Shape.Numeric numeric -> {
        if (!json.isNumber()) {
          throw unconvertible(json, "an " + typeName(numeric.kind()));
        }
        if (isInfinite(json)) {
          yield infinite(numeric.kind(), json);
        }
        yield number(numeric.kind(), json.decimalValue());
      }
      case Shape.Blob blob -> {
        if (json.isBinary()) {
          yield json;
        }
        if (!json.isString()) {
          throw unconvertible(json, "a Blob");
        }
        yield blob(json.asString());
      }
      case Shape.Timestamp timestamp -> {
        if (timestamp.iso8601() && json.isString()) {
          yield instant(json.asString());
        }
        if (!json.isNumber() || isInfinite(json)) {
          throw unconvertible(json, "milliseconds since epoch");
        }
        yield json;
      }
      default -> throw new IllegalStateException(shape.name() + " is not a scalar");
    };
  }

  /** The text of a label, a query parameter or a header. */
  static JsonNode text(Shape shape, String text) {
    return switch (shape) {
      case Shape.Text string -> Json.object().stringNode(text);
      case Shape.Flag flag -> flag(text);
      case Shape.Numeric numeric -> {
        try {
          yield number(numeric.kind(), new BigDecimal(text));
        } catch (NumberFormatException e) {
          throw serialization(
              "'%s' can not be converted to an %s".formatted(text, typeName(numeric.kind())));
        }
      }
      default -> throw new IllegalStateException(shape.name() + " cannot stand outside a body");
    };
  }

  private static JsonNode flag(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "TRUE", "1", "YES" -> Json.object().booleanNode(true);
      case "FALSE", "0", "NO" -> Json.object().booleanNode(false);
      default ->
          throw serialization(
              "'%s' can not be converted to an Boolean".formatted(text.toUpperCase(Locale.ROOT)));
    };
  }

  /** Truncates to the type's range, as the name of AWS's own type says. */
  private static JsonNode number(Shape.Numeric.Kind kind, BigDecimal value) {
    // The detour by double keeps an exponent of a billion from becoming a billion digits.
    double magnitude = value.doubleValue();
    if (kind == Shape.Numeric.Kind.DOUBLE) {
      if (Double.isInfinite(magnitude)) {
        throw serialization(NUMBER_TYPE + " can not be converted to an Double");
      }
      return Json.object().numberNode(magnitude);
    }
    boolean small = kind == Shape.Numeric.Kind.INTEGER;
    long min = small ? Integer.MIN_VALUE : Long.MIN_VALUE;
    long max = small ? Integer.MAX_VALUE : Long.MAX_VALUE;
    long whole;
    if (magnitude >= max) {
      whole = max;
    } else if (magnitude <= min) {
      whole = min;
    } else {
      whole = value.longValue();
    }
    return small ? Json.object().numberNode((int) whole) : Json.object().numberNode(whole);
  }

  /** What JSON cannot say, and CBOR can; JSON's numbers keep their digits. */
  private static boolean isInfinite(JsonNode json) {
    return (json.isDouble() || json.isFloat()) && !Double.isFinite(json.doubleValue());
  }

  /** The operation has words of its own for such a double. */
  private static JsonNode infinite(Shape.Numeric.Kind kind, JsonNode json) {
    if (kind != Shape.Numeric.Kind.DOUBLE) {
      throw serialization(NUMBER_TYPE + " can not be converted to an " + typeName(kind));
    }
    return json;
  }

  /** A blob in Base64. */
  static JsonNode blob(String text) {
    try {
      return Json.object().binaryNode(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw serialization("'%s' can not be converted to a Blob".formatted(shortened(text)));
    }
  }

  /** A timestamp in ISO 8601. */
  static JsonNode instant(String text) {
    try {
      return Json.object().numberNode(Instant.parse(text).getEpochSecond());
    } catch (DateTimeException e) {
      throw serialization(
          "'%s' can not be converted to milliseconds since epoch".formatted(shortened(text)));
    }
  }

  // AWS: unknown; nothing that is kept as UTF-8 can hold it. The text is assumed.
  private static void checkUnicode(String text) {
    if (!Unicode.isText(text)) {
      throw serialization("Half of a surrogate pair found where not expected");
    }
  }

  private static String shortened(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "...";
  }

  private static String typeName(Shape.Numeric.Kind kind) {
    return switch (kind) {
      case INTEGER -> "Integer";
      case LONG -> "Long";
      case DOUBLE -> "Double";
    };
  }

  private static ServiceException unconvertible(JsonNode json, String to) {
    String type = json.isBoolean() ? BOOLEAN_TYPE : json.isNumber() ? NUMBER_TYPE : STRING_TYPE;
    return serialization(type + " can not be converted to " + to);
  }

  static ServiceException serialization(String message) {
    return new ServiceException("SerializationException", 400, message);
  }
}
