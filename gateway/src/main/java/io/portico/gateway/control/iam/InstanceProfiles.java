package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.InstanceProfileRecord;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Instance profiles, each of which can hold one role. */
final class InstanceProfiles {
  private final IamEnvironment environment;

  InstanceProfiles(IamEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateInstanceProfile", this::createInstanceProfile)
        .add("GetInstanceProfile", this::getInstanceProfile)
        .add("ListInstanceProfiles", this::listInstanceProfiles)
        .add("DeleteInstanceProfile", this::deleteInstanceProfile)
        .add("AddRoleToInstanceProfile", this::addRoleToInstanceProfile)
        .add("RemoveRoleFromInstanceProfile", this::removeRoleFromInstanceProfile)
        .add("ListInstanceProfilesForRole", this::listInstanceProfilesForRole);
  }

  ObjectNode createInstanceProfile(OperationCall call) {
    Input input = call.input();
    String account = call.caller().accountId();
    String name = input.string("InstanceProfileName");
    String path = input.stringOrNull("Path");
    Map<String, String> tags = TagLists.of(input);
    return environment
        .records()
        .write(
            records -> {
              if (records
                  .find(IamRecords.INSTANCE_PROFILE, account, IamRecords.id(name))
                  .isPresent()) {
                throw IamErrors.alreadyExists("Instance Profile " + name + " already exists.");
              }
              InstanceProfileRecord profile =
                  new InstanceProfileRecord(
                      name,
                      UniqueId.next(UniqueId.INSTANCE_PROFILE, UniqueId.LENGTH),
                      path == null ? "/" : path,
                      environment.now(),
                      null,
                      tags);
              IamRecords.put(records, account, profile);
              return Json.object().set("InstanceProfile", withTags(records, account, profile));
            });
  }

  ObjectNode getInstanceProfile(OperationCall call) {
    return environment
        .records()
        .read(
            records ->
                Json.object()
                    .set(
                        "InstanceProfile",
                        withTags(records, call.caller().accountId(), find(records, call))));
  }

  ObjectNode listInstanceProfiles(OperationCall call) {
    return environment
        .records()
        .read(
            records ->
                list(
                    records,
                    call,
                    of(records, call).stream()
                        .filter(Identities.belowPrefix(call.input(), InstanceProfileRecord::path))
                        .toList()));
  }

  ObjectNode listInstanceProfilesForRole(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              RoleRecord role = Roles.find(records, call);
              return list(
                  records,
                  call,
                  of(records, call).stream()
                      .filter(profile -> role.name().equals(profile.roleName()))
                      .toList());
            });
  }

  ObjectNode deleteInstanceProfile(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              InstanceProfileRecord profile = find(records, call);
              if (profile.roleName() != null) {
                throw IamErrors.deleteConflict(
                    "Cannot delete entity, must remove roles from instance profile first.");
              }
              records.delete(
                  IamRecords.INSTANCE_PROFILE,
                  call.caller().accountId(),
                  IamRecords.id(profile.name()));
              return Json.object();
            });
  }

  ObjectNode addRoleToInstanceProfile(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              InstanceProfileRecord profile = find(records, call);
              String role = Roles.findOwn(records, call).name();
              if (profile.roleName() != null) {
                throw IamErrors.limitExceeded(
                    "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
              }
              change(records, call, each -> each.holding(role));
              return Json.object();
            });
  }

  ObjectNode removeRoleFromInstanceProfile(OperationCall call) {
    String role = call.input().string("RoleName");
    return environment
        .records()
        .write(
            records -> {
              InstanceProfileRecord profile = find(records, call);
              if (!role.equals(profile.roleName())) {
                // AWS: the text is assumed.
                throw IamErrors.noSuchEntity(
                    "Role %s in Instance Profile %s cannot be found."
                        .formatted(role, profile.name()));
              }
              change(records, call, each -> each.holding(null));
              return Json.object();
            });
  }

  /** Whether some instance profile holds a role. */
  static boolean hold(RecordReader records, String account, String role) {
    return records.list(IamRecords.INSTANCE_PROFILE, account).stream()
        .anyMatch(profile -> role.equals(profile.roleName()));
  }

  /** The instance profile that a call names. */
  static InstanceProfileRecord find(RecordReader records, OperationCall call) {
    String name = call.input().string("InstanceProfileName");
    return records
        .find(IamRecords.INSTANCE_PROFILE, call.caller().accountId(), IamRecords.id(name))
        .filter(profile -> profile.name().equals(name))
        .orElseThrow(
            () -> IamErrors.noSuchEntity("Instance Profile " + name + " cannot be found."));
  }

  /** Changes the instance profile that a call names. */
  static void change(
      RecordWriter records, OperationCall call, UnaryOperator<InstanceProfileRecord> change) {
    IamRecords.put(records, call.caller().accountId(), change.apply(find(records, call)));
  }

  private static Collection<InstanceProfileRecord> of(RecordReader records, OperationCall call) {
    return records.list(IamRecords.INSTANCE_PROFILE, call.caller().accountId());
  }

  private static ObjectNode list(
      RecordReader records, OperationCall call, Collection<InstanceProfileRecord> profiles) {
    String account = call.caller().accountId();
    return IamPage.of(call.input())
        .answer(
            "InstanceProfiles",
            profiles,
            profile -> IamRecords.id(profile.name()),
            profile -> listed(records, account, profile));
  }

  /** As lists reply it. AWS: without tags; source: documented, ListInstanceProfiles. */
  private static ObjectNode listed(
      RecordReader records, String account, InstanceProfileRecord profile) {
    ObjectNode reply =
        Json.object()
            .put("Path", profile.path())
            .put("InstanceProfileName", profile.name())
            .put("InstanceProfileId", profile.id())
            .put(
                "Arn",
                "arn:aws:iam::" + account + ":instance-profile" + profile.path() + profile.name())
            .put("CreateDate", profile.createDate().getEpochSecond());
    Optional.ofNullable(profile.roleName())
        .flatMap(role -> IamRecords.role(records, account, role))
        .map(role -> IamReply.listedRole(account, role))
        .ifPresentOrElse(role -> reply.putArray("Roles").add(role), () -> reply.putArray("Roles"));
    return reply;
  }

  private static ObjectNode withTags(
      RecordReader records, String account, InstanceProfileRecord profile) {
    ObjectNode reply = listed(records, account, profile);
    if (!profile.tags().isEmpty()) {
      reply.set("Tags", IamReply.tags(profile.tags()));
    }
    return reply;
  }
}
