package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts an operation's input together from where AWS's model says its members stand: labels of the
 * path, query, headers, the body as a whole or the members of a JSON body. What it returns has the
 * right types; {@link InputConstraints} judges the values.
 */
final class InputBinder {
  private final ServiceModel model;
  private final JsonCoercion coercion;

  InputBinder(ServiceModel model) {
    this.model = model;
    this.coercion = new JsonCoercion(model);
  }

  /**
   * @throws ServiceException {@code SerializationException} for what has not the shape's type
   */
  ObjectNode bind(
      OperationRouter.Route route, QueryParameters query, Headers headers, byte[] body) {
    Operation operation = route.operation();
    ObjectNode input = Json.object();
    for (Member member : operation.input().members()) {
      JsonNode value =
          switch (member.location()) {
            case URI -> textOrNull(member, route.labels().get(member.wireName()));
            case QUERY -> fromQuery(member, operation, query);
            case HEADER -> textOrNull(member, headers.first(member.wireName()));
            case PAYLOAD -> fromPayload(member, body);
            case BODY, STATUS -> null;
          };
      if (value != null) {
        input.set(member.key(), value);
      }
    }
    if (operation.input().members().stream().anyMatch(Member::inBody) && body.length > 0) {
      coercion.readMembers(operation.input(), JsonCoercion.parse(body), input);
    }
    return input;
  }

  private @Nullable JsonNode textOrNull(Member member, @Nullable String text) {
    return text == null ? null : JsonCoercion.text(model.shape(member.shape()), text);
  }

  private @Nullable JsonNode fromQuery(Member member, Operation operation, QueryParameters query) {
    return switch (model.shape(member.shape())) {
      case Shape.ListOf list -> {
        List<String> values = query.values(member.wireName());
        Shape element = model.shape(list.element());
        ArrayNode array = Json.array();
        values.forEach(value -> array.add(JsonCoercion.text(element, value)));
        yield values.isEmpty() ? null : array;
      }
      case Shape.MapOf map -> remaining(operation, query);
      default -> textOrNull(member, query.first(member.wireName()));
    };
  }

  /**
   * A map in the query has every parameter that nothing else claims: no other member, no constant
   * part, and not the signature of a presigned request.
   */
  private static @Nullable JsonNode remaining(Operation operation, QueryParameters query) {
    Set<String> claimed = new TreeSet<>(operation.query().keySet());
    for (Member member : operation.input().members()) {
      if (member.location() == Member.Location.QUERY) {
        claimed.add(member.wireName());
      }
    }
    ObjectNode map = Json.object();
    for (QueryParameters.Parameter parameter : query.all()) {
      String name = parameter.name();
      if (!claimed.contains(name) && !map.has(name) && !isSignature(name)) {
        map.put(name, parameter.value());
      }
    }
    return map.isEmpty() ? null : map;
  }

  private static boolean isSignature(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith("x-amz-");
  }

  private @Nullable JsonNode fromPayload(Member member, byte[] body) {
    return switch (model.shape(member.shape())) {
      // HTTP does not tell an empty body from none: a required blob may be empty.
      case Shape.Blob blob ->
          body.length == 0 && !member.required() ? null : Json.object().binaryNode(body);
      case Shape.Structure structure ->
          body.length == 0 ? null : coercion.structure(structure, JsonCoercion.parse(body));
      default -> throw new IllegalStateException(member.shape() + " cannot be a payload");
    };
  }
}
