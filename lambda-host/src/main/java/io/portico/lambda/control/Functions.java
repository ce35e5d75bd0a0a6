package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.model.CodeRecord;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.model.VersionState;
import io.portico.lambda.model.VersionState.Progress;
import io.portico.lambda.snapshot.FunctionId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Functions: their making, their changes, their end. */
final class Functions {
  private final LambdaEnvironment environment;
  private final FunctionSettings settings;
  private final FunctionCode code;
  private final FunctionBelongings belongings;

  Functions(LambdaEnvironment environment) {
    this.environment = environment;
    this.belongings = new FunctionBelongings(new CatalogUpdates(environment));
    this.settings = new FunctionSettings(environment.launcher());
    this.code = new FunctionCode(environment.code());
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateFunction", this::createFunction)
        .add("GetFunction", this::getFunction)
        .add("GetFunctionConfiguration", this::getFunctionConfiguration)
        .add("ListFunctions", this::listFunctions)
        .add("UpdateFunctionCode", this::updateFunctionCode)
        .add("UpdateFunctionConfiguration", this::updateFunctionConfiguration)
        .add("DeleteFunction", this::deleteFunction);
  }

  ObjectNode createFunction(OperationCall call) {
    Input input = call.input();
    FunctionReference reference = FunctionReference.of(call);
    Input given = input.structureOrNull("Code");
    FunctionId id = reference.id();
    if (environment.records().read(records -> exists(records, id))) {
      throw alreadyThere(id);
    }
    CodeRecord kept = code.keep(given == null ? new Input(Json.object()) : given);
    VersionRecord latest = settings.created(input, kept, state(Progress.CREATING));
    Map<String, String> wanted = input.stringMapOrNull("Tags");
    Map<String, String> tags = wanted == null ? Map.of() : wanted;
    Tags.checkNumber(tags);
    return environment
        .records()
        .write(
            records -> {
              if (exists(records, id)) {
                throw alreadyThere(id);
              }
              FunctionRecord function = new FunctionRecord(id.name(), latest, 0, null, tags);
              records.put(LambdaRecords.FUNCTION, id.scope(), id.name(), function);
              environment.preparations().after(records, id, VersionRecord.LATEST);
              // AWS: with Publish, the version but the ARN without it; source: recorded, LAM-08.
              return FunctionReply.configuration(
                  id,
                  input.bool("Publish")
                      ? new Publication(environment).publish(records, id, function, null)
                      : latest,
                  id.arn());
            });
  }

  private static boolean exists(RecordReader records, FunctionId id) {
    return records.find(LambdaRecords.FUNCTION, id.scope(), id.name()).isPresent();
  }

  /** AWS: source: reported by users of AWS's clients. */
  private static RuntimeException alreadyThere(FunctionId id) {
    return LambdaErrors.conflict("Function already exist: " + id.name());
  }

  /** That of a change which begins now. */
  private VersionState state(Progress progress) {
    return new VersionState(environment.now(), LambdaEnvironment.newRevision(), progress, null);
  }

  ObjectNode getFunction(OperationCall call) {
    FunctionReference reference = FunctionReference.of(call);
    return environment
        .records()
        .read(
            records -> {
              FunctionRecord function = FunctionFinder.function(records, reference);
              VersionRecord version = FunctionFinder.version(records, reference, function);
              ObjectNode reply = Json.object();
              reply.set(
                  "Configuration",
                  FunctionReply.configuration(reference.id(), version, reference.arn()));
              String folder = version.code().folder();
              reply
                  .putObject("Code")
                  .put("RepositoryType", "S3")
                  .put(
                      "Location",
                      (folder == null ? environment.code().zip(version.code()) : Path.of(folder))
                          .toUri()
                          .toString());
              if (!function.tags().isEmpty()) {
                ObjectNode tags = reply.putObject("Tags");
                function.tags().forEach(tags::put);
              }
              Integer reserved = function.reservedConcurrency();
              if (reserved != null) {
                reply.putObject("Concurrency").put("ReservedConcurrentExecutions", reserved);
              }
              return reply;
            });
  }

  ObjectNode getFunctionConfiguration(OperationCall call) {
    FunctionReference reference = FunctionReference.of(call);
    return environment
        .records()
        .read(
            records ->
                FunctionReply.configuration(
                    reference.id(),
                    FunctionFinder.version(
                        records, reference, FunctionFinder.function(records, reference)),
                    reference.arn()));
  }

