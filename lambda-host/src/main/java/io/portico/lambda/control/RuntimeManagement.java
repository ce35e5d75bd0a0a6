package io.portico.lambda.control;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.RuntimeManagementRecord;
import io.portico.lambda.snapshot.FunctionId;
import tools.jackson.databind.node.ObjectNode;

/**
 * When the runtimes of versions are to be updated. AWS: each version for itself, {@code Auto}
 * unless told otherwise; source: documented, PutRuntimeManagementConfig.
 */
final class RuntimeManagement {
  private static final String MANUAL = "Manual";
  private static final RuntimeManagementRecord AUTO = new RuntimeManagementRecord("Auto", null);

  private final LambdaEnvironment environment;

  RuntimeManagement(LambdaEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("PutRuntimeManagementConfig", this::putRuntimeManagementConfig)
        .add("GetRuntimeManagementConfig", this::getRuntimeManagementConfig);
  }

  ObjectNode putRuntimeManagementConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    String mode = call.input().string("UpdateRuntimeOn");
    String arn = call.input().stringOrNull("RuntimeVersionArn");
    // AWS: a runtime is named for the manual mode; source: documented; its words are inferred.
    if (mode.equals(MANUAL) != (arn != null)) {
      throw LambdaErrors.invalidParameter(
          arn == null
              ? "RuntimeVersionArn is required when UpdateRuntimeOn is Manual."
              : "RuntimeVersionArn is allowed only when UpdateRuntimeOn is Manual.");
    }
    RuntimeManagementRecord config = new RuntimeManagementRecord(mode, arn);
    return environment
        .records()
        .write(
            records -> {
              records.put(
                  LambdaRecords.RUNTIME_MANAGEMENT,
                  parent(reference.id()),
                  version(records, reference),
                  config);
              return reply(reference, config);
            });
  }

  ObjectNode getRuntimeManagementConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    return environment
        .records()
        .read(
            records ->
                reply(
                    reference,
                    records
                        .find(
                            LambdaRecords.RUNTIME_MANAGEMENT,
                            parent(reference.id()),
                            version(records, reference))
                        .orElse(AUTO)));
  }

  private static String version(RecordReader records, FunctionReference reference) {
    return FunctionFinder.version(records, reference, FunctionFinder.function(records, reference))
        .version();
  }

  private static String parent(FunctionId id) {
    return LambdaRecords.parent(id.scope(), id.name());
  }

  /** AWS: the ARN has a qualifier where one was asked for; source: inferred from GetFunction's. */
  private static ObjectNode reply(FunctionReference reference, RuntimeManagementRecord config) {
    ObjectNode reply =
        Json.object()
            .put("UpdateRuntimeOn", config.updateRuntimeOn())
            .put("FunctionArn", reference.arn());
    String arn = config.runtimeVersionArn();
    return arn == null ? reply : reply.put("RuntimeVersionArn", arn);
  }
}
