package io.portico.gateway.control.v2;

import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.v2.rules.Lengths;
import io.portico.gateway.control.v2.rules.RouteRules;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.store.RecordWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Routes: which requests or messages go where. */
public final class Routes {
  private final V2Environment environment;

  Routes(V2Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateRoute", this::createRoute)
        .add("GetRoute", this::getRoute)
        .add("GetRoutes", this::getRoutes)
        .add("UpdateRoute", this::updateRoute)
        .add("DeleteRoute", this::deleteRoute)
        .add("DeleteRouteRequestParameter", this::deleteRouteRequestParameter);
  }

  public ObjectNode createRoute(OperationCall call) {
    Lengths.ofRoute(call.input().json());
    return environment
        .records()
        .write(
            records -> {
              ApiRecord api = new Finder(records, call).api();
              RouteRecord bare = bare(Ids.route(environment, records, api));
              RouteRecord route = put(records, api, changed(bare, new Update(call.input())), null);
              environment
                  .quotas()
                  .check(
                      Quota.ROUTES,
                      "API " + api.apiId(),
                      () -> records.count(V2RecordTypes.ROUTE, api.apiId()));
              Deploying.changed(environment, records, api);
              return Reply.route(route);
            });
  }

  /** A new route before anything is said of it. */
  private static RouteRecord bare(String id) {
    return new RouteRecord(
        id,
        "",
        null,
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
        false);
  }

  private static RouteRecord changed(RouteRecord before, Update update) {
    return new RouteRecord(
        before.routeId(),
        update.name("routeKey", before.routeKey()),
        update.text("target", before.target()),
        update.name("authorizationType", before.authorizationType()),
        update.text("authorizerId", before.authorizerId()),
        update.texts("authorizationScopes", before.authorizationScopes()),
        update.flag("apiKeyRequired", before.apiKeyRequired()),
        update.text("modelSelectionExpression", before.modelSelectionExpression()),
        update.text("operationName", before.operationName()),
        update.textMap("requestModels", before.requestModels()),
        parameters(update, "requestParameters", before.requestParameters()),
        update.text("routeResponseSelectionExpression", before.routeResponseSelectionExpression()),
        before.routeResponses(),
        before.apiGatewayManaged());
  }

  /** Parameters by name, each with whether it is required. */
  static @Nullable Map<String, Boolean> parameters(
      Update update, String member, @Nullable Map<String, Boolean> before) {
    return update.map(member, before, constraints -> constraints.path("required").asBoolean(false));
  }

  private RouteRecord put(
      RecordWriter records, ApiRecord api, RouteRecord route, @Nullable RouteRecord before) {
    RouteRecord accepted =
        RouteRules.accepted(route, api, new StoredReferences(records, api.apiId()), before);
    RouteRules.checkKey(api, accepted, records.list(V2RecordTypes.ROUTE, api.apiId()));
    List<String> scopes = accepted.authorizationScopes();
    if (scopes != null) {
      Optional<String> _ =
          environment
              .quotas()
              .check(
                  Quota.AUTHORIZATION_SCOPES,
                  "route %s of API %s".formatted(accepted.routeKey(), api.apiId()),
                  scopes.size());
    }
    store(records, api, accepted);
    return accepted;
  }

  static void store(RecordWriter records, ApiRecord api, RouteRecord route) {
    records.put(V2RecordTypes.ROUTE, api.apiId(), route.routeId(), route);
  }

  public ObjectNode getRoute(OperationCall call) {
    return environment.records().read(records -> Reply.route(new Finder(records, call).route()));
  }

  public ObjectNode getRoutes(OperationCall call) {
    return Lists.ofApi(environment, call, V2RecordTypes.ROUTE, RouteRecord::routeId, Reply::route);
  }

  public ObjectNode updateRoute(OperationCall call) {
    Lengths.ofRoute(call.input().json());
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              RouteRecord before = finder.route();
              RouteRecord changed = changed(before, new Update(call.input()));
              if (before.apiGatewayManaged() && !changed.routeKey().equals(before.routeKey())) {
                // AWS: source: documented, Route.apiGatewayManaged; the text is assumed.
                throw ServiceException.badRequest(
                    "The key of a route that is managed by API Gateway cannot be changed");
              }
              ApiRecord api = finder.api();
              RouteRecord route = put(records, api, changed, before);
              Deploying.changed(environment, records, api);
              return Reply.route(route);
            });
  }

  public ObjectNode deleteRoute(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ApiRecord api = finder.api();
              records.delete(V2RecordTypes.ROUTE, api.apiId(), finder.route().routeId());
              Deploying.changed(environment, records, api);
              return Reply.empty();
            });
  }

  // AWS: the text is v1's.
  public ObjectNode deleteRouteRequestParameter(OperationCall call) {
    String name = call.input().string("RequestParameterKey");
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              ApiRecord api = finder.api();
              RouteRecord route = finder.route();
              Map<String, Boolean> present = route.requestParameters();
              if (present == null || !present.containsKey(name)) {
                throw ServiceException.notFound("Invalid parameter name specified");
              }
              Map<String, Boolean> left = new LinkedHashMap<>(present);
              left.remove(name);
              store(records, api, route.withRequestParameters(left.isEmpty() ? null : left));
              Deploying.changed(environment, records, api);
              return Reply.empty();
            });
  }
}
