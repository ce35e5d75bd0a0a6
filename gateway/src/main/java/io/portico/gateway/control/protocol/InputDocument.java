package io.portico.gateway.control.protocol;

import io.portico.gateway.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The whole input of an operation as one JSON document, by the member names of AWS's model: what
 * the AWS CLI takes as {@code --cli-input-json}. A request on the wire says its input otherwise,
 * see {@link InputBinder}.
 */
public final class InputDocument {
  private final ServiceModel model;
  private final Operation operation;

  private InputDocument(ServiceModel model, Operation operation) {
    this.model = model;
    this.operation = operation;
  }

  /**
   * That of an operation.
   *
   * @throws IllegalArgumentException if the API has no such operation
   */
  public static InputDocument of(AwsApi api, String operation) {
    ServiceModel model = ServiceModel.of(api);
    Operation found = model.operation(operation);
    if (found == null) {
      throw new IllegalArgumentException(api.table() + " has no operation " + operation);
    }
    return new InputDocument(model, found);
  }

  /** The members that a document may have. */
  public Set<String> members() {
    return names(operation.input());
  }

  /**
   * A document with the types of the model, as handlers take it.
   *
   * @throws ServiceException for a member that the model does not have, at whatever depth, and for
   *     whatever a request would be refused for
   */
  public ObjectNode read(JsonNode document) {
    if (!document.isObject()) {
      throw new ServiceException("ValidationException", 400, "it is no JSON object");
    }
    refuseUnknown(operation.input(), document, "");
    JsonCoercion coercion = new JsonCoercion(model);
    ObjectNode input = Json.object();
    for (Member member : operation.input().members()) {
      JsonNode value = document.get(member.name());
      if (value != null && !value.isNull()) {
        input.set(member.key(), coercion.value(model.shape(member.shape()), value));
      }
    }
    new InputConstraints(model).check(operation, input);
    return input;
  }

  private void refuseUnknown(Shape shape, JsonNode value, String path) {
    switch (shape) {
      case Shape.Structure structure -> {
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          refuseUnknown(
              member(structure, entry.getKey(), path),
              entry.getValue(),
              path + entry.getKey() + ".");
        }
      }
      case Shape.ListOf list -> {
        Shape element = model.shape(list.element());
        value.values().forEach(each -> refuseUnknown(element, each, path));
      }
      case Shape.MapOf map -> {
        Shape element = model.shape(map.value());
        value.values().forEach(each -> refuseUnknown(element, each, path));
      }
      default -> {}
    }
  }

  private Shape member(Shape.Structure structure, String name, String path) {
    return structure.members().stream()
        .filter(member -> member.name().equals(name))
        .findFirst()
        .map(member -> model.shape(member.shape()))
        .orElseThrow(
            () ->
                new ServiceException(
                    "ValidationException",
                    400,
                    "unknown member %s; there are %s"
                        .formatted(path + name, String.join(", ", sorted(structure)))));
  }

  private static List<String> sorted(Shape.Structure structure) {
    return names(structure).stream().sorted().toList();
  }

  private static Set<String> names(Shape.Structure structure) {
    return structure.members().stream().map(Member::name).collect(Collectors.toSet());
  }
}
