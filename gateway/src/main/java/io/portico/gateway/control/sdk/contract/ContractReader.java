package io.portico.gateway.control.sdk.contract;

import io.portico.gateway.control.sdk.contract.ClientMethod.Content;
import io.portico.gateway.control.sdk.contract.ClientParameter.Place;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.MethodResponseRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what clients have to know from what a deployment froze. */
public final class ContractReader {
  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([^{}+]+)\\+?}");
  private static final String RESPONSE_HEADER = "method.response.header.";
  private static final String JSON = "application/json";
  private static final Set<String> VERBS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private final ApiDefinition definition;
  private final SchemaReader schemas;

  private ContractReader(ApiDefinition definition) {
    this.definition = definition;
    this.schemas =
        new SchemaReader(
            definition.models().stream().sorted(Comparator.comparing(ModelRecord::name)).toList());
  }

  /**
   * @param deployed what the stage's deployment froze
   * @param invokeUrl where clients call the stage
   */
  public static ClientContract read(ApiDefinition deployed, String stage, String invokeUrl) {
    return new ContractReader(deployed).contract(stage, invokeUrl);
  }

  private ClientContract contract(String stage, String invokeUrl) {
    RestApiRecord api = definition.api();
    List<ClientMethod> methods = new ArrayList<>();
    for (ResourceRecord resource : definition.resources()) {
      for (MethodRecord method : new TreeMap<>(resource.methods()).values()) {
        // AWS: no SDK has methods of ANY; source: documented for JavaScript,
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-generate-sdk-javascript.html.
        if (!method.httpMethod().equals("ANY")) {
          methods.add(method(resource.path(), method));
        }
      }
    }
    return new ClientContract(
        api.id(),
        api.name(),
        api.description(),
        api.version() == null ? api.createdDate().toString() : api.version(),
        api.region(),
        stage,
        invokeUrl,
        List.copyOf(methods),
        schemas.models());
  }

  private ClientMethod method(String path, MethodRecord method) {
    MethodResponseRecord success = success(method);
    return new ClientMethod(
        path,
        method.httpMethod(),
        method.operationName(),
        parameters(path, method),
        body(method),
        success == null ? null : content(success.responseModels()),
        success == null ? List.of() : headers(success),
        method.authorizationType().equals("AWS_IAM"),
        method.apiKeyRequired());
  }

  private static List<ClientParameter> parameters(String path, MethodRecord method) {
    Map<String, ClientParameter> parameters = new LinkedHashMap<>();
    Matcher inPath = PATH_PARAMETER.matcher(path);
    while (inPath.find()) {
      String name = inPath.group(1);
      parameters.put("path." + name, new ClientParameter(name, Place.PATH, true, false));
    }
    if (method.requestParameters() != null) {
      method
          .requestParameters()
          .forEach(
              (key, required) -> {
                String[] parts = key.split("\\.", 4);
                if (parts.length == 4 && !parts[2].equals("path")) {
                  boolean header = parts[2].endsWith("header");
                  parameters.putIfAbsent(
                      (header ? "header." : "query.") + parts[3],
                      new ClientParameter(
                          parts[3],
                          header ? Place.HEADER : Place.QUERY,
                          required,
                          parts[2].startsWith("multivalue")));
                }
              });
    }
    return List.copyOf(parameters.values());
  }

  private @Nullable Content body(MethodRecord method) {
    Content modelled = content(method.requestModels());
    if (modelled != null) {
      return modelled;
    }
    return VERBS_WITH_BODY.contains(method.httpMethod())
        ? new Content(null, new FieldType.Any(), JSON)
        : null;
  }

  /** JSON where there is a choice. */
  private @Nullable Content content(@Nullable Map<String, String> models) {
    if (models == null || models.isEmpty()) {
      return null;
    }
    String contentType =
        models.containsKey(JSON)
            ? JSON
            : models.keySet().stream()
                .filter(type -> type.contains("json"))
                .findFirst()
                .orElse(models.keySet().iterator().next());
    String name = models.getOrDefault(contentType, "");
    return new Content(
        name,
        contentType.contains("json") ? schemas.type(name) : FieldType.Scalar.TEXT,
        contentType);
  }

  /** The response of the lowest status that says success, or null. */
  private static @Nullable MethodResponseRecord success(MethodRecord method) {
    if (method.methodResponses() == null) {
      return null;
    }
    return method.methodResponses().values().stream()
        .filter(response -> response.statusCode().startsWith("2"))
        .min(Comparator.comparing(MethodResponseRecord::statusCode))
        .orElse(null);
  }

  private static List<String> headers(MethodResponseRecord response) {
    return response.responseParameters() == null
        ? List.of()
        : response.responseParameters().keySet().stream()
            .filter(name -> name.startsWith(RESPONSE_HEADER))
            .map(name -> name.substring(RESPONSE_HEADER.length()))
            .toList();
  }
}
