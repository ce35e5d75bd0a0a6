package io.portico.gateway.control.v1;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.DocumentationPartRecord;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.store.RecordCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a new API starts with: the default models and a root, or a copy of another API. */
final class InitialApi {
  private static final String SCHEMA = "http://json-schema.org/draft-04/schema#";

  private InitialApi() {}

  /** An API with nothing but its root and AWS's default models. */
  static ApiDefinition fresh(V1Environment environment, RestApiRecord api) {
    return new ApiDefinition(
        api,
        List.of(
            new ResourceRecord(
                api.rootResourceId(), null, null, ResourceRecord.ROOT_PATH, Map.of())),
        List.of(),
        defaultModels(environment),
        List.of(),
        List.of());
  }

  // AWS: source: MOD-01.
  private static List<ModelRecord> defaultModels(V1Environment environment) {
    ObjectNode empty = Json.object();
    empty.put("$schema", SCHEMA).put("title", "Empty Schema").put("type", "object");
    ObjectNode error = Json.object();
    error.put("$schema", SCHEMA).put("title", "Error Schema").put("type", "object");
    error.putObject("properties").putObject("message").put("type", "string");
    return List.of(
        model(environment, "Empty", "This is a default empty schema model", empty),
        model(environment, "Error", "This is a default error schema model", error));
  }

  private static ModelRecord model(
      V1Environment environment, String name, String description, ObjectNode schema) {
    return new ModelRecord(
        environment.newId(), name, description, "application/json", Json.pretty(schema));
  }

  /** A copy of another API's contents under ids of their own. */
  static ApiDefinition copy(V1Environment environment, RestApiRecord api, ApiDefinition source) {
    Ids ids = new Ids(environment);
    ids.known.put(source.api().rootResourceId(), api.rootResourceId());
    List<AuthorizerRecord> authorizers = new ArrayList<>();
    for (AuthorizerRecord authorizer : source.authorizers()) {
      authorizers.add(withId(authorizer, ids.of(authorizer.id()), AuthorizerRecord.class));
    }
    List<RequestValidatorRecord> validators = new ArrayList<>();
    for (RequestValidatorRecord validator : source.requestValidators()) {
      validators.add(withId(validator, ids.of(validator.id()), RequestValidatorRecord.class));
    }
    ClonedReferences references = new ClonedReferences(source.api().id(), api.id());
    List<ModelRecord> models = new ArrayList<>();
    for (ModelRecord model : source.models()) {
      models.add(copied(model, ids.of(model.id()), references));
    }
    List<ResourceRecord> resources = new ArrayList<>();
    for (ResourceRecord resource : source.resources()) {
      resources.add(copied(resource, ids));
    }
    return new ApiDefinition(
        api, resources, authorizers, models, validators, source.gatewayResponses());
  }

  /** A copy of another API's documentation parts, under ids of their own. */
  // AWS: that documentation is copied, and its versions are not, is assumed.
  static List<DocumentationPartRecord> copy(
      V1Environment environment, List<DocumentationPartRecord> parts) {
    Ids ids = new Ids(environment);
    return parts.stream()
        .map(part -> withId(part, ids.of(part.id()), DocumentationPartRecord.class))
        .toList();
  }

  private static ModelRecord copied(ModelRecord model, String id, ClonedReferences references) {
    String schema = model.schema();
    return new ModelRecord(
        id,
        model.name(),
        model.description(),
        model.contentType(),
        schema == null ? null : references.in(schema));
  }

  private static ResourceRecord copied(ResourceRecord resource, Ids ids) {
    Map<String, MethodRecord> methods = new LinkedHashMap<>();
    resource
        .methods()
        .forEach((name, method) -> methods.put(name, copied(method, resource.id(), ids)));
    return new ResourceRecord(
        ids.of(resource.id()),
        resource.parentId() == null ? null : ids.of(resource.parentId()),
        resource.pathPart(),
        resource.path(),
        methods);
  }

  private static MethodRecord copied(MethodRecord method, String resourceId, Ids ids) {
    ObjectNode tree = RecordCodec.tree(method);
    rename(tree, "authorizerId", method.authorizerId(), ids);
    rename(tree, "requestValidatorId", method.requestValidatorId(), ids);
    MethodRecord copy = RecordCodec.record(tree, MethodRecord.class);
    IntegrationRecord integration = copy.methodIntegration();
    return integration != null && resourceId.equals(integration.cacheNamespace())
        ? copy.withIntegration(integration.withCacheNamespace(ids.of(resourceId)))
        : copy;
  }

  private static void rename(ObjectNode tree, String member, @Nullable String id, Ids ids) {
    if (id != null) {
      tree.put(member, ids.of(id));
    }
  }

  private static <R> R withId(R record, String id, Class<R> type) {
    ObjectNode tree = RecordCodec.tree(record);
    tree.put("id", id);
    return RecordCodec.record(tree, type);
  }

  /** The copy's id for each of the source's. */
  private static final class Ids {
    private final V1Environment environment;
    private final Map<String, String> known = new HashMap<>();

    Ids(V1Environment environment) {
      this.environment = environment;
    }

    String of(String id) {
      return known.computeIfAbsent(id, unknown -> environment.newId());
    }
  }
}
