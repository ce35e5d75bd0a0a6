package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.model.iam.RoleSettings;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** What can be changed of a role itself. */
final class RoleUpdates {
  private final IamEnvironment environment;

  RoleUpdates(IamEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("UpdateRole", this::updateRole)
        .add("UpdateRoleDescription", this::updateRoleDescription)
        .add("UpdateAssumeRolePolicy", this::updateAssumeRolePolicy)
        .add("PutRolePermissionsBoundary", this::putRolePermissionsBoundary)
        .add("DeleteRolePermissionsBoundary", this::deleteRolePermissionsBoundary);
  }

  // AWS: what is not named stays. Of MaxSessionDuration the documentation says that its default is
  // applied; but clients change one setting at a time and find the other as it was; source:
  // inferred.
  ObjectNode updateRole(OperationCall call) {
    Input input = call.input();
    String description = input.stringOrNull("Description");
    Integer session = input.integerOrNull("MaxSessionDuration");
    UnaryOperator<RoleSettings> update =
        settings -> {
          RoleSettings described = description == null ? settings : settings.described(description);
          return session == null ? described : described.lasting(session);
        };
    // AWS: of a service's role the description can be changed; source: documented, IAM User Guide,
    // "Edit a service-linked role".
    if (session == null) {
      change(call, update);
    } else {
      changeOwn(call, update);
    }
    return Json.object();
  }

  ObjectNode updateRoleDescription(OperationCall call) {
    String description = call.input().string("Description");
    RoleRecord role = change(call, settings -> settings.described(description));
    ObjectNode answer = Json.object();
    answer.set("Role", IamReply.role(call.caller().accountId(), role));
    return answer;
  }

  ObjectNode updateAssumeRolePolicy(OperationCall call) {
    String document = call.input().string("PolicyDocument");
    PolicyDocument.checkTrust(document);
    changeOwn(call, settings -> settings.trusting(document));
    return Json.object();
  }

  ObjectNode putRolePermissionsBoundary(OperationCall call) {
    String boundary = call.input().string("PermissionsBoundary");
    return environment
        .records()
        .write(
            records -> {
              Roles.findOwn(records, call);
              Identities.checkBoundary(records, call.caller().accountId(), boundary);
              Roles.changeOwn(records, call, role -> role.with(role.settings().bounded(boundary)));
              return Json.object();
            });
  }

  ObjectNode deleteRolePermissionsBoundary(OperationCall call) {
    changeOwn(call, settings -> settings.bounded(null));
    return Json.object();
  }

  private void changeOwn(OperationCall call, UnaryOperator<RoleSettings> change) {
    environment
        .records()
        .write(
            records -> {
              Roles.changeOwn(records, call, role -> role.with(change.apply(role.settings())));
              return Json.object();
            });
  }

  private RoleRecord change(OperationCall call, UnaryOperator<RoleSettings> change) {
    return environment
        .records()
        .write(
            records ->
                Roles.change(records, call, role -> role.with(change.apply(role.settings()))));
  }
}
