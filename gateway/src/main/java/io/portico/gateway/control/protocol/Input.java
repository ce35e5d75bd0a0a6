package io.portico.gateway.control.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operation's input, validated: required members are there and every value has its shape's type.
 *
 * <p>Members of the JSON body go by their wire name (the model's {@code locationName}), members
 * bound to path, query or header by their member name. In v1 the two are the same, except where a
 * body member's wire name is also the name of a bound one: it then goes by its member name
 * (PutIntegration: {@code httpMethod} is the one of the path, {@code integrationHttpMethod} the one
 * of the body).
 */
public final class Input {
  private final ObjectNode members;

  public Input(ObjectNode members) {
    this.members = members;
  }

  /** All members as JSON. */
  public ObjectNode json() {
    return members;
  }

  /** Whether the member was sent (and not as null). */
  public boolean has(String member) {
    return members.hasNonNull(member);
  }

  /**
   * A member that the shape requires.
   *
   * @throws IllegalStateException if it is absent: the table does not require it
   */
  public String string(String member) {
    String value = stringOrNull(member);
    if (value == null) {
      throw new IllegalStateException("the input has no " + member);
    }
    return value;
  }

  public @Nullable String stringOrNull(String member) {
    JsonNode value = members.get(member);
    return value == null || value.isNull() ? null : value.asString();
  }

  /** The member, or false where it was not sent. */
  public boolean bool(String member) {
    JsonNode value = members.get(member);
    return value != null && value.isBoolean() && value.booleanValue();
  }

  public @Nullable Integer integerOrNull(String member) {
    JsonNode value = members.get(member);
    return value == null || value.isNull() ? null : Integer.valueOf(value.intValue());
  }

  /** A blob's bytes; empty where it was not sent. */
  public byte[] bytes(String member) {
    JsonNode value = members.get(member);
    return value == null || value.isNull() ? new byte[0] : value.binaryValue();
  }

  public @Nullable List<String> stringsOrNull(String member) {
    JsonNode value = members.get(member);
    if (value == null || value.isNull()) {
      return null;
    }
    List<String> strings = new ArrayList<>(value.size());
    for (JsonNode element : value) {
      strings.add(element.asString());
    }
    return List.copyOf(strings);
  }

  /** A map of strings in the order sent, or null. A null value is left out. */
  public @Nullable Map<String, String> stringMapOrNull(String member) {
    JsonNode value = members.get(member);
    if (value == null || value.isNull()) {
      return null;
    }
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (!entry.getValue().isNull()) {
        map.put(entry.getKey(), entry.getValue().asString());
      }
    }
    return map;
  }

  /** The members of each structure of a list; none where it was not sent. */
  public List<Input> structures(String member) {
    List<Input> structures = new ArrayList<>();
    if (members.get(member) instanceof ArrayNode list) {
      for (JsonNode element : list) {
        if (element instanceof ObjectNode structure) {
          structures.add(new Input(structure));
        }
      }
    }
    return structures;
  }

  /** A structure's members, or null. */
  public @Nullable Input structureOrNull(String member) {
    return members.get(member) instanceof ObjectNode structure ? new Input(structure) : null;
  }
}
