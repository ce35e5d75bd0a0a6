package io.portico.gateway.control.protocol;

import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Every operation of an API, built to remember its calls and to answer what it is told. */
final class RecordedCalls {
  final List<OperationCall> calls = new ArrayList<>();
  private ObjectNode output = Json.object();

  RecordedCalls answering(ObjectNode answer) {
    output = answer;
    return this;
  }

  Operations of(ServiceModel model) {
    Operations.Builder operations = Operations.builder();
    for (String name : model.operationNames()) {
      operations.add(
          name,
          call -> {
            calls.add(call);
            return output;
          });
    }
    return operations.build();
  }

  OperationCall only() {
    if (calls.size() != 1) {
      throw new AssertionError(calls.size() + " calls instead of one");
    }
    return calls.getFirst();
  }
}
