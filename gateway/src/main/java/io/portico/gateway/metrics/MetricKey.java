package io.portico.gateway.metrics;

import io.portico.gateway.json.Json;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a series of values is of.
 *
 * @param scope account and region
 * @param dimensions by name, whose order is none of its identity
 */
public record MetricKey(String scope, String namespace, String name, List<Dimension> dimensions) {
  private static final Comparator<Dimension> BY_NAME =
      Comparator.comparing(Dimension::name).thenComparing(Dimension::value);

  public MetricKey {
    dimensions = dimensions.stream().sorted(BY_NAME).toList();
  }

  /** Everything it consists of, as a line of JSON. */
  String text() {
    ObjectNode text =
        Json.object().put("scope", scope).put("namespace", namespace).put("name", name);
    ArrayNode all = text.putArray("dimensions");
    dimensions.forEach(dimension -> all.addArray().add(dimension.name()).add(dimension.value()));
    return Json.text(text);
  }

  static MetricKey ofText(JsonNode text) {
    return new MetricKey(
        text.path("scope").asString(""),
        text.path("namespace").asString(""),
        text.path("name").asString(""),
        text.path("dimensions")
            .valueStream()
            .map(pair -> new Dimension(pair.path(0).asString(""), pair.path(1).asString("")))
            .toList());
  }

  /** Where it stands among others of its scope; any text that tells them apart will do. */
  public String place() {
    StringBuilder place = new StringBuilder(namespace).append('\t').append(name);
    dimensions.forEach(
        dimension ->
            place.append('\t').append(dimension.name()).append('=').append(dimension.value()));
    return place.toString();
  }
}
