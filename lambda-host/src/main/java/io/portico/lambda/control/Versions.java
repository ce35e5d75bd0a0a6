package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.store.RecordReader;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Numbered versions of functions. */
final class Versions {
  private final LambdaEnvironment environment;
  private final Publication publication;

  Versions(LambdaEnvironment environment) {
    this.environment = environment;
    this.publication = new Publication(environment);
  }

  void register(Operations.Builder operations) {
    operations
        .add("PublishVersion", this::publishVersion)
        .add("ListVersionsByFunction", this::listVersionsByFunction);
  }

  ObjectNode publishVersion(OperationCall call) {
    Input input = call.input();
    NotBuilt.refuse(input, List.of("PublishTo"));
    FunctionReference reference = FunctionReference.own(call);
    FunctionId id = reference.id();
    return environment
        .records()
        .write(
            records -> {
              FunctionRecord function = FunctionFinder.function(records, reference);
              VersionRecord latest = function.latest();
              FunctionFinder.checkRevision(input.stringOrNull("RevisionId"), latest);
              checkDigest(input, latest);
              FunctionFinder.checkSettled(id, latest);
              VersionRecord version =
                  publication.publish(records, id, function, input.stringOrNull("Description"));
              return FunctionReply.configuration(id, version, id.arn(version.version()));
            });
  }

  // AWS: source: recorded, facts LAM-10.
  private static void checkDigest(Input input, VersionRecord latest) {
    String given = input.stringOrNull("CodeSha256");
    String real = latest.code().sha256();
    if (given != null && !given.isEmpty() && !given.equals(real)) {
      throw LambdaErrors.invalidParameter(
          "CodeSHA256 (%s) is different from current CodeSHA256 in $LATEST (%s). Please try again with the CodeSHA256 in $LATEST."
              .formatted(given, real));
    }
  }

  /** AWS: {@code $LATEST} comes first; source: recorded, facts LAM-09. */
  ObjectNode listVersionsByFunction(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    FunctionId id = reference.id();
    return environment
        .records()
        .read(
            records -> {
              FunctionRecord function = FunctionFinder.function(records, reference);
              return Marked.of(call.input())
                  .answer(
                      "Versions",
                      (after, limit) -> after(records, id, function, after, limit),
                      Versions::key,
                      version -> FunctionReply.listed(id, version, id.arn(version.version())));
            });
  }

  private static List<VersionRecord> after(
      RecordReader records, FunctionId id, FunctionRecord function, String after, int limit) {
    List<VersionRecord> versions = new ArrayList<>();
    if (after.isEmpty()) {
      versions.add(function.latest());
    }
    versions.addAll(
        records.list(
            LambdaRecords.VERSION, LambdaRecords.parent(id.scope(), id.name()), after, limit));
    return versions;
  }

  /** {@code $LATEST} is before every number. */
  private static String key(VersionRecord version) {
    return version.version().equals(VersionRecord.LATEST)
        ? LambdaRecords.versionId(0)
        : LambdaRecords.versionId(Integer.parseInt(version.version()));
  }
}
