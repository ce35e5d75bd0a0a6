package io.portico.gateway.control.v2.openapi;

import io.portico.gateway.control.openapi.BasePath;
import io.portico.gateway.control.openapi.Extensions;
import io.portico.gateway.control.openapi.Findings;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.v2.rules.Lengths;
import io.portico.gateway.control.v2.rules.RouteKey;
import io.portico.gateway.control.v2.rules.RouteKeys;
import io.portico.gateway.control.v2.rules.RouteReferences;
import io.portico.gateway.control.v2.rules.RouteRules;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.AuthorizerRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.openapi.OpenApiException;
import io.portico.gateway.openapi.Operation;
import io.portico.gateway.openapi.PathItem;
import io.portico.gateway.store.RecordCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Operations become <b>routes</b>. One whose key the API has already keeps its id. */
final class RouteImport {
  // AWS: source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html, and what
  // is exported.
  static final String DEFAULT_PATH = "/" + RouteKey.DEFAULT;

  /** As AWS SAM writes it. */
  static final String SAM_DEFAULT_PATH = RouteKey.DEFAULT;

  /** As many as an import makes resources of a REST API. */
  private static final int MOST_ROUTES = 20_000;

  private final ApiRecord api;
  private final BasePath basePath;
  private final SecurityImport security;
  private final IntegrationImport integrations;
  private final NewIds ids;
  private final Quotas quotas;
  private final Findings findings;
  private final Map<String, String> known = new HashMap<>();
  private final List<RouteRecord> routes = new ArrayList<>();
  private final RouteKeys keys = new RouteKeys();
  private final References references;

  RouteImport(
      ApiDefinition before,
      BasePath basePath,
      AuthorizerImport authorizers,
      SecurityImport security,
      IntegrationImport integrations,
      NewIds ids,
      Quotas quotas,
      Findings findings) {
    this.api = before.api();
    this.basePath = basePath;
    this.security = security;
    this.integrations = integrations;
    this.ids = ids;
    this.quotas = quotas;
    this.findings = findings;
    this.references = References.of(authorizers.authorizers());
    before.routes().forEach(route -> known.put(route.routeKey(), route.routeId()));
  }

  List<RouteRecord> routes() {
    return routes;
  }

  /**
   * Makes a route of an operation.
   *
   * @throws OpenApiException if the document has too many
   */
  // AWS: the texts are assumed, after that of integrations.
  void read(PathItem item, Operation operation) {
    if (operation.method().equals("trace")) {
      // AWS: the text is v1's.
      findings.warning(
          "Unsupported HTTP method 'TRACE' for resource '" + item.path() + "'. Ignoring.");
      return;
    }
    if (routes.size() >= MOST_ROUTES) {
      throw new OpenApiException("The API has more than " + MOST_ROUTES + " routes");
    }
    String key = key(item.path(), operation.method());
    JsonNode extension = operation.extensions().get(Extensions.INTEGRATION);
    String integrationId =
        extension == null || extension.isNull() ? null : integrations.read(extension, key);
    try {
      RouteKey parsed = RouteKey.parse(key);
      RouteRecord route =
          RouteRules.accepted(
              route(key, operation, integrationId, security.of(operation)), api, references, null);
      checkScopes(route);
      Lengths.ofRoute(RecordCodec.tree(route));
      keys.add(key, parsed);
      routes.add(route);
    } catch (ServiceException e) {
      findings.error("Unable to create route at path '%s': %s".formatted(key, e.text()));
    }
  }

  private String key(String path, String method) {
    boolean any = method.equals(Extensions.ANY_METHOD);
    if (any && (path.equals(DEFAULT_PATH) || path.equals(SAM_DEFAULT_PATH))) {
      return RouteKey.DEFAULT;
    }
    boolean none = basePath.parts().isEmpty() || path.equals(SAM_DEFAULT_PATH);
    String prefix = none ? "" : "/" + String.join("/", basePath.parts());
    String below = path.equals("/") && !prefix.isEmpty() ? "" : path;
    return (any ? "ANY" : method.toUpperCase(Locale.ROOT)) + " " + prefix + below;
  }

  private RouteRecord route(
      String key,
      Operation operation,
      @Nullable String integrationId,
      RouteAuthorization authorization) {
    String id = known.get(key);
    return new RouteRecord(
        id == null ? ids.route() : id,
        key,
        integrationId == null ? null : RouteRules.target(integrationId),
        authorization.type(),
        authorization.authorizerId(),
        authorization.scopes(),
        false,
        null,
        operation.operationId(),
        null,
        null,
        null,
        List.of(),
        false);
  }

  private void checkScopes(RouteRecord route) {
    if (route.authorizationScopes() != null) {
      quotas
          .check(
              Quota.AUTHORIZATION_SCOPES,
              "route %s of API %s".formatted(route.routeKey(), api.apiId()),
              route.authorizationScopes().size())
          .ifPresent(findings::warning);
    }
  }

  /** What routes of a document refer to: their integrations are made along with them. */
  private record References(Map<String, AuthorizerRecord> authorizers) implements RouteReferences {

    static References of(List<AuthorizerRecord> authorizers) {
      Map<String, AuthorizerRecord> byId = new HashMap<>();
      authorizers.forEach(authorizer -> byId.put(authorizer.authorizerId(), authorizer));
      return new References(byId);
    }

    @Override
    public Optional<AuthorizerRecord> authorizer(String authorizerId) {
      return Optional.ofNullable(authorizers.get(authorizerId));
    }

    @Override
    public boolean hasIntegration(String integrationId) {
      return true;
    }

    @Override
    public boolean hasModel(String name) {
      return false;
    }
  }
}
