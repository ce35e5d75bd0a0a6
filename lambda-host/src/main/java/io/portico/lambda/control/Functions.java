package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.sts.ServiceRoles;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.code.Kept;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.LayerUse;
import io.portico.lambda.model.VersionConfiguration;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.model.VersionState;
import io.portico.lambda.model.VersionState.Progress;
import io.portico.lambda.snapshot.FunctionId;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Functions: their making, their changes, their end. */
final class Functions {
  private final LambdaEnvironment environment;
  private static final String LAMBDA = "lambda.amazonaws.com";

  private final FunctionSettings settings;
  private final FunctionCode code;
  private final FunctionBelongings belongings;

  Functions(LambdaEnvironment environment) {
    this.environment = environment;
    this.belongings = new FunctionBelongings(new CatalogUpdates(environment));
    this.settings =
        new FunctionSettings(environment.launcher(), role -> canAssume(environment, role));
    this.code = new FunctionCode(environment);
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateFunction", this::createFunction)
        .add("GetFunction", this::getFunction)
        .add("GetFunctionConfiguration", this::getFunctionConfiguration)
        .add("UpdateFunctionCode", this::updateFunctionCode)
        .add("UpdateFunctionConfiguration", this::updateFunctionConfiguration)
        .add("DeleteFunction", this::deleteFunction);
  }

  /** A role that no session could be begun in is refused in any case. */
  private static boolean canAssume(LambdaEnvironment environment, String role) {
    return environment.requiresRoles()
        ? environment.records().read(records -> ServiceRoles.canAssume(records, role, LAMBDA))
        : ServiceRoles.isRole(role);
  }

  ObjectNode createFunction(OperationCall call) {
    Input input = call.input();
    FunctionReference reference = unqualified(call);
    Input given = input.structureOrNull("Code");
    FunctionId id = reference.id();
    Map<String, String> wanted = input.stringMapOrNull("Tags");
    Map<String, String> tags = wanted == null ? Map.of() : wanted;
    Tags.checkNumber(tags);
    settings.check(input);
    VersionConfiguration configuration =
        settings.created(input, environment.records().read(records -> layers(records, id, input)));
    try (Kept kept = code.keep(given == null ? new Input(Json.object()) : given, id.region())) {
      VersionRecord latest =
          FunctionSettings.latest(input, configuration, kept.code(), state(Progress.CREATING));
      FunctionLayers.checkSize(latest);
      FunctionRecord function = new FunctionRecord(id.name(), latest, 0, null, tags);
      return environment.records().write(records -> create(records, id, function, input));
    }
  }

  private ObjectNode create(
      RecordWriter records, FunctionId id, FunctionRecord function, Input input) {
    // Once more: another call may have made it meanwhile, or deleted one of its layers.
    layers(records, id, input);
    records.put(LambdaRecords.FUNCTION, id.scope(), id.name(), function);
    environment.preparations().after(records, id, VersionRecord.LATEST);
    // AWS: with Publish, the version but the ARN without it; source: recorded, LAM-08.
    return FunctionReply.configuration(
        id,
        input.bool("Publish")
            ? new Publication(environment).publish(records, id, function, null)
            : function.latest(),
        id.arn());
  }

  /** AWS: versions and aliases are made of a function that is there; its words are inferred. */
  private static FunctionReference unqualified(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    if (reference.qualifier() != null) {
      throw LambdaErrors.invalidParameter(
          "A function is created without a version or an alias: " + reference.arn());
    }
    return reference;
  }

  /** Those of a function that is not there yet. */
  private static List<LayerUse> layers(RecordReader records, FunctionId id, Input input) {
    if (exists(records, id)) {
      throw alreadyThere(id);
    }
    List<String> arns = input.stringsOrNull("Layers");
    return arns == null ? List.of() : FunctionLayers.find(records, id, arns);
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
    FunctionReference reference = FunctionReference.own(call);
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
              ObjectNode location =
                  reply
                      .putObject("Code")
                      .put("RepositoryType", "S3")
                      .put("Location", environment.links().of(version.code(), call.endpoint()));
              String key = version.code().sourceKmsKeyArn();
              if (key != null) {
                location.put("SourceKMSKeyArn", key);
              }
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
    FunctionReference reference = FunctionReference.own(call);
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

  ObjectNode updateFunctionCode(OperationCall call) {
    Input input = call.input();
    FunctionReference reference = FunctionReference.own(call);
    NotBuilt.refuse(input, List.of("PublishTo"));
    environment.records().read(records -> FunctionFinder.function(records, reference));
    List<String> architectures = input.stringsOrNull("Architectures");
    try (Kept kept = code.keep(input, reference.id().region())) {
      return update(
          call,
          reference,
          (records, latest) ->
              latest.with(
                  kept.code(),
                  architectures == null ? latest.architectures() : architectures,
                  state(Progress.UPDATING)));
    }
  }

  ObjectNode updateFunctionConfiguration(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    List<String> layers = call.input().stringsOrNull("Layers");
    // Not while a transaction is open: it may start interpreters.
    settings.check(call.input());
    return update(
        call,
        reference,
        (records, latest) ->
            settings.updated(
                latest,
                call.input(),
                layers == null
                    ? latest.configuration().layers()
                    : FunctionLayers.find(records, reference.id(), layers),
                state(Progress.UPDATING)));
  }

  /** What becomes of {@code $LATEST}. */
  private interface Change {
    VersionRecord of(RecordReader records, VersionRecord latest);
  }

  private ObjectNode update(OperationCall call, FunctionReference reference, Change change) {
    FunctionId id = reference.id();
    return environment
        .records()
        .write(
            records -> {
              FunctionRecord function = FunctionFinder.function(records, reference);
              FunctionFinder.checkRevision(
                  call.input().stringOrNull("RevisionId"), function.latest());
              FunctionFinder.checkSettled(id, function.latest());
              VersionRecord changed = change.of(records, function.latest());
              FunctionLayers.checkSize(changed);
              if (call.input().bool("DryRun")) {
                return FunctionReply.configuration(id, function.latest(), id.arn());
              }
              FunctionRecord updated = function.with(changed);
              records.put(LambdaRecords.FUNCTION, id.scope(), id.name(), updated);
              environment.preparations().after(records, id, VersionRecord.LATEST);
              records.afterCommit(environment.preparations()::deleteUnusedSoon);
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
    FunctionReference reference = FunctionReference.own(call);
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
