package io.portico.gateway.control.protocol;

import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An honest input of an operation with a mark in one place, once for each place its shape has:
 * every member, whatever is within it, keys and values of maps, elements of lists.
 */
final class SpoiltInputs {
  /** Where a hostile value goes; as it stands here, it stands on the wire. */
  static final String MARK = "hostile-value";

  private static final int DEEPEST = 6;

  private final ServiceModel model;

  SpoiltInputs(ServiceModel model) {
    this.model = model;
  }

  /**
   * @param place such as {@code endpointConfiguration.types[]}
   */
  record Spoilt(String place, ObjectNode input) {}

  private record Marked(String place, JsonNode value) {}

  List<Spoilt> of(Operation operation, ObjectNode honest) {
    List<Spoilt> all = new ArrayList<>();
    for (Member member : operation.input().members()) {
      Shape shape = model.shape(member.shape());
      if (member.location() == Member.Location.PAYLOAD && shape instanceof Shape.Blob) {
        String mark = Base64.getEncoder().encodeToString(MARK.getBytes(StandardCharsets.UTF_8));
        all.add(spoilt(honest, member, new Marked("", Json.object().stringNode(mark))));
        continue;
      }
      for (Marked marked : marked(shape, honest.get(member.key()), 0)) {
        all.add(spoilt(honest, member, marked));
      }
    }
    return all;
  }

  private static Spoilt spoilt(ObjectNode honest, Member member, Marked marked) {
    ObjectNode input = honest.deepCopy();
    input.set(member.key(), marked.value());
    return new Spoilt(member.key() + marked.place(), input);
  }

  private List<Marked> marked(Shape shape, @Nullable JsonNode honest, int depth) {
    List<Marked> all = new ArrayList<>();
    all.add(new Marked("", Json.object().stringNode(MARK)));
    if (depth == DEEPEST) {
      return all;
    }
    switch (shape) {
      case Shape.Structure structure -> {
        ObjectNode members = honest instanceof ObjectNode object ? object : Json.object();
        for (Member member : structure.members()) {
          Shape inner = model.shape(member.shape());
          for (Marked marked : marked(inner, members.get(member.key()), depth + 1)) {
            ObjectNode copy = members.deepCopy();
            copy.set(member.key(), marked.value());
            all.add(new Marked("." + member.key() + marked.place(), copy));
          }
        }
      }
      case Shape.ListOf list -> {
        ArrayNode elements = honest instanceof ArrayNode array ? array : Json.array();
        for (Marked marked : marked(model.shape(list.element()), elements.get(0), depth + 1)) {
          ArrayNode copy = elements.deepCopy();
          if (copy.isEmpty()) {
            copy.add(marked.value());
          } else {
            copy.set(0, marked.value());
          }
          all.add(new Marked("[]" + marked.place(), copy));
        }
      }
      case Shape.MapOf map -> {
        Map.Entry<String, JsonNode> entry =
            honest instanceof ObjectNode object && !object.isEmpty()
                ? object.properties().iterator().next()
                : Map.entry("a", Json.object().stringNode("b"));
        all.add(new Marked("{}", Json.object().set(MARK, entry.getValue())));
        for (Marked marked : marked(model.shape(map.value()), entry.getValue(), depth + 1)) {
          ObjectNode copy = Json.object();
          copy.set(entry.getKey(), marked.value());
          all.add(new Marked("{" + entry.getKey() + "}" + marked.place(), copy));
        }
      }
      default -> {
        // A scalar has nothing within.
      }
    }
    return all;
  }
}
