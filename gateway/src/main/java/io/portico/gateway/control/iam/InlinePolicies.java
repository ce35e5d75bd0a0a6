package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.RolePolicies;
import io.portico.gateway.model.iam.RoleRecord;
import tools.jackson.databind.node.ObjectNode;

/** Policies that are a role's own. */
final class InlinePolicies {
  /**
   * AWS: characters of all documents of a role together, white space aside; source: documented, IAM
   * and STS quotas.
   */
  private static final int MOST_CHARACTERS = 10_240;

  private final IamEnvironment environment;

  InlinePolicies(IamEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("PutRolePolicy", this::putRolePolicy)
        .add("GetRolePolicy", this::getRolePolicy)
        .add("ListRolePolicies", this::listRolePolicies)
        .add("DeleteRolePolicy", this::deleteRolePolicy);
  }

  ObjectNode putRolePolicy(OperationCall call) {
    String name = call.input().string("PolicyName");
    String document = call.input().string("PolicyDocument");
    PolicyDocument.checkPermissions(document);
    return environment
        .records()
        .write(
            records -> {
              Roles.change(records, call, role -> with(role, name, document));
              return Json.object();
            });
  }

  private static RoleRecord with(RoleRecord role, String name, String document) {
    RolePolicies policies = role.policies().with(name, document);
    long characters = policies.inline().values().stream().mapToLong(InlinePolicies::length).sum();
    if (characters > MOST_CHARACTERS) {
      throw IamErrors.limitExceeded(
          "Maximum policy size of %d bytes exceeded for role %s"
              .formatted(MOST_CHARACTERS, role.name()));
    }
    return role.with(policies);
  }

  /** A document's length as AWS counts it: without white space. */
  static long length(String document) {
    return document.chars().filter(c -> !Character.isWhitespace(c)).count();
  }

  ObjectNode getRolePolicy(OperationCall call) {
    String name = call.input().string("PolicyName");
    return environment
        .records()
        .read(
            records -> {
              RoleRecord role = Roles.find(records, call);
              String document = role.policies().inline().get(name);
              if (document == null) {
                throw noPolicy(name);
              }
              return Json.object()
                  .put("RoleName", role.name())
                  .put("PolicyName", name)
                  .put("PolicyDocument", IamReply.encoded(document));
            });
  }

  ObjectNode listRolePolicies(OperationCall call) {
    return environment
        .records()
        .read(
            records ->
                IamPage.of(call.input())
                    .answer(
                        "PolicyNames",
                        Roles.find(records, call).policies().inline().keySet(),
                        name -> name,
                        name -> Json.object().stringNode(name)));
  }

  ObjectNode deleteRolePolicy(OperationCall call) {
    String name = call.input().string("PolicyName");
    return environment
        .records()
        .write(
            records -> {
              RoleRecord role = Roles.find(records, call);
              if (!role.policies().inline().containsKey(name)) {
                throw noPolicy(name);
              }
              Roles.change(records, call, each -> each.with(each.policies().without(name)));
              return Json.object();
            });
  }

  private static ServiceException noPolicy(String name) {
    return IamErrors.noSuchEntity("The role policy with name " + name + " cannot be found.");
  }
}
