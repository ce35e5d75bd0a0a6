package io.portico.lambda.control;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Code signing: functions here have none, and are refused with one when they are created. Nor can
 * configurations of it be made.
 */
final class CodeSigning {
  private final LambdaEnvironment environment;

  CodeSigning(LambdaEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("GetFunctionCodeSigningConfig", this::getFunctionCodeSigningConfig)
        .add("ListCodeSigningConfigs", this::listCodeSigningConfigs)
        .add(
            "GetCodeSigningConfig",
            call -> {
              throw missing(call);
            })
        .add(
            "ListFunctionsByCodeSigningConfig",
            call -> {
              throw missing(call);
            });
  }

  /**
   * AWS: a function without code signing is no error, and its answer has no ARN; source: inferred
   * from Terraform's provider, which asks for every function and takes no ARN for none.
   */
  ObjectNode getFunctionCodeSigningConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    return environment
        .records()
        .read(
            records ->
                Json.object()
                    .put("FunctionName", FunctionFinder.function(records, reference).name()));
  }

  ObjectNode listCodeSigningConfigs(OperationCall call) {
    ObjectNode none = Json.object();
    none.putArray("CodeSigningConfigs");
    return none;
  }

  /** AWS: its words are inferred. */
  private static ServiceException missing(OperationCall call) {
    return LambdaErrors.notFound(
        "The Lambda code signing configuration %s can not be found."
            .formatted(call.input().string("CodeSigningConfigArn")));
  }
}
