package io.portico.lambda.control;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.RecursionRecord;
import io.portico.lambda.snapshot.FunctionId;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to happen to functions that invoke themselves by way of another service. AWS: {@code
 * Terminate} unless told otherwise; source: documented, PutFunctionRecursionConfig.
 */
final class Recursion {
  private static final RecursionRecord TERMINATE = new RecursionRecord("Terminate");

  private final LambdaEnvironment environment;

  Recursion(LambdaEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("PutFunctionRecursionConfig", this::putFunctionRecursionConfig)
        .add("GetFunctionRecursionConfig", this::getFunctionRecursionConfig);
  }

  ObjectNode putFunctionRecursionConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    FunctionId id = reference.id();
    RecursionRecord config = new RecursionRecord(call.input().string("RecursiveLoop"));
    return environment
        .records()
        .write(
            records -> {
              FunctionFinder.function(records, reference);
              records.put(LambdaRecords.RECURSION, id.scope(), id.name(), config);
              return reply(config);
            });
  }

  ObjectNode getFunctionRecursionConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    FunctionId id = reference.id();
    return environment
        .records()
        .read(
            records -> {
              FunctionFinder.function(records, reference);
              return reply(
                  records.find(LambdaRecords.RECURSION, id.scope(), id.name()).orElse(TERMINATE));
            });
  }

  private static ObjectNode reply(RecursionRecord config) {
    return Json.object().put("RecursiveLoop", config.recursiveLoop());
  }
}
