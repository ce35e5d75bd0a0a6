package io.portico.gateway.control.v2;

import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.v2.rules.IntegrationRules;
import io.portico.gateway.control.v2.rules.RouteKey;
import io.portico.gateway.control.v2.rules.RouteRules;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * <b>Quick create</b>: an HTTP API with an integration, a route and a stage that deploys
 * automatically, all of them managed by API Gateway.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html">Create
 *     HTTP APIs</a>
 */
// AWS: the texts are assumed.
final class QuickCreate {
  private static final String TARGET = "target";
  private static final String ROUTE_KEY = "routeKey";
  private static final String CREDENTIALS = "credentialsArn";

  private final V2Environment environment;
  private final RecordWriter records;
  private final ApiRecord api;

  QuickCreate(V2Environment environment, RecordWriter records, ApiRecord api) {
    this.environment = environment;
    this.records = records;
    this.api = api;
  }

  private static boolean isMeant(Input input) {
    return Stream.of(TARGET, ROUTE_KEY, CREDENTIALS)
        .map(input::stringOrNull)
        .anyMatch(text -> text != null && !text.isEmpty());
  }

  private void checkProtocol() {
    if (!api.isHttp()) {
      throw ServiceException.badRequest("Quick create is not supported for WebSocket APIs.");
    }
  }

  /** What CreateApi makes beside the API, if anything. */
  void create(Input input) {
    if (!isMeant(input)) {
      return;
    }
    checkProtocol();
    String target = new Update(input).text(TARGET, null);
    if (target == null) {
      throw ServiceException.badRequest("Quick create needs a target");
    }
    IntegrationRecord integration =
        integration(Ids.integration(environment, records, api), target, input);
    records.put(V2RecordTypes.INTEGRATION, api.apiId(), integration.integrationId(), integration);
    String key = new Update(input).text(ROUTE_KEY, null);
    putRoute(
        new RouteRecord(
            Ids.route(environment, records, api),
            key == null ? RouteKey.DEFAULT : key,
            RouteRules.target(integration.integrationId()),
            RouteRules.NONE,
            null,
            null,
            false,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            true));
    StageRecord stage =
        NewStage.bare(StageRecord.DEFAULT, environment.now()).deployingAutomatically(true);
    records.put(V2RecordTypes.STAGE, api.apiId(), stage.stageName(), stage);
    Deploying.changed(environment, records, api);
  }

  private void putRoute(RouteRecord route) {
    RouteRecord accepted =
        RouteRules.accepted(route, api, new StoredReferences(records, api.apiId()), null);
    RouteRules.checkKey(api, accepted, records.list(V2RecordTypes.ROUTE, api.apiId()));
    records.put(V2RecordTypes.ROUTE, api.apiId(), accepted.routeId(), accepted);
  }

  // AWS: a function is called with format 2.0; source: documented, the examples of GetIntegration.
  // A URL is called by the caller's own method: assumed.
  private IntegrationRecord integration(String id, String target, Input input) {
    boolean function = IntegrationRules.isFunction(target);
    String credentials = new Update(input).text(CREDENTIALS, null);
    return IntegrationRules.accepted(
        new IntegrationRecord(
            id,
            function ? IntegrationRules.AWS_PROXY : IntegrationRules.HTTP_PROXY,
            null,
            null,
            IntegrationRules.INTERNET,
            null,
            // AWS: not used for URLs; source: documented, CreateApi.credentialsArn.
            function ? credentials : null,
            function ? "POST" : "ANY",
            null,
            null,
            target,
            null,
            function ? "2.0" : "1.0",
            null,
            null,
            null,
            null,
            IntegrationRules.defaultTimeout(api),
            null,
            List.of(),
            true),
        api,
        environment.quotas(),
        null);
  }

  /** What UpdateApi changes of what was made so. */
  // AWS: source: documented, UpdateApi. That nothing is made where quick create has made nothing is
  // assumed.
  void update(Input input) {
    if (!isMeant(input)) {
      return;
    }
    checkProtocol();
    IntegrationRecord integration = managedIntegration();
    RouteRecord route = managedRoute();
    if (integration == null || route == null) {
      throw ServiceException.badRequest("This API was not created by quick create");
    }
    Update update = new Update(input);
    String target = update.text(TARGET, null);
    String credentials = update.text(CREDENTIALS, null);
    if (target != null || credentials != null) {
      String id = integration.integrationId();
      IntegrationRecord changed =
          integration(
              id,
              target == null ? Objects.requireNonNull(integration.integrationUri()) : target,
              input);
      if (credentials == null) {
        changed = changed.withCredentials(integration.credentialsArn());
      }
      records.put(V2RecordTypes.INTEGRATION, api.apiId(), id, changed);
    }
    String key = update.text(ROUTE_KEY, null);
    if (key != null) {
      putRoute(route.withKey(key));
    }
  }

  private @Nullable IntegrationRecord managedIntegration() {
    return records.list(V2RecordTypes.INTEGRATION, api.apiId()).stream()
        .filter(IntegrationRecord::apiGatewayManaged)
        .findFirst()
        .orElse(null);
  }

  private @Nullable RouteRecord managedRoute() {
    return records.list(V2RecordTypes.ROUTE, api.apiId()).stream()
        .filter(RouteRecord::apiGatewayManaged)
        .findFirst()
        .orElse(null);
  }
}
