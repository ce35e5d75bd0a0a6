package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.RoleRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which managed policies roles have. Those of AWS's own are taken by their ARN, as AWS has more
 * than are known here.
 */
final class Attachments {
  private final IamEnvironment environment;

  Attachments(IamEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("AttachRolePolicy", this::attachRolePolicy)
        .add("DetachRolePolicy", this::detachRolePolicy)
        .add("ListAttachedRolePolicies", this::listAttachedRolePolicies)
        .add("ListEntitiesForPolicy", this::listEntitiesForPolicy);
  }

  /** One that is attached already is no error. */
  ObjectNode attachRolePolicy(OperationCall call) {
    PolicyArn arn = PolicyArn.of(call.input().string("PolicyArn"));
    return environment
        .records()
        .write(
            records -> {
              Roles.find(records, call);
              if (!ManagedPolicies.exists(records, call.caller().accountId(), arn)) {
                throw IamErrors.noSuchEntity(
                    "Policy " + arn.text() + " does not exist or is not attachable.");
              }
              Roles.change(records, call, role -> role.with(role.policies().attaching(arn.text())));
              return Json.object();
            });
  }

  ObjectNode detachRolePolicy(OperationCall call) {
    PolicyArn arn = PolicyArn.of(call.input().string("PolicyArn"));
    return environment
        .records()
        .write(
            records -> {
              if (!Roles.find(records, call).policies().attached().contains(arn.text())) {
                throw IamErrors.noPolicy(arn.text());
              }
              Roles.change(records, call, role -> role.with(role.policies().detaching(arn.text())));
              return Json.object();
            });
  }

  ObjectNode listAttachedRolePolicies(OperationCall call) {
    String prefix = call.input().stringOrNull("PathPrefix");
    return environment
        .records()
        .read(
            records ->
                IamPage.of(call.input())
                    .answer(
                        "AttachedPolicies",
                        Roles.find(records, call).policies().attached().stream()
                            .map(PolicyArn::of)
                            .filter(arn -> prefix == null || arn.path().startsWith(prefix))
                            .toList(),
                        PolicyArn::text,
                        arn ->
                            Json.object()
                                .put("PolicyName", arn.name())
                                .put("PolicyArn", arn.text())));
  }

  ObjectNode listEntitiesForPolicy(OperationCall call) {
    Input input = call.input();
    String account = call.caller().accountId();
    PolicyArn arn = PolicyArn.of(input.string("PolicyArn"));
    String filter = input.stringOrNull("EntityFilter");
    String prefix = input.stringOrNull("PathPrefix");
    return environment
        .records()
        .read(
            records -> {
              if (!ManagedPolicies.exists(records, account, arn)) {
                throw IamErrors.noPolicy(arn.text());
              }
              List<RoleRecord> roles =
                  filter == null || filter.equals("Role")
                      ? using(
                          PolicyUse.of(records, account),
                          arn.text(),
                          input.stringOrNull("PolicyUsageFilter"))
                      : List.of();
              ObjectNode answer =
                  IamPage.of(input)
                      .answer(
                          "PolicyRoles",
                          roles.stream()
                              .filter(role -> prefix == null || role.path().startsWith(prefix))
                              .toList(),
                          role -> IamRecords.id(role.name()),
                          role ->
                              Json.object().put("RoleName", role.name()).put("RoleId", role.id()));
              answer.putArray("PolicyGroups");
              answer.putArray("PolicyUsers");
              return answer;
            });
  }

  /**
   * AWS: without a filter, those that have the policy attached and those that it bounds; source:
   * documented, ListEntitiesForPolicy's PolicyUsageFilter.
   */
  private static List<RoleRecord> using(PolicyUse use, String arn, @Nullable String filter) {
    if (filter == null) {
      return use.having(arn);
    }
    return filter.equals("PermissionsBoundary") ? use.bounding(arn) : use.attachedTo(arn);
  }
}
