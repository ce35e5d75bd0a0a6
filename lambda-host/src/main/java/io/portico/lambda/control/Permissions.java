package io.portico.lambda.control;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.PolicyRecord;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resource-based policies: one for a function, one for each of its versions and aliases. AWS:
 * source: recorded, facts LAM-19 to LAM-21.
 */
final class Permissions {
  /** AWS: source: documented, Lambda quotas: "Function resource-based policy". */
  private static final int MOST_CHARACTERS = 20_480;

  private final LambdaEnvironment environment;
  private final CatalogUpdates catalog;

  Permissions(LambdaEnvironment environment) {
    this.environment = environment;
    this.catalog = new CatalogUpdates(environment);
  }

  void register(Operations.Builder operations) {
    operations
        .add("AddPermission", this::addPermission)
        .add("RemovePermission", this::removePermission)
        .add("GetPolicy", this::getPolicy);
  }

  ObjectNode addPermission(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    if (VersionRecord.LATEST.equals(reference.qualifier())) {
      throw LambdaErrors.invalidParameter(
          "We currently do not support adding policies for $LATEST.");
    }
    String sid = call.input().string("StatementId");
    ObjectNode statement = PolicyStatement.of(call.input(), reference.arn());
    return environment
        .records()
        .write(
            records -> {
              Qualified target = Qualified.find(records, reference);
              checkRevision(call.input().stringOrNull("RevisionId"), target);
              PolicyRecord policy =
                  records
                      .find(LambdaRecords.POLICY, parent(reference), Qualified.key(reference))
                      .orElse(PolicyRecord.EMPTY);
              if (policy.has(sid)) {
                throw LambdaErrors.statementExists(sid);
              }
              put(records, reference, target, policy.with(statement));
              return Json.object().put("Statement", Json.text(statement));
            });
  }

  ObjectNode removePermission(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    String sid = call.input().string("StatementId");
    return environment
        .records()
        .write(
            records -> {
              PolicyRecord policy = policy(records, reference);
              Qualified target = Qualified.find(records, reference);
              checkRevision(call.input().stringOrNull("RevisionId"), target);
              if (!policy.has(sid)) {
                throw LambdaErrors.noStatement(sid);
              }
              put(records, reference, target, policy.without(sid));
              return Json.object();
            });
  }

  ObjectNode getPolicy(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    return environment
        .records()
        .read(
            records -> {
              PolicyRecord policy = policy(records, reference);
              return Json.object()
                  .put("Policy", document(policy))
                  .put("RevisionId", Qualified.find(records, reference).revisionId());
            });
  }

  private static PolicyRecord policy(RecordReader records, FunctionReference reference) {
    FunctionId id = reference.id();
    if (records.find(LambdaRecords.FUNCTION, id.scope(), id.name()).isEmpty()) {
      throw LambdaErrors.notFound("No policy found for: " + reference.arn());
    }
    return records
        .find(LambdaRecords.POLICY, parent(reference), Qualified.key(reference))
        .orElseThrow(LambdaErrors::noPolicy);
  }

  private static String parent(FunctionReference reference) {
    return LambdaRecords.parent(reference.id().scope(), reference.id().name());
  }

  /** A policy as it is shown. */
  static String document(PolicyRecord policy) {
    ObjectNode document = Json.object().put("Version", "2012-10-17").put("Id", "default");
    ArrayNode statements = document.putArray("Statement");
    policy.statements().forEach(statements::add);
    return Json.text(document);
  }

  /** Refuses a policy that is longer than one may be. */
  static void checkLength(PolicyRecord policy) {
    int length = document(policy).length();
    if (length > MOST_CHARACTERS) {
      // AWS: source: reported by users of AWS's clients.
      throw new ServiceException(
          "PolicyLengthExceededException",
          400,
          "The final policy size (%d) is bigger than the limit (%d)."
              .formatted(length, MOST_CHARACTERS));
    }
  }

  private void put(
      RecordWriter records, FunctionReference reference, Qualified target, PolicyRecord policy) {
    FunctionId id = reference.id();
    String key = Qualified.key(reference);
    checkLength(policy);
    if (policy.statements().isEmpty()) {
      records.delete(LambdaRecords.POLICY, parent(reference), key);
      catalog.policyDeleted(records, id, key);
    } else {
      records.put(LambdaRecords.POLICY, parent(reference), key, policy);
      catalog.policy(records, id, key, policy);
    }
    revise(records, id, target);
  }

  /**
   * A policy has the revision of what it is for, which changes with it. AWS: source: documented,
   * PreconditionFailedException: "the latest RevisionId for the Lambda function or alias".
   */
  private void revise(RecordWriter records, FunctionId id, Qualified target) {
    String revision = LambdaEnvironment.newRevision();
    switch (target) {
      case Qualified.OfAlias ofAlias -> {
        String name = ofAlias.alias().name();
        records.put(
            LambdaRecords.ALIAS,
            LambdaRecords.parent(id.scope(), id.name()),
            name,
            ofAlias.alias().revised(revision));
      }
      case Qualified.OfVersion ofVersion -> {
        VersionRecord version = ofVersion.version();
        VersionRecords.put(
            records, id, ofVersion.function(), version.with(version.state().revised(revision)));
        if (version.state().isInProgress()) {
          // What is being made ready is another revision now: its preparation gives it up.
          environment.preparations().after(records, id, version.version());
        }
      }
    }
  }

  private static void checkRevision(@Nullable String wanted, Qualified target) {
    if (wanted != null && !wanted.equals(target.revisionId())) {
      // AWS: names GetPolicy in place of GetFunction and GetAlias; source: documented,
      // PreconditionFailedException; the words around it are those of facts LAM-10.
      throw new ServiceException(
          "PreconditionFailedException",
          412,
          "The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API"
              + " to retrieve the latest Revision Id");
    }
  }
}
