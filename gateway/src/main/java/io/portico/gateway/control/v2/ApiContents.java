package io.portico.gateway.control.v2;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.rules.CertificateStages;
import io.portico.gateway.model.ApiScopeRecord;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordType;
import io.portico.gateway.store.RecordWriter;
import java.util.List;

/** An API and everything beneath it, read and written as a whole. */
public final class ApiContents {
  private static final List<RecordType<?>> DEFINITION =
      List.of(
          V2RecordTypes.ROUTE,
          V2RecordTypes.INTEGRATION,
          V2RecordTypes.AUTHORIZER,
          V2RecordTypes.MODEL);

  private ApiContents() {}

  /** The API as a deployment freezes it. */
  public static ApiDefinition read(RecordReader records, ApiRecord api) {
    return new ApiDefinition(
        api,
        records.list(V2RecordTypes.ROUTE, api.apiId()),
        records.list(V2RecordTypes.INTEGRATION, api.apiId()),
        records.list(V2RecordTypes.AUTHORIZER, api.apiId()),
        records.list(V2RecordTypes.MODEL, api.apiId()));
  }

  /** Puts an API in place of what it was, deployments and stages left alone. */
  static void write(RecordWriter records, ApiDefinition definition) {
    String apiId = definition.api().apiId();
    DEFINITION.forEach(type -> records.deleteAll(type, apiId));
    putApi(records, definition.api());
    definition
        .routes()
        .forEach(route -> records.put(V2RecordTypes.ROUTE, apiId, route.routeId(), route));
    definition
        .integrations()
        .forEach(each -> records.put(V2RecordTypes.INTEGRATION, apiId, each.integrationId(), each));
    definition
        .authorizers()
        .forEach(each -> records.put(V2RecordTypes.AUTHORIZER, apiId, each.authorizerId(), each));
    definition
        .models()
        .forEach(model -> records.put(V2RecordTypes.MODEL, apiId, model.modelId(), model));
  }

  static void putApi(RecordWriter records, ApiRecord api) {
    records.put(
        RecordTypes.API_SCOPE, "", api.apiId(), new ApiScopeRecord(api.accountId(), api.region()));
    records.put(V2RecordTypes.API, api.scope(), api.apiId(), api);
  }

  /** Deletes the API with all that belongs to it. */
  static void delete(RecordWriter records, ApiRecord api) {
    DEFINITION.forEach(type -> records.deleteAll(type, api.apiId()));
    for (StageRecord stage : records.list(V2RecordTypes.STAGE, api.apiId())) {
      CertificateStages.changed(
          records, api.apiId(), stage.stageName(), stage.clientCertificateId(), null);
    }
    records.deleteAll(V2RecordTypes.STAGE, api.apiId());
    records.deleteAll(V2RecordTypes.DEPLOYMENT, api.apiId());
    records.delete(V2RecordTypes.API, api.scope(), api.apiId());
    records.delete(RecordTypes.API_SCOPE, "", api.apiId());
  }
}
