package io.portico.lambda.control;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Event source mappings: there are none, as they cannot be made yet. */
final class EventSources {

  void register(Operations.Builder operations) {
    operations
        .add("ListEventSourceMappings", this::listEventSourceMappings)
        .add(
            "GetEventSourceMapping",
            call -> {
              throw LambdaErrors.noSuchResource();
            });
  }

  ObjectNode listEventSourceMappings(OperationCall call) {
    ObjectNode none = Json.object();
    none.putArray("EventSourceMappings");
    return none;
  }
}
