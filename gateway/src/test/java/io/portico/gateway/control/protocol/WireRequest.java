package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The request in which a client sends an operation's input. It does not look at types: a text
 * stands wherever it is put.
 */
final class WireRequest {
  private final ServiceModel model;
  private final Operation operation;
  private final ObjectNode input;
  private final Map<String, String> labels = new HashMap<>();
  private final List<String> query = new ArrayList<>();
  private final Headers.Builder headers = Headers.builder();
  private final ObjectNode json = Json.object();
  private byte[] payload = {};

  private WireRequest(ServiceModel model, Operation operation, ObjectNode input) {
    this.model = model;
    this.operation = operation;
    this.input = input;
  }

  /**
   * @param input by {@link Member#key}, blobs as Base64
   */
  static HttpRequest of(ServiceModel model, Operation operation, ObjectNode input) {
    WireRequest request = new WireRequest(model, operation, input);
    return switch (model.api().protocol()) {
      case REST_JSON -> request.restJson();
      case QUERY -> FormRequest.of(model, operation.name(), input);
      case JSON, CBOR -> request.targeted();
    };
  }

  private HttpRequest restJson() {
    operation.query().forEach((name, value) -> query.add(name + "=" + value));
    addMembers();
    StringBuilder target = new StringBuilder();
    for (String segment : operation.path()) {
      target
          .append('/')
          .append(
              segment.startsWith("{")
                  ? labels.get(segment.substring(1, segment.length() - 1))
                  : segment);
    }
    if (!query.isEmpty()) {
      target.append('?').append(String.join("&", query));
    }
    Body body = payload.length > 0 || json.isEmpty() ? Body.of(payload) : Body.of(Json.bytes(json));
    return Requests.request(operation.method(), target.toString(), body, headers.build());
  }

  private HttpRequest targeted() {
    addMembers();
    return Requests.request(
        "POST",
        "/",
        Body.of(Json.bytes(json)),
        Headers.of(
            JsonProtocol.TARGET,
            JsonProtocol.targetPrefix(model.api(), model.apiVersion()) + operation.name(),
            "Content-Type",
            JsonProtocol.contentType(model.api())));
  }

  private void addMembers() {
    for (Member member : operation.input().members()) {
      JsonNode value = input.get(member.key());
      if (value != null) {
        add(member, model.shape(member.shape()), value);
      }
    }
  }

  private void add(Member member, Shape shape, JsonNode value) {
    switch (member.location()) {
      case URI -> labels.put(member.wireName(), encoded(value.asString()));
      case QUERY -> addQuery(member, shape, value);
      case HEADER -> headers.add(member.wireName(), value.asString());
      case PAYLOAD ->
          payload =
              shape instanceof Shape.Blob
                  ? Base64.getDecoder().decode(value.asString())
                  : Json.bytes(wire(shape, value));
      case BODY -> json.set(member.wireName(), wire(shape, value));
      case STATUS -> throw new IllegalStateException("an input has no status");
    }
  }

  private void addQuery(Member member, Shape shape, JsonNode value) {
    if (value.isArray()) {
      value.forEach(item -> query.add(member.wireName() + "=" + encoded(item.asString())));
    } else if (value.isObject() && shape instanceof Shape.MapOf) {
      value
          .properties()
          .forEach(
              entry ->
                  query.add(encoded(entry.getKey()) + "=" + encoded(entry.getValue().asString())));
    } else {
      query.add(member.wireName() + "=" + encoded(value.asString()));
    }
  }

  /** The same value with the names it has on the wire. */
  private JsonNode wire(Shape shape, JsonNode value) {
    return switch (shape) {
      case Shape.Structure structure when value.isObject() -> {
        ObjectNode members = Json.object();
        for (Member member : structure.members()) {
          if (value.has(member.key())) {
            members.set(
                member.wireName(), wire(model.shape(member.shape()), value.get(member.key())));
          }
        }
        yield members;
      }
      case Shape.ListOf list when value.isArray() -> {
        ArrayNode values = Json.array();
        value.forEach(item -> values.add(wire(model.shape(list.element()), item)));
        yield values;
      }
      case Shape.MapOf map when value.isObject() -> {
        ObjectNode values = Json.object();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          values.set(entry.getKey(), wire(model.shape(map.value()), entry.getValue()));
        }
        yield values;
      }
      default -> value;
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
