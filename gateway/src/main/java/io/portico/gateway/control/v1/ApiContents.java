package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.rules.CertificateStages;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.model.DocumentationPartRecord;
import io.portico.gateway.model.GatewayResponseRecord;
import io.portico.gateway.model.ModelRecord;
import io.portico.gateway.model.RequestValidatorRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordType;
import io.portico.gateway.store.RecordWriter;
import java.util.Comparator;
import java.util.List;

/** An API and everything beneath it, read and written as a whole. */
public final class ApiContents {
  static final Comparator<ResourceRecord> BY_PATH =
      Comparator.comparing(ResourceRecord::path).thenComparing(ResourceRecord::id);

  private static final List<RecordType<?>> DEFINITION =
      List.of(
          RecordTypes.RESOURCE,
          RecordTypes.AUTHORIZER,
          RecordTypes.MODEL,
          RecordTypes.REQUEST_VALIDATOR,
          RecordTypes.GATEWAY_RESPONSE);

  private ApiContents() {}

  /** The API as a deployment freezes it. */
  public static ApiDefinition read(RecordReader records, RestApiRecord api) {
    return new ApiDefinition(
        api,
        resources(records, api.id()),
        records.list(RecordTypes.AUTHORIZER, api.id()),
        records.list(RecordTypes.MODEL, api.id()),
        records.list(RecordTypes.REQUEST_VALIDATOR, api.id()),
        records.list(RecordTypes.GATEWAY_RESPONSE, api.id()));
  }

  /** An API's resources, ordered by path. */
  static List<ResourceRecord> resources(RecordReader records, String apiId) {
    return records.list(RecordTypes.RESOURCE, apiId).stream().sorted(BY_PATH).toList();
  }

  /** Puts an API in place of what it was, deployments and stages left alone. */
  static void write(RecordWriter records, ApiDefinition definition) {
    RestApiRecord api = definition.api();
    for (RecordType<?> type : DEFINITION) {
      records.deleteAll(type, api.id());
    }
    putApi(records, api);
    for (ResourceRecord resource : definition.resources()) {
      records.put(RecordTypes.RESOURCE, api.id(), resource.id(), resource);
    }
    for (AuthorizerRecord authorizer : definition.authorizers()) {
      records.put(RecordTypes.AUTHORIZER, api.id(), authorizer.id(), authorizer);
    }
    for (ModelRecord model : definition.models()) {
      records.put(RecordTypes.MODEL, api.id(), model.name(), model);
    }
    for (RequestValidatorRecord validator : definition.requestValidators()) {
      records.put(RecordTypes.REQUEST_VALIDATOR, api.id(), validator.id(), validator);
    }
    for (GatewayResponseRecord response : definition.gatewayResponses()) {
      records.put(RecordTypes.GATEWAY_RESPONSE, api.id(), response.responseType(), response);
    }
  }

  /** An API's documentation parts, ordered by id. */
  static List<DocumentationPartRecord> documentation(RecordReader records, String apiId) {
    return records.list(RecordTypes.DOCUMENTATION_PART, apiId);
  }

  /** Puts documentation parts in place of those that an API has. */
  static void writeDocumentation(
      RecordWriter records, String apiId, List<DocumentationPartRecord> parts) {
    DocumentedLocations.deleteAll(records, apiId);
    for (DocumentationPartRecord part : parts) {
      DocumentedLocations.put(records, apiId, part);
    }
  }

  static void putApi(RecordWriter records, RestApiRecord api) {
    records.put(RecordTypes.REST_API, api.accountId() + "/" + api.region(), api.id(), api);
  }

  /** Deletes the API with all that belongs to it. */
  static void delete(RecordWriter records, RestApiRecord api) {
    for (RecordType<?> type : DEFINITION) {
      records.deleteAll(type, api.id());
    }
    DocumentedLocations.deleteAll(records, api.id());
    records.deleteAll(RecordTypes.DOCUMENTATION_VERSION, api.id());
    for (StageRecord stage : records.list(RecordTypes.STAGE, api.id())) {
      CertificateStages.changed(
          records, api.id(), stage.stageName(), stage.clientCertificateId(), null);
    }
    records.deleteAll(RecordTypes.STAGE, api.id());
    records.deleteAll(RecordTypes.DEPLOYMENT, api.id());
    records.delete(RecordTypes.REST_API, api.accountId() + "/" + api.region(), api.id());
    records.delete(RecordTypes.API_SCOPE, "", api.id());
  }
}
