package io.portico.gateway.control.openapi;

import io.portico.gateway.control.rules.ModelRules;
import io.portico.gateway.control.rules.ModelSchemas;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.MethodResponseRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One export: the parts of an API in the order of a document. */
final class DocumentExport {
  private final ApiDefinition definition;
  private final StageRecord stage;
  private final @Nullable PublishedDocumentation documentation;
  private final ExportScope scope;
  private final ExportDialect dialect;
  private final SecurityExport security;
  private final Map<String, String> validators = new HashMap<>();

  /**
   * @param documentation what the stage publishes, or null where that is nothing
   */
  DocumentExport(
      ApiDefinition definition,
      StageRecord stage,
      @Nullable PublishedDocumentation documentation,
      ExportScope scope,
      ExportDialect dialect) {
    this.definition = definition;
    this.stage = stage;
    this.documentation = documentation;
    this.scope = scope;
    this.dialect = dialect;
    this.security = new SecurityExport(definition.authorizers(), scope.authorizers());
    for (RequestValidatorRecord validator : definition.requestValidators()) {
      validators.put(validator.id(), ApiExtensionsExport.nameOf(validator));
    }
  }

  ObjectNode document() {
    RestApiRecord api = definition.api();
    ObjectNode document = Json.object();
    dialect.head(document, api, stage.stageName(), version(api));
    ObjectNode paths = document.putObject("paths");
    for (ResourceRecord resource : definition.resources()) {
      if (!resource.methods().isEmpty()) {
        path(paths.putObject(resource.path()), resource);
      }
    }
    dialect.components(document, models(), security.schemes());
    if (documentation != null && scope.documentation()) {
      new DocumentationExport(document, documentation).write();
    }
    if (scope.gateway()) {
      new ApiExtensionsExport(definition).write(document, dialect.endpointHolder(document));
    }
    return document;
  }

  // AWS: an API without a version is exported with a time; source: EXP-02, and that it is the time
  // of creation is assumed.
  static String version(RestApiRecord api) {
    return api.version() == null ? api.createdDate().toString() : api.version();
  }

  // AWS: source: EXP-03.
  static String host(RestApiRecord api) {
    return api.id() + ".execute-api." + api.region() + ".amazonaws.com";
  }

  private void path(ObjectNode item, ResourceRecord resource) {
    for (String name : dialect.methods()) {
      MethodRecord method = resource.methods().get(name);
      if (method != null) {
        String member = name.equals("ANY") ? Extensions.ANY_METHOD : name.toLowerCase(Locale.ROOT);
        operation(item.putObject(member), method, resource);
      }
    }
  }

  // AWS: the order; source: EXP-06.
  private void operation(ObjectNode operation, MethodRecord method, ResourceRecord resource) {
    if (method.operationName() != null) {
      operation.put("operationId", method.operationName());
    }
    dialect.request(operation, method, method.httpMethod() + " " + resource.path());
    ObjectNode responses = operation.putObject("responses");
    if (method.methodResponses() != null) {
      for (MethodResponseRecord response : method.methodResponses().values()) {
        ObjectNode node = responses.putObject(response.statusCode());
        node.put("description", responseText(response.statusCode()));
        dialect.response(node, response);
      }
    }
    security.write(operation, method);
    if (scope.postman()) {
      PostmanExport.write(operation, method, definition.api().region());
    }
    String validator = method.requestValidatorId();
    if (validator != null && scope.gateway()) {
      operation.put(Extensions.REQUEST_VALIDATOR, validators.getOrDefault(validator, validator));
    }
    if (method.methodIntegration() != null && scope.integrations()) {
      IntegrationExport.write(
          operation.putObject(Extensions.INTEGRATION), method.methodIntegration(), resource.id());
    }
  }

  /** What an export says of a response that is not documented. */
  // AWS: whatever an import said; source: EXP-04.
  static String responseText(@Nullable String statusCode) {
    return statusCode + " response";
  }

  private ObjectNode models() {
    ObjectNode models = Json.object();
    for (ModelRecord model : definition.models()) {
      ObjectNode schema = ModelSchemas.parsed(model.schema());
      if (schema != null && ModelRules.isJson(model.contentType())) {
        models.set(
            model.name(), ModelReferences.local(model.name(), schema, dialect.modelPrefix()));
      }
    }
    return models;
  }
}
