package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.IdentityPolicies;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.model.iam.RoleSettings;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Roles. */
final class Roles {
  /** AWS: seconds; source: documented, CreateRole. */
  private static final int SESSION = 3600;

  private final IamEnvironment environment;

  Roles(IamEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateRole", this::createRole)
        .add("GetRole", this::getRole)
        .add("ListRoles", this::listRoles)
        .add("DeleteRole", this::deleteRole);
  }

  ObjectNode createRole(OperationCall call) {
    Input input = call.input();
    String account = call.caller().accountId();
    String name = input.string("RoleName");
    String trust = input.string("AssumeRolePolicyDocument");
    PolicyDocument.checkTrust(trust);
    Map<String, String> tags = TagLists.of(input);
    String path = input.stringOrNull("Path");
    Integer session = input.integerOrNull("MaxSessionDuration");
    String boundary = input.stringOrNull("PermissionsBoundary");
    if (path != null && path.startsWith(ServiceLinkedRoles.PATH)) {
      // AWS: the text is assumed.
      throw IamErrors.invalidInput("Path " + path + " is reserved for service-linked roles.");
    }
    return environment
        .records()
        .write(
            records -> {
              if (records.find(IamRecords.ROLE, account, IamRecords.id(name)).isPresent()) {
                throw IamErrors.alreadyExists("Role with name " + name + " already exists.");
              }
              Identities.checkBoundary(records, account, boundary);
              RoleRecord role =
                  new RoleRecord(
                      name,
                      UniqueId.next(UniqueId.ROLE, UniqueId.LENGTH),
                      path == null ? "/" : path,
                      environment.now(),
                      new RoleSettings(
                          trust,
                          input.stringOrNull("Description"),
                          session == null ? SESSION : session,
                          boundary),
                      IdentityPolicies.NONE,
                      tags);
              IamRecords.put(records, account, role);
              return Json.object().set("Role", IamReply.role(account, role));
            });
  }

  ObjectNode getRole(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              ObjectNode reply = IamReply.role(call.caller().accountId(), find(records, call));
              reply.putObject("RoleLastUsed");
              return Json.object().set("Role", reply);
            });
  }

  ObjectNode listRoles(OperationCall call) {
    String account = call.caller().accountId();
    return environment
        .records()
        .read(
            records ->
                IamPage.of(call.input())
                    .answer(
                        "Roles",
                        records.list(IamRecords.ROLE, account).stream()
                            .filter(Identities.belowPrefix(call.input(), RoleRecord::path))
                            .toList(),
                        role -> IamRecords.id(role.name()),
                        role -> IamReply.listedRole(account, role)));
  }

  ObjectNode deleteRole(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              RoleRecord role = findOwn(records, call);
              if (InstanceProfiles.hold(records, call.caller().accountId(), role.name())) {
                throw IamErrors.deleteConflict(
                    "Cannot delete entity, must remove roles from instance profile first.");
              }
              Identities.checkNone(role.policies());
              records.delete(
                  IamRecords.ROLE, call.caller().accountId(), IamRecords.id(role.name()));
              return Json.object();
            });
  }

  /** The role that a call names. */
  static RoleRecord find(RecordReader records, OperationCall call) {
    String name = call.input().string("RoleName");
    return IamRecords.role(records, call.caller().accountId(), name)
        .orElseThrow(() -> IamErrors.noRole(name));
  }

  /** The role that a call names, if it is not a service's. */
  static RoleRecord findOwn(RecordReader records, OperationCall call) {
    RoleRecord role = find(records, call);
    if (ServiceLinkedRoles.isLinked(role)) {
      throw IamErrors.unmodifiable(role.name());
    }
    return role;
  }

  /** As {@link #change}, of a role that is not a service's. */
  static void changeOwn(
      RecordWriter records, OperationCall call, UnaryOperator<RoleRecord> change) {
    IamRecords.put(records, call.caller().accountId(), change.apply(findOwn(records, call)));
  }

  /** Changes the role that a call names, and returns it as it is then. */
  static RoleRecord change(
      RecordWriter records, OperationCall call, UnaryOperator<RoleRecord> change) {
    RoleRecord changed = change.apply(find(records, call));
    IamRecords.put(records, call.caller().accountId(), changed);
    return changed;
  }
}
