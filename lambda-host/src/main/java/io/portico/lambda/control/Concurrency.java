package io.portico.lambda.control;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.snapshot.FunctionId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How many invocations of a function may run at once, those of all its versions together. */
final class Concurrency {
  private static final String RESERVED = "ReservedConcurrentExecutions";

  private final LambdaEnvironment environment;
  private final CatalogUpdates catalog;

  Concurrency(LambdaEnvironment environment) {
    this.environment = environment;
    this.catalog = new CatalogUpdates(environment);
  }

  void register(Operations.Builder operations) {
    operations
        .add("PutFunctionConcurrency", this::putFunctionConcurrency)
        .add("GetFunctionConcurrency", this::getFunctionConcurrency)
        .add("DeleteFunctionConcurrency", this::deleteFunctionConcurrency);
  }

  ObjectNode putFunctionConcurrency(OperationCall call) {
    FunctionReference reference = unqualified(call);
    Integer wanted = call.input().integerOrNull(RESERVED);
    if (wanted == null) {
      throw new IllegalStateException("the input has no " + RESERVED);
    }
    int most = wanted;
    String scope = reference.id().scope();
    return environment
        .records()
        .write(
            records -> {
              FunctionRecord function = FunctionFinder.function(records, reference);
              Integer own = function.reservedConcurrency();
              long others = AccountLimits.reserved(records, scope) - (own == null ? 0 : own);
              if (others + most
                  > AccountLimits.CONCURRENT_EXECUTIONS - AccountLimits.LEAST_UNRESERVED) {
                // AWS: source: reported by users of AWS's clients.
                throw LambdaErrors.invalidParameter(
                    ("Specified ReservedConcurrentExecutions for function decreases account's"
                            + " UnreservedConcurrentExecution below its minimum value of [%d].")
                        .formatted(AccountLimits.LEAST_UNRESERVED));
              }
              put(records, reference.id(), function, most);
              return Json.object().put(RESERVED, most);
            });
  }

  /** AWS: an empty object where there is no limit; source: inferred. */
  ObjectNode getFunctionConcurrency(OperationCall call) {
    FunctionReference reference = new FunctionReference(FunctionReference.own(call).id(), null);
    return environment
        .records()
        .read(
            records -> {
              ObjectNode reply = Json.object();
              Integer most = FunctionFinder.function(records, reference).reservedConcurrency();
              return most == null ? reply : reply.put(RESERVED, most);
            });
  }

  ObjectNode deleteFunctionConcurrency(OperationCall call) {
    FunctionReference reference = unqualified(call);
    return environment
        .records()
        .write(
            records -> {
              put(records, reference.id(), FunctionFinder.function(records, reference), null);
              return Json.object();
            });
  }

  private void put(
      RecordWriter records, FunctionId id, FunctionRecord function, @Nullable Integer most) {
    records.put(LambdaRecords.FUNCTION, id.scope(), id.name(), function.reserving(most));
    catalog.reservation(records, id, most);
  }

  /** AWS: a limit is the function's, not a version's; source: documented; the words: inferred. */
  private static FunctionReference unqualified(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    if (reference.qualifier() != null) {
      throw LambdaErrors.invalidParameter(
          "This operation is permitted on Lambda functions only. Aliases and versions do not"
              + " support this operation. Please specify either a function name or an unqualified"
              + " function ARN.");
    }
    return reference;
  }
}
