package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.ManagedPolicyRecord;
import io.portico.gateway.model.iam.ManagedPolicyRecord.Versions;
import io.portico.gateway.model.iam.PolicyVersionRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What managed policies say, version by version. */
final class PolicyVersions {
  /** AWS: characters, white space aside; source: documented, IAM and STS quotas. */
  private static final int MOST_CHARACTERS = 6144;

  /** AWS: source: documented, IAM and STS quotas. */
  private static final int MOST_VERSIONS = 5;

  private final IamEnvironment environment;

  PolicyVersions(IamEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreatePolicyVersion", this::createPolicyVersion)
        .add("GetPolicyVersion", this::getPolicyVersion)
        .add("ListPolicyVersions", this::listPolicyVersions)
        .add("SetDefaultPolicyVersion", this::setDefaultPolicyVersion)
        .add("DeletePolicyVersion", this::deletePolicyVersion);
  }

  static void check(String document) {
    PolicyDocument.checkPermissions(document);
    if (InlinePolicies.length(document) > MOST_CHARACTERS) {
      throw IamErrors.limitExceeded("Cannot exceed quota for PolicySize: " + MOST_CHARACTERS);
    }
  }

  ObjectNode createPolicyVersion(OperationCall call) {
    String document = call.input().string("PolicyDocument");
    check(document);
    return environment
        .records()
        .write(
            records -> {
              Versions versions = ManagedPolicies.own(records, call).versions();
              if (versions.all().size() >= MOST_VERSIONS) {
                throw IamErrors.limitExceeded(
                    "A managed policy can have up to %d versions. Before you create a new version,"
                            .formatted(MOST_VERSIONS)
                        + " you must delete an existing version.");
              }
              Instant now = environment.now();
              PolicyVersionRecord added =
                  new PolicyVersionRecord(versions.last() + 1, document, now);
              Versions more =
                  new Versions(
                      added.number(),
                      call.input().bool("SetAsDefault")
                          ? added.versionId()
                          : versions.defaultVersionId(),
                      Stream.concat(versions.all().stream(), Stream.of(added)).toList());
              ManagedPolicies.change(records, call, policy -> policy.with(more, now));
              return Json.object()
                  .set(
                      "PolicyVersion",
                      IamReply.listedVersion(ManagedPolicies.own(records, call), added));
            });
  }

  ObjectNode getPolicyVersion(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              ManagedPolicyRecord policy = ManagedPolicies.readable(records, call);
              PolicyVersionRecord version = readable(policy, call);
              return Json.object()
                  .set(
                      "PolicyVersion",
                      IamReply.listedVersion(policy, version)
                          .put("Document", IamReply.encoded(version.document())));
            });
  }

  // AWS: the newest comes first; source: inferred from the example of ListPolicyVersions.
  ObjectNode listPolicyVersions(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              ManagedPolicyRecord policy = ManagedPolicies.readable(records, call);
              return IamPage.of(call.input())
                  .answer(
                      "Versions",
                      policy.versions().all(),
                      version -> "%010d".formatted(Integer.MAX_VALUE - version.number()),
                      version -> IamReply.listedVersion(policy, version));
            });
  }

  ObjectNode setDefaultPolicyVersion(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              ManagedPolicyRecord policy = ManagedPolicies.own(records, call);
              Versions versions = policy.versions();
              String chosen = find(policy, call).versionId();
              ManagedPolicies.change(
                  records,
                  call,
                  each ->
                      each.with(
                          new Versions(versions.last(), chosen, versions.all()),
                          environment.now()));
              return Json.object();
            });
  }

  ObjectNode deletePolicyVersion(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              ManagedPolicyRecord policy = ManagedPolicies.own(records, call);
              Versions versions = policy.versions();
              PolicyVersionRecord version = find(policy, call);
              if (version.versionId().equals(versions.defaultVersionId())) {
                throw IamErrors.deleteConflict("Cannot delete the default version of a policy.");
              }
              List<PolicyVersionRecord> left =
                  versions.all().stream().filter(each -> !each.equals(version)).toList();
              ManagedPolicies.change(
                  records,
                  call,
                  each ->
                      each.with(
                          new Versions(versions.last(), versions.defaultVersionId(), left),
                          environment.now()));
              return Json.object();
            });
  }

  /** Of AWS's own policies only the default version is known; there may be or have been others. */
  private static PolicyVersionRecord readable(ManagedPolicyRecord policy, OperationCall call) {
    PolicyArn arn = PolicyArn.of(call.input().string("PolicyArn"));
    if (arn.isOfAws() && policy.versions().find(call.input().string("VersionId")).isEmpty()) {
      throw ManagedPolicies.withoutDocument(arn);
    }
    return find(policy, call);
  }

  private static PolicyVersionRecord find(ManagedPolicyRecord policy, OperationCall call) {
    String versionId = call.input().string("VersionId");
    return policy.versions().find(versionId).orElseThrow(() -> noVersion(call, versionId));
  }

  private static ServiceException noVersion(OperationCall call, String versionId) {
    return IamErrors.noSuchEntity(
        "Policy %s version %s does not exist or is not attachable."
            .formatted(call.input().string("PolicyArn"), versionId));
  }
}
