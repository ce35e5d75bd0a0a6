package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** ListFunctions: the functions of an account and Region, or all of their versions. */
final class FunctionLists {
  private final LambdaEnvironment environment;

  FunctionLists(LambdaEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("ListFunctions", this::listFunctions);
  }

  ObjectNode listFunctions(OperationCall call) {
    Input input = call.input();
    String master = input.stringOrNull("MasterRegion");
    if (master != null && !master.equals("ALL")) {
      // AWS: leaves replicas of Lambda@Edge functions of that Region; source: documented. No
      // function here is one.
      ObjectNode none = Json.object();
      none.putArray("Functions");
      return none;
    }
    return environment
        .records()
        .read(
            records ->
                input.has("FunctionVersion")
                    ? versions(records, call.caller(), Marked.of(input))
                    : functions(records, call.caller(), Marked.of(input)));
  }

  private static ObjectNode functions(RecordReader records, Caller caller, Marked page) {
    return page.answer(
        "Functions",
        (after, limit) -> records.list(LambdaRecords.FUNCTION, caller.scope(), after, limit),
        FunctionRecord::name,
        function -> {
          FunctionId id = id(caller, function.name());
          return FunctionReply.listed(id, function.latest(), id.arn());
        });
  }

  /** A version and whose it is. */
  private record Listed(String function, VersionRecord version) {

    /** No name of a function has a slash, and what stands for {@code $LATEST} is before 1. */
    String key() {
      return function
          + "/"
          + (version.version().equals(VersionRecord.LATEST)
              ? LambdaRecords.versionId(0)
              : LambdaRecords.versionId(Integer.parseInt(version.version())));
    }
  }

  /** AWS: each with its own ARN; source: inferred from ListVersionsByFunction, facts LAM-09. */
  private static ObjectNode versions(RecordReader records, Caller caller, Marked page) {
    return page.answer(
        "Functions",
        (after, limit) -> versions(records, caller.scope(), after, limit),
        Listed::key,
        listed -> {
          FunctionId id = id(caller, listed.function);
          return FunctionReply.listed(id, listed.version, id.arn(listed.version.version()));
        });
  }

  private static List<Listed> versions(
      RecordReader records, String scope, String after, int limit) {
    List<Listed> found = new ArrayList<>();
    int slash = after.indexOf('/');
    String name = slash < 0 ? "" : after.substring(0, slash);
    if (slash >= 0) {
      add(found, records, scope, name, after.substring(slash + 1), limit);
    }
    while (found.size() < limit) {
      List<FunctionRecord> next = records.list(LambdaRecords.FUNCTION, scope, name, 1);
      if (next.isEmpty()) {
        break;
      }
      name = next.getFirst().name();
      found.add(new Listed(name, next.getFirst().latest()));
      add(found, records, scope, name, "", limit);
    }
    return found;
  }

  /** Adds what was published of a function after a version, as far as there is room. */
  private static void add(
      List<Listed> found,
      RecordReader records,
      String scope,
      String name,
      String after,
      int limit) {
    if (found.size() < limit) {
      records
          .list(
              LambdaRecords.VERSION, LambdaRecords.parent(scope, name), after, limit - found.size())
          .forEach(version -> found.add(new Listed(name, version)));
    }
  }

  private static FunctionId id(Caller caller, String name) {
    return new FunctionId(caller.accountId(), caller.region(), name);
  }
}
