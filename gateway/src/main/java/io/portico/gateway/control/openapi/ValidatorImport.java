package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.MethodRules;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.openapi.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code x-amazon-apigateway-request-validators} become <b>request validators</b>. */
final class ValidatorImport {
  private final Map<String, RequestValidatorRecord> named = new LinkedHashMap<>();
  private final Map<String, RequestValidatorRecord> byId = new LinkedHashMap<>();
  private final @Nullable String common;

  /**
   * @param kept existing validators that stay unless the document has one of the same name
   */
  ValidatorImport(
      OpenApiDocument document,
      List<RequestValidatorRecord> existing,
      List<RequestValidatorRecord> kept,
      FreshIds ids) {
    Map<String, String> existingIds = new LinkedHashMap<>();
    for (RequestValidatorRecord validator : existing) {
      if (validator.name() != null) {
        existingIds.put(validator.name(), validator.id());
      }
    }
    kept.forEach(this::put);
    ObjectNode extensions = document.extensions();
    this.common = nameIn(extensions);
    Fields root = new Fields(extensions, ValidatorImport::malformed);
    for (Map.Entry<String, JsonNode> entry : root.entries(Extensions.REQUEST_VALIDATORS)) {
      Fields rules = new Fields(entry.getValue(), ValidatorImport::malformed);
      String id = existingIds.get(entry.getKey());
      put(
          new RequestValidatorRecord(
              id == null ? ids.next() : id,
              entry.getKey(),
              Boolean.TRUE.equals(rules.truth("validateRequestBody")),
              Boolean.TRUE.equals(rules.truth("validateRequestParameters"))));
    }
  }

  private void put(RequestValidatorRecord validator) {
    byId.put(validator.id(), validator);
    if (validator.name() != null) {
      named.put(validator.name(), validator);
    }
  }

  private static ServiceException malformed() {
    return Findings.invalid(Extensions.REQUEST_VALIDATORS + " is malformed");
  }

  private static @Nullable String nameIn(ObjectNode extensions) {
    return new Fields(
            extensions, () -> Findings.invalid(Extensions.REQUEST_VALIDATOR + " is malformed"))
        .text(Extensions.REQUEST_VALIDATOR);
  }

  List<RequestValidatorRecord> validators() {
    return List.copyOf(byId.values());
  }

  /**
   * The id of the validator of the operation, or else of the document.
   *
   * @throws ServiceException if there is none of the name
   */
  @Nullable String idFor(Operation operation) {
    String own = nameIn(operation.extensions());
    String name = own == null ? common : own;
    if (name == null) {
      return null;
    }
    RequestValidatorRecord validator = named.get(name);
    if (validator == null) {
      // AWS: source: MTH-06.
      throw ServiceException.badRequest(MethodRules.NO_VALIDATOR);
    }
    return validator.id();
  }
}
