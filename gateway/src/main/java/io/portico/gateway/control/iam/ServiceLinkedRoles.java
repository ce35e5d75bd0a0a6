package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.IdentityPolicies;
import io.portico.gateway.model.iam.RoleDeletionRecord;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.model.iam.RoleSettings;
import io.portico.gateway.store.RecordWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Roles that belong to a service of AWS: roles as others are, which only their service changes.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html">Service-linked
 *     roles</a>
 */
final class ServiceLinkedRoles {
  /** What the paths of these roles, and of their policies, begin with. */
  static final String PATH = "/aws-service-role/";

  private static final int SESSION = 3600;

  /** AWS: of any role's name, in characters; source: the model's constraint, roleNameType. */
  private static final int LONGEST_NAME = 64;

  /** How long it is known that a role was deleted. AWS: not documented. */
  private static final Duration KEPT = Duration.ofDays(1);

  private final IamEnvironment environment;

  ServiceLinkedRoles(IamEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateServiceLinkedRole", this::createServiceLinkedRole)
        .add("DeleteServiceLinkedRole", this::deleteServiceLinkedRole)
        .add("GetServiceLinkedRoleDeletionStatus", this::getServiceLinkedRoleDeletionStatus);
  }

  static boolean isLinked(RoleRecord role) {
    return role.path().startsWith(PATH);
  }

  ObjectNode createServiceLinkedRole(OperationCall call) {
    Input input = call.input();
    String account = call.caller().accountId();
    String service = input.string("AWSServiceName");
    String suffix = input.stringOrNull("CustomSuffix");
    LinkedService linked = LinkedService.of(service);
    if (linked == null) {
      // AWS: the text is assumed, as is the next.
      throw IamErrors.invalidInput("Invalid service principal: " + service);
    }
    if (suffix != null && !linked.takesSuffix()) {
      throw IamErrors.invalidInput("Custom suffix is not allowed for " + service);
    }
    String name = suffix == null ? linked.name() : linked.name() + "_" + suffix;
    if (name.length() > LONGEST_NAME) {
      // AWS: the text is assumed.
      throw IamErrors.invalidInput("Service role name " + name + " is too long.");
    }
    return environment
        .records()
        .write(
            records -> {
              if (records.find(IamRecords.ROLE, account, IamRecords.id(name)).isPresent()) {
                throw IamErrors.invalidInput(
                    "Service role name "
                        + name
                        + " has been taken in this account, please try a different suffix.");
              }
              RoleRecord role =
                  new RoleRecord(
                      name,
                      UniqueId.next(UniqueId.ROLE, UniqueId.LENGTH),
                      PATH + service + "/",
                      environment.now(),
                      new RoleSettings(
                          trust(service), input.stringOrNull("Description"), SESSION, null),
                      policies(linked.policy()),
                      Map.of());
              IamRecords.put(records, account, role);
              ObjectNode answer = Json.object();
              answer.set("Role", IamReply.role(account, role));
              return answer;
            });
  }

  private static String trust(String service) {
    ObjectNode document = Json.object().put("Version", "2012-10-17");
    ObjectNode statement = document.putArray("Statement").addObject();
    statement.put("Effect", "Allow");
    statement.putObject("Principal").put("Service", service);
    statement.put("Action", "sts:AssumeRole");
    return Json.text(document);
  }

  private static IdentityPolicies policies(@Nullable String arn) {
    return arn == null ? IdentityPolicies.NONE : IdentityPolicies.NONE.attaching(arn);
  }

  /** Nothing of AWS's services uses a role here: it is deleted at once. */
  ObjectNode deleteServiceLinkedRole(OperationCall call) {
    String account = call.caller().accountId();
    return environment
        .records()
        .write(
            records -> {
              RoleRecord role = Roles.find(records, call);
              if (!isLinked(role)) {
                // AWS: the text is assumed.
                throw IamErrors.noSuchEntity(
                    "The role with name " + role.name() + " is not a service-linked role.");
              }
              Instant now = environment.now();
              String task = "task" + role.path() + role.name() + "/" + UUID.randomUUID();
              forget(records, account, now);
              records.delete(IamRecords.ROLE, account, IamRecords.id(role.name()));
              records.put(
                  IamRecords.ROLE_DELETION, account, task, new RoleDeletionRecord(task, now));
              return Json.object().put("DeletionTaskId", task);
            });
  }

  private static void forget(RecordWriter records, String account, Instant now) {
    List<RoleDeletionRecord> all = records.list(IamRecords.ROLE_DELETION, account);
    for (RoleDeletionRecord deletion : all) {
      if (deletion.date().plus(KEPT).isBefore(now)) {
        records.delete(IamRecords.ROLE_DELETION, account, deletion.taskId());
      }
    }
  }

  ObjectNode getServiceLinkedRoleDeletionStatus(OperationCall call) {
    String task = call.input().string("DeletionTaskId");
    return environment
        .records()
        .read(
            records -> {
              if (records
                  .find(IamRecords.ROLE_DELETION, call.caller().accountId(), task)
                  .isEmpty()) {
                // AWS: the text is assumed.
                throw IamErrors.noSuchEntity("Deletion task " + task + " was not found.");
              }
              return Json.object().put("Status", "SUCCEEDED");
            });
  }
}
