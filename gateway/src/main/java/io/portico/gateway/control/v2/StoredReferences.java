package io.portico.gateway.control.v2;

import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.v2.rules.RouteReferences;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.store.RecordReader;
import java.util.Optional;

/** What is stored of an API, for routes to refer to. */
record StoredReferences(RecordReader records, String apiId) implements RouteReferences {

  @Override
  public Optional<AuthorizerRecord> authorizer(String authorizerId) {
    return records.find(V2RecordTypes.AUTHORIZER, apiId, authorizerId);
  }

  @Override
  public boolean hasIntegration(String integrationId) {
    return records.find(V2RecordTypes.INTEGRATION, apiId, integrationId).isPresent();
  }

  @Override
  public boolean hasModel(String name) {
    return records.list(V2RecordTypes.MODEL, apiId).stream()
        .anyMatch(model -> model.name().equals(name));
  }
}