  ObjectNode listFunctions(OperationCall call) {
    String scope = call.caller().scope();
    if (call.input().has("FunctionVersion")) {
      throw LambdaErrors.notBuilt("ListFunctions with FunctionVersion=ALL");
    }
    return environment
        .records()
        .read(
            records ->
                Marked.of(call.input())
                    .answer(
                        "Functions",
                        (after, limit) -> records.list(LambdaRecords.FUNCTION, scope, after, limit),
                        FunctionRecord::name,
                        function -> {
                          FunctionId id =
                              new FunctionId(
                                  call.caller().accountId(),
                                  call.caller().region(),
                                  function.name());
                          return FunctionReply.listed(id, function.latest(), id.arn());
                        }));
  }

  ObjectNode updateFunctionCode(OperationCall call) {
    Input input = call.input();
    FunctionReference reference = FunctionReference.of(call);
    environment.records().read(records -> FunctionFinder.function(records, reference));
    CodeRecord kept = code.keep(input);
    List<String> architectures = input.stringsOrNull("Architectures");
    return update(
        call,
        reference,
        latest ->
            latest.with(
                kept,
                architectures == null ? latest.architectures() : architectures,
                state(Progress.UPDATING)));
  }

  ObjectNode updateFunctionConfiguration(OperationCall call) {
    return update(
        call,
        FunctionReference.of(call),
        latest -> settings.updated(latest, call.input(), state(Progress.UPDATING)));
  }

  private ObjectNode update(
      OperationCall call, FunctionReference reference, UnaryOperator<VersionRecord> change) {
    FunctionId id = reference.id();
    return environment
        .records()
        .write(
            records -> {
              FunctionRecord function = FunctionFinder.function(records, reference);
              FunctionFinder.checkRevision(
                  call.input().stringOrNull("RevisionId"), function.latest());
              FunctionFinder.checkSettled(id, function.latest());
              VersionRecord changed = change.apply(function.latest());
              if (call.input().bool("DryRun")) {
                return FunctionReply.configuration(id, function.latest(), id.arn());
              }
              FunctionRecord updated = function.with(changed);
              records.put(LambdaRecords.FUNCTION, id.scope(), id.name(), updated);
              environment.preparations().after(records, id, VersionRecord.LATEST);
              return FunctionReply.configuration(
                  id,
                  call.input().bool("Publish")
                      ? new Publication(environment).publish(records, id, updated, null)
                      : changed,
                  id.arn());
            });
  }

  // AWS: 204; source: recorded, facts LAM-07.
  ObjectNode deleteFunction(OperationCall call) {
    FunctionReference reference = FunctionReference.of(call);
    String qualifier = reference.qualifier();
    // AWS: source: recorded, facts LAM-12.
    if (VersionRecord.LATEST.equals(qualifier)) {
      throw LambdaErrors.invalidParameter(
          "$LATEST version cannot be deleted without deleting the function.");
    }
    if (qualifier != null && !FunctionFinder.isNumber(qualifier)) {
      // AWS: only versions; source: documented, DeleteFunction; its words are not known.
      throw LambdaErrors.invalidParameter("An alias cannot be deleted by DeleteFunction.");
    }
    return environment
        .records()
        .write(
            records -> {
              FunctionFinder.function(records, reference);
              if (qualifier == null) {
                delete(records, reference.id());
              } else {
                // AWS: a version that is not there can be deleted; source: reported by users of
                // AWS's clients.
                FunctionBelongings.checkUnaliased(records, reference.id(), qualifier);
                deleteVersion(records, reference.id(), qualifier);
              }
              return Json.object().put("StatusCode", 204);
            });
  }

  private void delete(RecordWriter records, FunctionId id) {
    records
        .list(LambdaRecords.VERSION, LambdaRecords.parent(id.scope(), id.name()))
        .forEach(version -> deleteVersion(records, id, version.version()));
    belongings.delete(records, id);
    records.delete(LambdaRecords.FUNCTION, id.scope(), id.name());
    withdraw(records, id, VersionRecord.LATEST);
  }

  private void deleteVersion(RecordWriter records, FunctionId id, String version) {
    records.delete(
        LambdaRecords.VERSION,
        LambdaRecords.parent(id.scope(), id.name()),
        LambdaRecords.versionId(Integer.parseInt(version)));
    belongings.deleteQualified(records, id, version);
    withdraw(records, id, version);
  }

  private void withdraw(RecordWriter records, FunctionId id, String version) {
    records.afterCommit(() -> environment.preparations().withdraw(id, version));
  }
}
