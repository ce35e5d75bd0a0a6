package io.portico.lambda.control;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What an account may use and what it uses. AWS: source: recorded, facts LAM-24. */
final class AccountSettings {
  private final LambdaEnvironment environment;

  AccountSettings(LambdaEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("GetAccountSettings", this::getAccountSettings);
  }

  ObjectNode getAccountSettings(OperationCall call) {
    String scope = call.caller().scope();
    return environment
        .records()
        .read(
            records -> {
              ObjectNode settings = Json.object();
              settings
                  .putObject("AccountLimit")
                  .put("TotalCodeSize", AccountLimits.TOTAL_CODE_SIZE)
                  .put("CodeSizeUnzipped", AccountLimits.CODE_SIZE_UNZIPPED)
                  .put("CodeSizeZipped", AccountLimits.CODE_SIZE_ZIPPED)
                  .put("ConcurrentExecutions", AccountLimits.CONCURRENT_EXECUTIONS)
                  .put(
                      "UnreservedConcurrentExecutions",
                      AccountLimits.CONCURRENT_EXECUTIONS - AccountLimits.reserved(records, scope));
              List<FunctionRecord> functions = records.list(LambdaRecords.FUNCTION, scope);
              settings
                  .putObject("AccountUsage")
                  .put("TotalCodeSize", codeSize(records, scope, functions))
                  .put("FunctionCount", functions.size());
              return settings;
            });
  }

  /**
   * AWS: layers count, too; source: documented, AccountUsage. Every version has its code for
   * itself; source: inferred.
   */
  private static long codeSize(RecordReader records, String scope, List<FunctionRecord> functions) {
    long latest = functions.stream().mapToLong(function -> function.latest().code().size()).sum();
    long published =
        records.all(LambdaRecords.VERSION).stream()
            .filter(version -> version.key().parent().startsWith(scope + "/"))
            .mapToLong(version -> version.value().code().size())
            .sum();
    long layers =
        records.all(LambdaRecords.LAYER_VERSION).stream()
            .filter(version -> version.key().parent().startsWith(scope + "/"))
            .mapToLong(version -> version.value().code().size())
            .sum();
    return latest + published + layers;
  }
}
