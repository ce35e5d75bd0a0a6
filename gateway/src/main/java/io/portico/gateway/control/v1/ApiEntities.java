package io.portico.gateway.control.v1;

import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.DocumentationLocation;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.MethodResponseRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.ResourceRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything in an API that a documentation part can be about. */
final class ApiEntities {
  private static final String REQUEST = "method.request.";
  private static final String RESPONSE = "method.response.header.";

  private final List<DocumentationLocation> entities = new ArrayList<>();

  private ApiEntities() {}

  /** All of them, ordered by {@link DocumentationLocation#key}. */
  static List<DocumentationLocation> of(ApiDefinition definition) {
    ApiEntities found = new ApiEntities();
    found.add("API", null, null, null, null);
    for (AuthorizerRecord authorizer : definition.authorizers()) {
      found.add("AUTHORIZER", null, null, null, authorizer.name());
    }
    for (ModelRecord model : definition.models()) {
      found.add("MODEL", null, null, null, model.name());
    }
    for (ResourceRecord resource : definition.resources()) {
      found.add("RESOURCE", resource.path(), null, null, null);
      for (MethodRecord method : resource.methods().values()) {
        found.method(resource.path(), method);
      }
    }
    found.entities.sort(Comparator.comparing(DocumentationLocation::key));
    return List.copyOf(found.entities);
  }

  private void add(
      String type,
      @Nullable String path,
      @Nullable String method,
      @Nullable String statusCode,
      @Nullable String name) {
    entities.add(new DocumentationLocation(type, path, method, statusCode, name));
  }

  private void method(String path, MethodRecord method) {
    String verb = method.httpMethod();
    add("METHOD", path, verb, null, null);
    for (String parameter : keys(method.requestParameters())) {
      int dot = parameter.indexOf('.', REQUEST.length());
      if (dot > 0 && parameter.startsWith(REQUEST)) {
        add(
            type(parameter.substring(REQUEST.length(), dot)),
            path,
            verb,
            null,
            parameter.substring(dot + 1));
      }
    }
    if (!keys(method.requestModels()).isEmpty()) {
      add("REQUEST_BODY", path, verb, null, null);
    }
    if (method.methodResponses() != null) {
      method.methodResponses().values().forEach(response -> response(path, verb, response));
    }
  }

  private static String type(String place) {
    return switch (place) {
      case "path" -> "PATH_PARAMETER";
      case "header", "multivalueheader" -> "REQUEST_HEADER";
      default -> "QUERY_PARAMETER";
    };
  }

  private void response(String path, String verb, MethodResponseRecord response) {
    String status = response.statusCode();
    add("RESPONSE", path, verb, status, null);
    for (String header : keys(response.responseParameters())) {
      if (header.startsWith(RESPONSE)) {
        add("RESPONSE_HEADER", path, verb, status, header.substring(RESPONSE.length()));
      }
    }
    if (!keys(response.responseModels()).isEmpty()) {
      add("RESPONSE_BODY", path, verb, status, null);
    }
  }

  private static List<String> keys(@Nullable Map<String, ?> map) {
    return map == null ? List.of() : List.copyOf(map.keySet());
  }
}
