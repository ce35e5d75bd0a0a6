package io.portico.lambda.control;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.lambda.environment.Lineage;
import io.portico.lambda.environment.TraceId;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.RecursionRecord;
import io.portico.lambda.snapshot.FunctionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to happen to functions that invoke themselves by way of another service. AWS: {@code
 * Terminate} unless told otherwise; source: documented, PutFunctionRecursionConfig.
 */
final class Recursion {
  private static final Logger LOG = LoggerFactory.getLogger(Recursion.class);
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

  /**
   * The trace of an invocation that somebody waits for. AWS: the caller hears of a loop, whoever
   * does not wait finds the event in the dead letters; source: documented,
   * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
   */
  static String traceId(LambdaEnvironment environment, OperationCall call, FunctionId id) {
    String trace = TraceId.invocation(call.traceId(), id);
    if (call.traceId() != null && Lineage.of(trace).isLoop(id) && ends(environment, id)) {
      LOG.warn("{} is invoked in a recursive loop, which ends here", id.arn());
      throw LambdaErrors.recursive();
    }
    return trace;
  }

  private static boolean ends(LambdaEnvironment environment, FunctionId id) {
    environment.carrier().computingForLong();
    return environment
        .records()
        .read(records -> records.find(LambdaRecords.RECURSION, id.scope(), id.name()))
        .orElse(TERMINATE)
        .endsLoops();
  }

  private static ObjectNode reply(RecursionRecord config) {
    return Json.object().put("RecursiveLoop", config.recursiveLoop());
  }
}
