package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.ModelSchemas;
import io.portico.gateway.jsonschema.SchemaSyntax;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.MethodResponseRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.store.RecordReader;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What an API's methods and models use, and so cannot be deleted. */
final class InUse {
  // AWS: of several users, the root is not the one that is named; source: MTH-20.
  private static final Comparator<ResourceRecord> ROOT_LAST =
      Comparator.comparing(ResourceRecord::atRoot).thenComparing(ApiContents.BY_PATH);

  private InUse() {}

  /**
   * @throws ServiceException if a method or another model uses the model
   */
  // AWS: source: MTH-20. What follows "method response" and "model" is assumed, as is the order.
  static void refuseForModel(RecordReader records, String apiId, String model) {
    String refusal = "Cannot delete model '" + model + "', is referenced in ";
    List<ResourceRecord> resources = resources(records, apiId);
    refuse(
        refusal + "method request: ",
        first(resources, method -> names(method.requestModels(), model), InUse::pathFirst));
    refuse(
        refusal + "method response: ",
        first(resources, method -> answersWith(method, model), InUse::pathFirst));
    refuse(refusal + "model: ", modelThatUses(records, apiId, model));
  }

  /**
   * @throws ServiceException if a method uses the validator
   */
  // AWS: how the text begins is reported by users; the rest is assumed, after that of authorizers.
  static void refuseForValidator(RecordReader records, String apiId, String id) {
    refuse(
        "Cannot delete Request Validator '" + id + "', is referenced in method: ",
        first(
            resources(records, apiId),
            method -> id.equals(method.requestValidatorId()),
            InUse::methodFirst));
  }

  /**
   * @throws ServiceException if a method uses the authorizer
   */
  // AWS: one method is named, with a slash before its path; source: reported by users of AWS's
  // clients, https://github.com/hashicorp/terraform-provider-aws/issues/14812. Which one: assumed.
  static void refuseForAuthorizer(RecordReader records, String apiId, AuthorizerRecord authorizer) {
    refuse(
        "Cannot delete authorizer '" + authorizer.name() + "', is referenced in method: ",
        first(
            resources(records, apiId),
            method -> authorizer.id().equals(method.authorizerId()),
            InUse::methodFirst));
  }

  private static void refuse(String refusal, Optional<String> user) {
    user.ifPresent(
        name -> {
          throw ServiceException.conflict(refusal + name);
        });
  }

  private static List<ResourceRecord> resources(RecordReader records, String apiId) {
    return records.list(RecordTypes.RESOURCE, apiId).stream().sorted(ROOT_LAST).toList();
  }

  private static Optional<String> first(
      List<ResourceRecord> resources,
      Predicate<MethodRecord> uses,
      BiFunction<ResourceRecord, String, String> name) {
    for (ResourceRecord resource : resources) {
      for (MethodRecord method : resource.methods().values()) {
        if (uses.test(method)) {
          return Optional.of(name.apply(resource, method.httpMethod()));
        }
      }
    }
    return Optional.empty();
  }

  // AWS: a method of the root is //GET; source: MTH-20.
  private static String pathFirst(ResourceRecord resource, String httpMethod) {
    return resource.path() + "/" + httpMethod;
  }

  private static String methodFirst(ResourceRecord resource, String httpMethod) {
    return httpMethod + "/" + resource.path();
  }

  private static boolean answersWith(MethodRecord method, String model) {
    Map<String, MethodResponseRecord> responses = method.methodResponses();
    return responses != null
        && responses.values().stream()
            .anyMatch(response -> names(response.responseModels(), model));
  }

  private static boolean names(@Nullable Map<String, String> models, String model) {
    return models != null && models.containsValue(model);
  }

  private static Optional<String> modelThatUses(RecordReader records, String apiId, String model) {
    return records.list(RecordTypes.MODEL, apiId).stream()
        .filter(other -> !other.name().equals(model) && refersTo(other, apiId, model))
        .map(ModelRecord::name)
        .findFirst();
  }

  private static boolean refersTo(ModelRecord model, String apiId, String name) {
    ObjectNode schema = ModelSchemas.parsed(model.schema());
    return schema != null
        && SchemaSyntax.references(schema).stream()
            .anyMatch(reference -> name.equals(ModelSchemas.nameIn(reference, apiId)));
  }
}
