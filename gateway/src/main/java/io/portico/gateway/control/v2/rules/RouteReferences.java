package io.portico.gateway.control.v2.rules;

import io.portico.gateway.model.v2.AuthorizerRecord;
import java.util.Optional;

/** What of an API a route can refer to. */
public interface RouteReferences {

  Optional<AuthorizerRecord> authorizer(String authorizerId);

  boolean hasIntegration(String integrationId);

  boolean hasModel(String name);
}
