package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A call of an operation as a client sends it. */
public final class WireCall {
  private WireCall() {}

  /**
   * @param input by {@link Member#key}; a member the operation does not have is an error
   */
  public static HttpRequest request(ServiceModel model, String name, ObjectNode input) {
    Operation operation = model.operation(name);
    if (operation == null) {
      throw new IllegalArgumentException("no operation " + name);
    }
    ObjectNode left = input.deepCopy();
    ObjectNode body = Json.object();
    Body payload = Body.EMPTY;
    List<String> query = new ArrayList<>();
    Headers.Builder headers = Headers.builder();
    operation.query().forEach((key, value) -> query.add(key + "=" + value));
    String path = "/" + String.join("/", operation.path());
    for (Member member : operation.input().members()) {
      JsonNode value = left.remove(member.key());
      if (value == null) {
        continue;
      }
      switch (member.location()) {
        case URI -> path = path.replace("{" + member.wireName() + "}", encoded(value.asString()));
        case QUERY -> addQuery(query, member.wireName(), value);
        case HEADER -> headers.add(member.wireName(), value.asString());
        case BODY -> body.set(member.wireName(), value);
        case PAYLOAD -> payload = Body.of(value.asString().getBytes(StandardCharsets.UTF_8));
        case STATUS -> throw new IllegalArgumentException("an input has no status");
      }
    }
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(name + " does not take " + left);
    }
    String target = query.isEmpty() ? path : path + "?" + String.join("&", query);
    return Requests.request(
        operation.method(),
        target,
        body.isEmpty() ? payload : Body.of(Json.bytes(body)),
        headers.build());
  }

  private static void addQuery(List<String> query, String name, JsonNode value) {
    if (value.isArray()) {
      value.forEach(element -> query.add(name + "=" + encoded(element.asString())));
    } else if (value instanceof ObjectNode map) {
      map.properties()
          .forEach(
              entry ->
                  query.add(encoded(entry.getKey()) + "=" + encoded(entry.getValue().asString())));
    } else {
      query.add(name + "=" + encoded(value.asString()));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
