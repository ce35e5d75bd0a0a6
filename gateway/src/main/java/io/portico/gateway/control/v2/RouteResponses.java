package io.portico.gateway.control.v2;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.v2.rules.RouteRules;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.RouteResponseRecord;
import io.portico.gateway.store.RecordWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Route responses: what routes of WebSocket APIs answer their clients. */
public final class RouteResponses {
  private final V2Environment environment;

  RouteResponses(V2Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateRouteResponse", this::createRouteResponse)
        .add("GetRouteResponse", this::getRouteResponse)
        .add("GetRouteResponses", this::getRouteResponses)
        .add("UpdateRouteResponse", this::updateRouteResponse)
        .add("DeleteRouteResponse", this::deleteRouteResponse);
  }

  public ObjectNode createRouteResponse(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              RouteRecord route = finder.route();
              List<String> taken =
                  route.routeResponses().stream()
                      .map(RouteResponseRecord::routeResponseId)
                      .toList();
              RouteResponseRecord bare =
                  new RouteResponseRecord(Ids.response(environment, taken), "", null, null, null);
              RouteResponseRecord response = changed(bare, call);
              List<RouteResponseRecord> responses = new ArrayList<>(route.routeResponses());
              responses.add(response);
              return put(records, finder.api(), route, responses, response);
            });
  }

  private static RouteResponseRecord changed(RouteResponseRecord before, OperationCall call) {
    Update update = new Update(call.input());
    return new RouteResponseRecord(
        before.routeResponseId(),
        update.name("routeResponseKey", before.routeResponseKey()),
        update.text("modelSelectionExpression", before.modelSelectionExpression()),
        update.textMap("responseModels", before.responseModels()),
        Routes.parameters(update, "responseParameters", before.responseParameters()));
  }

  // AWS: the text for a second one is assumed.
  private ObjectNode put(
      RecordWriter records,
      ApiRecord api,
      RouteRecord route,
      List<RouteResponseRecord> responses,
      RouteResponseRecord changed) {
    RouteRules.check(api, changed, new StoredReferences(records, api.apiId()));
    long same =
        responses.stream()
            .filter(each -> each.routeResponseKey().equals(changed.routeResponseKey()))
            .count();
    if (same > 1) {
      throw ServiceException.conflict(
          "RouteResponse with key %s already exists for this Route"
              .formatted(changed.routeResponseKey()));
    }
    store(records, api, route, responses);
    return Reply.routeResponse(changed);
  }

  private void store(
      RecordWriter records, ApiRecord api, RouteRecord route, List<RouteResponseRecord> responses) {
    Routes.store(records, api, route.withResponses(List.copyOf(responses)));
    Deploying.changed(environment, records, api);
  }

  private static RouteResponseRecord find(RouteRecord route, OperationCall call) {
    String id = call.input().string("RouteResponseId");
    return route.routeResponses().stream()
        .filter(response -> response.routeResponseId().equals(id))
        .findFirst()
        .orElseThrow(() -> ServiceException.notFound("Invalid RouteResponse identifier specified"));
  }

  public ObjectNode getRouteResponse(OperationCall call) {
    return environment
        .records()
        .read(records -> Reply.routeResponse(find(new Finder(records, call).route(), call)));
  }

  public ObjectNode getRouteResponses(OperationCall call) {
    return Lists.within(
        environment,
        call,
        (records, asked) -> new Finder(records, asked).route().routeResponses(),
        RouteResponseRecord::routeResponseId,
        Reply::routeResponse);
  }

  public ObjectNode updateRouteResponse(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              RouteRecord route = finder.route();
              RouteResponseRecord before = find(route, call);
              RouteResponseRecord response = changed(before, call);
              List<RouteResponseRecord> responses =
                  route.routeResponses().stream()
                      .map(each -> each.equals(before) ? response : each)
                      .toList();
              return put(records, finder.api(), route, responses, response);
            });
  }

  public ObjectNode deleteRouteResponse(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              Finder finder = new Finder(records, call);
              RouteRecord route = finder.route();
              List<RouteResponseRecord> left = new ArrayList<>(route.routeResponses());
              left.remove(find(route, call));
              store(records, finder.api(), route, left);
              return Reply.empty();
            });
  }
}
