package io.portico.gateway.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads paths with their operations. */
final class PathReader {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final Dialect dialect;
  private final Extras extras;
  private final Budget budget;
  private final Described descriptions;

  /**
   * @param descriptions is told what the paths say in words
   */
  PathReader(Dialect dialect, Extras extras, Described descriptions) {
    this.dialect = dialect;
    this.extras = extras;
    this.budget = dialect.budget();
    this.descriptions = descriptions;
  }

  PathItem read(String path, JsonNode value) {
    if (!path.startsWith("/") && !extras.paths().contains(path)) {
      throw new OpenApiException("The path " + path + " does not begin with a slash");
    }
    return new PathItem(path, operations(path, value));
  }

  private List<Operation> operations(String path, JsonNode value) {
    List<Operation> operations = new ArrayList<>();
    if (value.isNull()) {
      return operations;
    }
    ObjectNode item = Members.object(dialect.references().resolve(value, path), path);
    budget.spend(item.size());
    descriptions.path(path, item);
    for (Map.Entry<String, JsonNode> member : item.properties()) {
      String name = member.getKey();
      if ((METHODS.contains(name) || extras.methods().contains(name))
          && !member.getValue().isNull()) {
        String where = path + "." + name;
        ObjectNode operation = Members.object(member.getValue(), where);
        operations.add(operation(path, name, item, operation, where));
      }
    }
    return operations;
  }

  private Operation operation(
      String path, String method, ObjectNode item, ObjectNode operation, String where) {
    budget.spend(1 + operation.size());
    List<ObjectNode> parameters = parameters(item, operation, where);
    descriptions.operation(path, method, operation, parameters, where);
    Map<String, JsonNode> body = dialect.body(operation, parameters, where);
    budget.spend(body.size());
    return new Operation(
        method,
        Members.textOrNull(operation, "operationId", where),
        plain(parameters, where),
        body,
        responses(path, method, operation, where),
        security(operation, where, budget),
        Members.extensions(operation));
  }

  /** The path's parameters, each replaced by the operation's own of the same name and place. */
  private List<ObjectNode> parameters(ObjectNode item, ObjectNode operation, String where) {
    Map<String, ObjectNode> byIdentity = new LinkedHashMap<>();
    for (ObjectNode holder : List.of(item, operation)) {
      for (JsonNode element : Members.elements(holder, "parameters", where)) {
        budget.spend(1);
        String place = where + ".parameters";
        ObjectNode parameter = Members.object(dialect.references().resolve(element, place), place);
        String in = Members.requiredText(parameter, "in", place);
        String name = in.equals("body") ? "" : Members.requiredText(parameter, "name", place);
        byIdentity.put(in + ' ' + name, parameter);
      }
    }
    return List.copyOf(byIdentity.values());
  }

  private static List<Parameter> plain(List<ObjectNode> parameters, String where) {
    List<Parameter> plain = new ArrayList<>();
    for (ObjectNode parameter : parameters) {
      String in = Members.requiredText(parameter, "in", where);
      if (!in.equals("body")) {
        plain.add(
            new Parameter(
                Members.requiredText(parameter, "name", where),
                in,
                Members.isTrue(parameter, "required")));
      }
    }
    return plain;
  }

  private @Nullable List<Response> responses(
      String path, String method, ObjectNode operation, String where) {
    if (!operation.has("responses")) {
      return null;
    }
    List<Response> responses = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry :
        Members.objectOrEmpty(operation, "responses", where).properties()) {
      budget.spend(1);
      String status = entry.getKey();
      if (Members.isExtension(status)) {
        continue;
      }
      String place = where + ".responses." + status;
      JsonNode value = entry.getValue();
      ObjectNode response =
          value.isNull()
              ? operation.objectNode()
              : Members.object(dialect.references().resolve(value, place), place);
      descriptions.response(path, method, status, response, place);
      List<String> headers =
          List.copyOf(Members.objectOrEmpty(response, "headers", place).propertyNames());
      Map<String, JsonNode> content = dialect.content(operation, response, place);
      budget.spend(headers.size() + content.size());
      responses.add(new Response(status, headers, content));
    }
    return responses;
  }

  static @Nullable List<SecurityRequirement> security(
      ObjectNode holder, String where, Budget budget) {
    if (Members.find(holder, "security") == null) {
      return null;
    }
    List<SecurityRequirement> requirements = new ArrayList<>();
    for (JsonNode element : Members.elements(holder, "security", where)) {
      ObjectNode requirement = Members.object(element, where + ".security");
      Map<String, List<String>> schemes = new LinkedHashMap<>();
      for (String name : requirement.propertyNames()) {
        List<String> scopes = Members.texts(requirement, name, where + ".security");
        budget.spend(1 + scopes.size());
        schemes.put(name, scopes);
      }
      requirements.add(new SecurityRequirement(schemes));
    }
    return requirements;
  }
}
