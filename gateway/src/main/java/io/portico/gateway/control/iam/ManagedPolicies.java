package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.ManagedPolicyRecord;
import io.portico.gateway.model.iam.PolicyVersionRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Managed policies: the account's own, and what is known of AWS's ({@link AwsPolicies}) and which
 * roles have them.
 */
final class ManagedPolicies {
  private final IamEnvironment environment;

  ManagedPolicies(IamEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreatePolicy", this::createPolicy)
        .add("GetPolicy", this::getPolicy)
        .add("ListPolicies", this::listPolicies)
        .add("DeletePolicy", this::deletePolicy);
  }

  ObjectNode createPolicy(OperationCall call) {
    Input input = call.input();
    String account = call.caller().accountId();
    String name = input.string("PolicyName");
    String document = input.string("PolicyDocument");
    PolicyVersions.check(document);
    Map<String, String> tags = TagLists.of(input);
    String path = input.stringOrNull("Path");
    return environment
        .records()
        .write(
            records -> {
              if (records.find(IamRecords.POLICY, account, IamRecords.id(name)).isPresent()) {
                throw IamErrors.alreadyExists(
                    "A policy called %s already exists. Duplicate names are not allowed."
                        .formatted(name));
              }
              Instant now = environment.now();
              PolicyVersionRecord first = new PolicyVersionRecord(1, document, now);
              ManagedPolicyRecord policy =
                  new ManagedPolicyRecord(
                      name,
                      UniqueId.next(UniqueId.MANAGED_POLICY, UniqueId.LENGTH),
                      path == null ? "/" : path,
                      input.stringOrNull("Description"),
                      now,
                      now,
                      new ManagedPolicyRecord.Versions(1, first.versionId(), List.of(first)),
                      tags);
              IamRecords.put(records, account, policy);
              return Json.object()
                  .set("Policy", IamReply.policy(account, policy, PolicyUse.of(records, account)));
            });
  }

  ObjectNode getPolicy(OperationCall call) {
    String account = call.caller().accountId();
    PolicyArn arn = PolicyArn.of(call.input().string("PolicyArn"));
    return environment
        .records()
        .read(
            records -> {
              PolicyUse use = PolicyUse.of(records, account);
              if (!arn.isOfAws()) {
                return Json.object()
                    .set("Policy", IamReply.policy(account, own(records, call), use));
              }
              if (!AwsPolicies.mayBe(arn)) {
                throw IamErrors.noPolicy(arn.text());
              }
              ManagedPolicyRecord known = AwsPolicies.find(arn);
              return Json.object()
                  .set(
                      "Policy",
                      known == null
                          ? IamReply.policyOfAws(arn, use)
                          : IamReply.policy(AwsPolicies.OWNER, known, use));
            });
  }

  /** AWS's own policies are listed as far as they are known, and where a role has them. */
  ObjectNode listPolicies(OperationCall call) {
    Input input = call.input();
    String account = call.caller().accountId();
    String scope = input.stringOrNull("Scope");
    String prefix = input.stringOrNull("PathPrefix");
    boolean onlyUsed = input.bool("OnlyAttached");
    boolean boundaries = "PermissionsBoundary".equals(input.stringOrNull("PolicyUsageFilter"));
    return environment
        .records()
        .read(
            records -> {
              PolicyUse use = PolicyUse.of(records, account);
              List<ObjectNode> policies = new ArrayList<>();
              if (!"AWS".equals(scope)) {
                records
                    .list(IamRecords.POLICY, account)
                    .forEach(policy -> policies.add(IamReply.listedPolicy(account, policy, use)));
              }
              if (!"Local".equals(scope)) {
                AwsPolicies.all()
                    .forEach(
                        policy ->
                            policies.add(IamReply.listedPolicy(AwsPolicies.OWNER, policy, use)));
                use.ofAws().stream()
                    .map(PolicyArn::of)
                    .filter(arn -> AwsPolicies.find(arn) == null)
                    .forEach(arn -> policies.add(IamReply.policyOfAws(arn, use)));
              }
              policies.removeIf(
                  policy ->
                      (prefix != null && !policy.path("Path").asString().startsWith(prefix))
                          || (onlyUsed && policy.path("AttachmentCount").intValue() == 0)
                          || (boundaries
                              && policy.path("PermissionsBoundaryUsageCount").intValue() == 0));
              return IamPage.of(input)
                  .answer(
                      "Policies",
                      policies,
                      policy -> policy.path("Arn").asString(),
                      policy -> policy);
            });
  }

  ObjectNode deletePolicy(OperationCall call) {
    String account = call.caller().accountId();
    return environment
        .records()
        .write(
            records -> {
              ManagedPolicyRecord policy = own(records, call);
              if (PolicyUse.of(records, account).isUsed(IamReply.arn(account, policy))) {
                throw IamErrors.deleteConflict("Cannot delete a policy attached to entities.");
              }
              if (policy.versions().all().size() > 1) {
                throw IamErrors.deleteConflict(
                    "This policy has more than one version. Before you delete a policy, you must"
                        + " delete the policy's versions. The default version is deleted with the"
                        + " policy.");
              }
              records.delete(IamRecords.POLICY, account, IamRecords.id(policy.name()));
              return Json.object();
            });
  }

  /** Whether a role can have the policy. */
  static boolean exists(RecordReader records, String account, PolicyArn arn) {
    return arn.isOfAws() ? AwsPolicies.mayBe(arn) : find(records, account, arn).isPresent();
  }

  static Optional<ManagedPolicyRecord> find(RecordReader records, String account, PolicyArn arn) {
    return records
        .find(IamRecords.POLICY, account, IamRecords.id(arn.name()))
        .filter(policy -> IamReply.arn(account, policy).equals(arn.text()));
  }

  /** The policy that a call reads: the account's own, or one of AWS's that is known. */
  static ManagedPolicyRecord readable(RecordReader records, OperationCall call) {
    PolicyArn arn = PolicyArn.of(call.input().string("PolicyArn"));
    if (!arn.isOfAws()) {
      return own(records, call);
    }
    ManagedPolicyRecord known = AwsPolicies.find(arn);
    if (known != null) {
      return known;
    }
    throw AwsPolicies.mayBe(arn) ? withoutDocument(arn) : IamErrors.noPolicy(arn.text());
  }

  /** Portico does not know what a policy of AWS's says, or said in another version. */
  static ServiceException withoutDocument(PolicyArn arn) {
    return new ServiceException(
        "NotImplementedException",
        501,
        "Portico does not have this document of AWS's own policies: " + arn.text());
  }

  /** The policy that a call names, which must be the account's own: nobody changes AWS's. */
  static ManagedPolicyRecord own(RecordReader records, OperationCall call) {
    PolicyArn arn = PolicyArn.of(call.input().string("PolicyArn"));
    if (arn.isOfAws()) {
      throw new ServiceException(
          "AccessDenied",
          403,
          "Cannot perform the operation on the policy " + arn.text() + ", which is AWS's own.");
    }
    return find(records, call.caller().accountId(), arn)
        .orElseThrow(() -> IamErrors.noPolicy(arn.text()));
  }

  /** Changes the policy that a call names. */
  static void change(
      RecordWriter records, OperationCall call, UnaryOperator<ManagedPolicyRecord> change) {
    IamRecords.put(records, call.caller().accountId(), change.apply(own(records, call)));
  }
}
