package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call of an operation in the Query protocol, as a client sends it. A value of another type than
 * its member's stands there as it is.
 */
public final class FormRequest {
  private final ServiceModel model;
  private final List<String> form = new ArrayList<>();

  private FormRequest(ServiceModel model) {
    this.model = model;
  }

  /**
   * @param input by {@link Member#key}, blobs as Base64, timestamps as seconds
   */
  public static HttpRequest of(ServiceModel model, String operation, ObjectNode input) {
    Operation named = model.operation(operation);
    if (named == null) {
      throw new IllegalArgumentException("no operation " + operation);
    }
    FormRequest request = new FormRequest(model);
    request.form.add("Action=" + operation);
    request.form.add("Version=" + model.apiVersion());
    request.addMembers("", named.input(), input);
    return Requests.request(
        "POST",
        "/",
        Body.of(String.join("&", request.form)),
        Headers.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"));
  }

  private void addMembers(String prefix, Shape.Structure shape, JsonNode members) {
    List<String> left = new ArrayList<>(members.propertyNames());
    for (Member member : shape.members()) {
      if (left.remove(member.key())) {
        add(prefix + member.wireName(), model.shape(member.shape()), members.get(member.key()));
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(shape.name() + " does not take " + left);
    }
  }

  private void add(String name, Shape shape, JsonNode value) {
    switch (shape) {
      case Shape.Structure structure when value.isObject() ->
          addMembers(name + ".", structure, value);
      case Shape.ListOf list when value.isArray() -> {
        if (value.isEmpty()) {
          form.add(name + "=");
        }
        int number = 1;
        for (JsonNode item : value) {
          add(name + ".member." + number++, model.shape(list.element()), item);
        }
      }
      case Shape.Timestamp timestamp when value.isNumber() ->
          form.add(name + "=" + Instant.ofEpochSecond(value.longValue()));
      case Shape.MapOf map -> throw new IllegalStateException("no input of a form has a map");
      default -> form.add(name + "=" + URLEncoder.encode(value.asString(), StandardCharsets.UTF_8));
    }
  }

  /** A value without what a form cannot say, which is a structure without members. */
  static @Nullable JsonNode expressible(ServiceModel model, Shape shape, JsonNode value) {
    return switch (shape) {
      case Shape.Structure structure -> {
        ObjectNode members = Json.object();
        for (Member member : structure.members()) {
          JsonNode given = value.get(member.key());
          JsonNode inner =
              given == null ? null : expressible(model, model.shape(member.shape()), given);
          if (inner != null) {
            members.set(member.key(), inner);
          }
        }
        yield members.isEmpty() ? null : members;
      }
      case Shape.ListOf list -> {
        ArrayNode values = Json.array();
        for (JsonNode item : value) {
          JsonNode inner = expressible(model, model.shape(list.element()), item);
          if (inner != null) {
            values.add(inner);
          }
        }
        yield values;
      }
      default -> value;
    };
  }
}
