package io.portico.lambda.control;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.lambda.model.VersionRecord;
import tools.jackson.databind.node.ObjectNode;

/**
 * Environments that are started before they are needed. Calls that ask for them are not built, so
 * that those that look for them find none.
 */
final class ProvisionedConcurrency {
  private final LambdaEnvironment environment;

  ProvisionedConcurrency(LambdaEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("GetProvisionedConcurrencyConfig", this::getProvisionedConcurrencyConfig)
        .add("ListProvisionedConcurrencyConfigs", this::listProvisionedConcurrencyConfigs);
  }

  /** AWS: the words of both refusals are inferred. */
  ObjectNode getProvisionedConcurrencyConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    if (VersionRecord.LATEST.equals(reference.qualifier())) {
      throw LambdaErrors.invalidParameter(
          "The function resource provided must be an alias or a published version.");
    }
    environment.records().read(records -> Qualified.find(records, reference));
    throw new ServiceException(
        "ProvisionedConcurrencyConfigNotFoundException",
        404,
        "No Provisioned Concurrency Config found for this function");
  }

  ObjectNode listProvisionedConcurrencyConfigs(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    environment.records().read(records -> FunctionFinder.function(records, reference));
    ObjectNode reply = Json.object();
    reply.putArray("ProvisionedConcurrencyConfigs");
    return reply;
  }
}
