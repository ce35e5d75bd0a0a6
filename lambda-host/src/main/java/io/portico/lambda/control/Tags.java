package io.portico.lambda.control;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Tags of functions. */
final class Tags {
  /** AWS: source: documented, Lambda Developer Guide, "Using tags on Lambda functions". */
  private static final int MOST = 50;

  private static final String FUNCTION = ":function:";

  private final LambdaEnvironment environment;

  Tags(LambdaEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("TagResource", this::tagResource)
        .add("UntagResource", this::untagResource)
        .add("ListTags", this::listTags);
  }

  ObjectNode tagResource(OperationCall call) {
    Map<String, String> added = call.input().stringMapOrNull("Tags");
    return change(call, tags -> tags.putAll(added == null ? Map.of() : added));
  }

  ObjectNode untagResource(OperationCall call) {
    List<String> removed = call.input().stringsOrNull("TagKeys");
    return change(call, tags -> tags.keySet().removeAll(removed == null ? List.of() : removed));
  }

  private ObjectNode change(OperationCall call, Consumer<Map<String, String>> change) {
    FunctionReference reference = function(call);
    return environment
        .records()
        .write(
            records -> {
              store(records, reference, change);
              return Json.object();
            });
  }

  private static void store(
      RecordWriter records, FunctionReference reference, Consumer<Map<String, String>> change) {
    FunctionRecord function = FunctionFinder.function(records, reference);
    Map<String, String> tags = new LinkedHashMap<>(function.tags());
    change.accept(tags);
    checkNumber(tags);
    records.put(
        LambdaRecords.FUNCTION,
        reference.id().scope(),
        reference.id().name(),
        function.tagged(tags));
  }

  /** Refuses more tags than a function can have. */
  static void checkNumber(Map<String, String> tags) {
    if (tags.size() > MOST) {
      // AWS: its words are inferred.
      throw LambdaErrors.invalidParameter("Number of tags exceeds resource tag limit.");
    }
  }

  ObjectNode listTags(OperationCall call) {
    FunctionReference reference = function(call);
    return environment
        .records()
        .read(
            records -> {
              ObjectNode reply = Json.object();
              ObjectNode tags = reply.putObject("Tags");
              FunctionFinder.function(records, reference).tags().forEach(tags::put);
              return reply;
            });
  }

  private static FunctionReference function(OperationCall call) {
    String arn = call.input().string("Resource");
    if (!arn.contains(FUNCTION)) {
      throw ServiceException.notImplemented("Tags of anything but functions");
    }
    FunctionReference reference = FunctionReference.of(arn, null, call.caller()).ownedBy(call);
    if (reference.qualifier() != null) {
      // AWS: neither versions nor aliases have tags; source: documented, ListTags; its words are
      // inferred.
      throw LambdaErrors.invalidParameter(
          "Tags on function aliases and versions are not supported. Please specify either a"
              + " function name or an unqualified function ARN.");
    }
    return reference;
  }
}
