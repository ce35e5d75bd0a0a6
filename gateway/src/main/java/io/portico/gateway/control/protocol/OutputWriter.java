package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/**
 * Writes what an operation answers as its output shape says: status, headers, and the body as JSON,
 * as a whole or as a stream of events ({@link EventStream}).
 *
 * <p>Strict: a member that the shape does not have, or a value of another type, is a bug of the
 * handler and raises {@link IllegalStateException}, so that a test sees it and no client ever does.
 */
final class OutputWriter {
  private final ServiceModel model;

  OutputWriter(ServiceModel model) {
    this.model = model;
  }

  /** The members of an output that stands in the body as a whole, by their wire names. */
  ObjectNode members(Operation operation, ObjectNode output) {
    return structure(operation.output(), output, operation.name());
  }

  /**
   * @param headers to which the answer's own are added
   */
  HttpResponse write(Operation operation, ObjectNode output, Headers.Builder headers) {
    Shape.Structure shape = operation.output();
    refuseUnknown(operation.name(), shape, output);
    int status = operation.status();
    Body body = Body.EMPTY;
    if (operation.answersBody() && shape.payload() == null) {
      headers.set("Content-Type", "application/json");
      body = Body.of(Json.bytes(members(operation, output)));
    }
    for (Member member : shape.members()) {
      JsonNode value = output.get(member.key());
      if (member.location() == Member.Location.PAYLOAD) {
        body = payload(model.shape(member.shape()), value, operation.name(), headers);
      }
      if (value == null || value.isNull()) {
        continue;
      }
      if (member.location() == Member.Location.HEADER) {
        headers.set(member.wireName(), value.asString());
      } else if (member.location() == Member.Location.STATUS) {
        status = value.intValue();
      }
    }
    return new HttpResponse(status, headers.build(), body);
  }

  private Body payload(
      Shape shape, @Nullable JsonNode value, String operation, Headers.Builder headers) {
    return switch (shape) {
      case Shape.Blob blob -> {
        if (!headers.contains("Content-Type")) {
          headers.set("Content-Type", model.api().blobContentType());
        }
        if (value == null || value.isNull()) {
          yield Body.EMPTY;
        }
        if (!value.isBinary()) {
          throw mistyped(operation, shape, value);
        }
        yield Body.of(value.binaryValue());
      }
      case Shape.Structure structure when !structure.eventStream() -> {
        headers.set("Content-Type", "application/json");
        yield Body.of(
            value == null ? Json.bytes(Json.object()) : Json.bytes(value(shape, value, operation)));
      }
      case Shape.Structure structure -> {
        headers.set("Content-Type", EventStreamWriter.CONTENT_TYPE);
        yield value == null ? Body.EMPTY : events(value, structure, operation);
      }
      default -> throw new IllegalStateException(operation + ": no way to write " + shape.name());
    };
  }

  private static Body events(JsonNode value, Shape shape, String operation) {
    if (value instanceof POJONode node && node.getPojo() instanceof EventStream events) {
      return new Body.Produced(out -> events.writeTo(new EventStreamWriter(out)));
    }
    throw mistyped(operation, shape, value);
  }

  private ObjectNode structure(Shape.Structure shape, JsonNode value, String path) {
    if (!(value instanceof ObjectNode members)) {
      throw mistyped(path, shape, value);
    }
    if (shape.eventStream()) {
      throw new IllegalStateException(path + ": no way to write " + shape.name());
    }
    refuseUnknown(path, shape, members);
    ObjectNode written = Json.object();
    for (Member member : shape.members()) {
      JsonNode given = member.inBody() ? members.get(member.key()) : null;
      if (given != null && !given.isNull()) {
        written.set(
            member.wireName(),
            value(model.shape(member.shape()), given, path + "." + member.key()));
      }
    }
    return written;
  }

  private JsonNode value(Shape shape, JsonNode value, String path) {
    return switch (shape) {
      case Shape.Structure structure -> structure(structure, value, path);
      case Shape.ListOf list -> list(list, value, path);
      case Shape.MapOf map -> map(map, value, path);
      case Shape.Text text -> checked(value.isString(), shape, value, path);
      case Shape.Flag flag -> checked(value.isBoolean(), shape, value, path);
      case Shape.Blob blob -> checked(value.isBinary(), shape, value, path);
      case Shape.Numeric numeric when numeric.kind() == Shape.Numeric.Kind.DOUBLE -> {
        checked(value.isNumber(), shape, value, path);
        // AWS: a double keeps its fraction even where it is whole (50.0); source: recorded, facts
        // CAN-01, STG-02.
        yield Json.object().numberNode(value.doubleValue());
      }
      case Shape.Numeric numeric -> checked(value.isIntegralNumber(), shape, value, path);
      case Shape.Timestamp timestamp -> {
        checked(value.isNumber(), shape, value, path);
        yield timestamp.iso8601() ? Json.object().stringNode(iso8601(value)) : value;
      }
    };
  }

  private ArrayNode list(Shape.ListOf shape, JsonNode value, String path) {
    checked(value.isArray(), shape, value, path);
    Shape element = model.shape(shape.element());
    ArrayNode written = Json.array();
    for (JsonNode item : value) {
      written.add(value(element, item, path + "[]"));
    }
    return written;
  }

  // AWS: a null value of a map is answered as it was stored; source: recorded, facts INT-12.
  private ObjectNode map(Shape.MapOf shape, JsonNode value, String path) {
    checked(value.isObject(), shape, value, path);
    Shape element = model.shape(shape.value());
    ObjectNode written = Json.object();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      JsonNode item = entry.getValue();
      written.set(
          entry.getKey(), item.isNull() ? item : value(element, item, path + "." + entry.getKey()));
    }
    return written;
  }

  /** A time of seconds since 1970, to the millisecond where it is not whole. */
  static String iso8601(JsonNode seconds) {
    BigDecimal value = seconds.decimalValue();
    return Instant.ofEpochMilli(value.movePointRight(3).longValue()).toString();
  }

  private static void refuseUnknown(String path, Shape.Structure shape, ObjectNode output) {
    Set<String> known = shape.members().stream().map(Member::key).collect(Collectors.toSet());
    for (String name : output.propertyNames()) {
      if (!known.contains(name)) {
        throw new IllegalStateException(
            "%s answers a member that %s does not have: %s".formatted(path, shape.name(), name));
      }
    }
  }

  private static JsonNode checked(boolean fits, Shape shape, JsonNode value, String path) {
    if (!fits) {
      throw mistyped(path, shape, value);
    }
    return value;
  }

  private static IllegalStateException mistyped(String path, Shape shape, JsonNode value) {
    return new IllegalStateException(
        "%s answers a %s where %s is due".formatted(path, value.getNodeType(), shape.name()));
  }
}
