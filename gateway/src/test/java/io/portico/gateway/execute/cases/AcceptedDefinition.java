package io.portico.gateway.execute.cases;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.v2.rules.ApiRules;
import io.portico.gateway.control.v2.rules.AuthorizerRules;
import io.portico.gateway.control.v2.rules.IntegrationRules;
import io.portico.gateway.control.v2.rules.RouteReferences;
import io.portico.gateway.control.v2.rules.RouteRules;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.AuthorizerRecord;
import java.time.Clock;
import java.util.Optional;

/** An HTTP API as the control plane takes it: what it makes of each record. */
final class AcceptedDefinition {
  private static final Quotas QUOTAS = Quotas.standard(Clock.systemUTC());

  private AcceptedDefinition() {}

  /** What a definition's routes can refer to. */
  private record References(ApiDefinition definition) implements RouteReferences {
    @Override
    public Optional<AuthorizerRecord> authorizer(String authorizerId) {
      return definition.authorizers().stream()
          .filter(authorizer -> authorizer.authorizerId().equals(authorizerId))
          .findFirst();
    }

    @Override
    public boolean hasIntegration(String integrationId) {
      return definition.integrations().stream()
          .anyMatch(integration -> integration.integrationId().equals(integrationId));
    }

    @Override
    public boolean hasModel(String name) {
      return false;
    }
  }

  /**
   * @throws ServiceException if the control plane would refuse something of it
   */
  static ApiDefinition of(ApiDefinition written) {
    ApiRecord api = written.api();
    ApiRules.check(api);
    written.routes().forEach(route -> RouteRules.checkKey(api, route, written.routes()));
    RouteReferences references = new References(written);
    return new ApiDefinition(
        api,
        written.routes().stream()
            .map(route -> RouteRules.accepted(route, api, references, null))
            .toList(),
        written.integrations().stream()
            .map(integration -> IntegrationRules.accepted(integration, api, QUOTAS, null))
            .toList(),
        written.authorizers().stream()
            .map(authorizer -> AuthorizerRules.accepted(authorizer, api, QUOTAS))
            .toList(),
        written.models());
  }
}
