package io.portico.gateway.control.protocol;

import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The requests that read what a request has made or changed: by itself, and in its list. */
public final class ReadBack {
  private static final Pattern CHANGE =
      Pattern.compile("(?:Create|Put|Update|Import|Generate)(\\w+)");

  private final ServiceModel model;
  private final WireProtocols protocols;

  public ReadBack(ServiceModel model) {
    this.model = model;
    this.protocols = new WireProtocols(model, Operations.builder().build());
  }

  /** None where what was asked for makes nothing that has a name, or operations have no paths. */
  public List<HttpRequest> of(HttpRequest request, WireAnswer answer) {
    if (model.api().protocol() != AwsApi.Protocol.REST_JSON) {
      return List.of();
    }
    WireProtocol.Asked asked = protocols.of(request).read(request);
    Matcher change = CHANGE.matcher(asked.operation().name());
    List<HttpRequest> reads = new ArrayList<>();
    if (change.matches()) {
      ObjectNode input = asked.input().get();
      JsonNode output = answer.text().isEmpty() ? Json.object() : Json.parse(answer.text());
      for (String name : List.of("Get" + change.group(1), "Get" + change.group(1) + "s")) {
        Operation read = model.operation(name);
        if (read != null) {
          reads.add(WireRequest.of(model, read, named(read, input, output)));
        }
      }
    }
    return reads;
  }

  private static ObjectNode named(Operation read, ObjectNode input, JsonNode output) {
    ObjectNode named = Json.object();
    for (Member member : read.input().members()) {
      JsonNode given = input.get(member.key());
      // A patch may move a mapping to another path.
      JsonNode value =
          given == null || member.key().equals("basePath") ? output.get(member.key()) : given;
      if (member.location() == Member.Location.URI) {
        named.set(member.key(), value == null ? made(member.key(), output) : value);
      } else if (member.key().matches(".*(Id|Date)") && value != null) {
        named.set(member.key(), value);
      }
    }
    return named;
  }

  /** By what name it has been made: v2 names it as it names it in paths, v1 is brief. */
  private static JsonNode made(String key, JsonNode output) {
    JsonNode named = output.get(Character.toLowerCase(key.charAt(0)) + key.substring(1));
    return named == null ? output.path(key.endsWith("Name") ? "name" : "id") : named;
  }
}
