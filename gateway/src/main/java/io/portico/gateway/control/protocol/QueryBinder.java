package io.portico.gateway.control.protocol;

import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts an operation's input together from a form whose names are paths: {@code Tags.member.1.Key}
 * for a list, {@code Attributes.entry.1.key} and {@code .value} for a map. A list without elements
 * is its name without a value. Names that the input does not have are ignored.
 */
final class QueryBinder {
  /** More than any list may have; more digits would overflow. */
  private static final int MOST_DIGITS = 9;

  private final ServiceModel model;

  QueryBinder(ServiceModel model) {
    this.model = model;
  }

  /**
   * @throws ServiceException {@code SerializationException} for what has not the shape's type
   */
  ObjectNode bind(Operation operation, NavigableMap<String, String> parameters) {
    return structure(operation.input(), "", parameters);
  }

  private ObjectNode structure(
      Shape.Structure shape, String prefix, NavigableMap<String, String> parameters) {
    ObjectNode members = Json.object();
    for (Member member : shape.members()) {
      JsonNode value =
          valueOrNull(model.shape(member.shape()), prefix + member.wireName(), parameters);
      if (value != null) {
        members.set(member.key(), value);
      }
    }
    return members;
  }

  private @Nullable JsonNode valueOrNull(
      Shape shape, String name, NavigableMap<String, String> parameters) {
    return switch (shape) {
      case Shape.Structure structure ->
          below(name, parameters).isEmpty() ? null : structure(structure, name + ".", parameters);
      case Shape.ListOf list -> {
        Shape element = model.shape(list.element());
        ArrayNode values = Json.array();
        for (String item : numbered(name + ".member", parameters)) {
          values.add(required(element, item, parameters));
        }
        yield values.isEmpty() && !parameters.containsKey(name) ? null : values;
      }
      case Shape.MapOf map -> {
        ObjectNode values = Json.object();
        for (String entry : numbered(name + ".entry", parameters)) {
          String key = parameters.get(entry + ".key");
          if (key == null) {
            throw malformed(entry + " has no key");
          }
          values.set(key, required(model.shape(map.value()), entry + ".value", parameters));
        }
        yield values.isEmpty() ? null : values;
      }
      case Shape.Text text -> scalar(shape, parameters.get(name));
      case Shape.Numeric numeric -> scalar(shape, parameters.get(name));
      case Shape.Flag flag -> scalar(shape, parameters.get(name));
      case Shape.Blob blob -> scalar(shape, parameters.get(name));
      case Shape.Timestamp timestamp -> scalar(shape, parameters.get(name));
    };
  }

  private static @Nullable JsonNode scalar(Shape shape, @Nullable String text) {
    if (text == null) {
      return null;
    }
    return switch (shape) {
      case Shape.Blob blob -> JsonCoercion.blob(text);
      case Shape.Timestamp timestamp -> JsonCoercion.instant(text);
      default -> JsonCoercion.text(shape, text);
    };
  }

  private JsonNode required(Shape shape, String name, NavigableMap<String, String> parameters) {
    JsonNode value = valueOrNull(shape, name, parameters);
    if (value == null) {
      throw malformed(name + " has no value");
    }
    return value;
  }

  /** The parameters whose names go on behind a name. */
  private static NavigableMap<String, String> below(
      String name, NavigableMap<String, String> parameters) {
    // The character behind the dot.
    return parameters.subMap(name + ".", true, name + "/", false);
  }

  /** The names of the elements there are, in the order of their numbers. */
  private static List<String> numbered(String name, NavigableMap<String, String> parameters) {
    TreeSet<Integer> numbers = new TreeSet<>();
    int from = name.length() + 1;
    for (String parameter : below(name, parameters).keySet()) {
      int dot = parameter.indexOf('.', from);
      String number = parameter.substring(from, dot < 0 ? parameter.length() : dot);
      if (number.isEmpty()
          || number.length() > MOST_DIGITS
          || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
        throw malformed(parameter + " has no number");
      }
      numbers.add(Integer.valueOf(number));
    }
    List<String> names = new ArrayList<>(numbers.size());
    numbers.forEach(number -> names.add(name + "." + number));
    return names;
  }

  private static ServiceException malformed(String message) {
    return JsonCoercion.serialization(message);
  }
}
