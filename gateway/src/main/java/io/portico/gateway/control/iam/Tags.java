package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Tags of roles, users, instance profiles and managed policies. */
final class Tags {
  private final IamEnvironment environment;

  Tags(IamEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("TagRole", call -> changeRole(call, tags -> TagLists.added(tags, call.input())))
        .add("UntagRole", call -> changeRole(call, tags -> TagLists.removed(tags, keys(call))))
        .add(
            "ListRoleTags", call -> list(call, (records, each) -> Roles.find(records, each).tags()))
        .add("TagUser", call -> changeUser(call, tags -> TagLists.added(tags, call.input())))
        .add("UntagUser", call -> changeUser(call, tags -> TagLists.removed(tags, keys(call))))
        .add(
            "ListUserTags", call -> list(call, (records, each) -> Users.find(records, each).tags()))
        .add(
            "TagInstanceProfile",
            call -> changeProfile(call, tags -> TagLists.added(tags, call.input())))
        .add(
            "UntagInstanceProfile",
            call -> changeProfile(call, tags -> TagLists.removed(tags, keys(call))))
        .add(
            "ListInstanceProfileTags",
            call -> list(call, (records, each) -> InstanceProfiles.find(records, each).tags()))
        .add("TagPolicy", call -> changePolicy(call, tags -> TagLists.added(tags, call.input())))
        .add("UntagPolicy", call -> changePolicy(call, tags -> TagLists.removed(tags, keys(call))))
        .add(
            "ListPolicyTags",
            call -> list(call, (records, each) -> ManagedPolicies.own(records, each).tags()));
  }

  private ObjectNode changeRole(OperationCall call, UnaryOperator<Map<String, String>> change) {
    return environment
        .records()
        .write(
            records -> {
              Roles.change(records, call, role -> role.tagged(change.apply(role.tags())));
              return Json.object();
            });
  }

  private ObjectNode changeUser(OperationCall call, UnaryOperator<Map<String, String>> change) {
    return environment
        .records()
        .write(
            records -> {
              Users.change(records, call, user -> user.tagged(change.apply(user.tags())));
              return Json.object();
            });
  }

  private ObjectNode changeProfile(OperationCall call, UnaryOperator<Map<String, String>> change) {
    return environment
        .records()
        .write(
            records -> {
              InstanceProfiles.change(
                  records, call, profile -> profile.tagged(change.apply(profile.tags())));
              return Json.object();
            });
  }

  private ObjectNode changePolicy(OperationCall call, UnaryOperator<Map<String, String>> change) {
    return environment
        .records()
        .write(
            records -> {
              ManagedPolicies.change(
                  records, call, policy -> policy.tagged(change.apply(policy.tags())));
              return Json.object();
            });
  }

  private static List<String> keys(OperationCall call) {
    List<String> keys = call.input().stringsOrNull("TagKeys");
    return keys == null ? List.of() : keys;
  }

  private ObjectNode list(
      OperationCall call, BiFunction<RecordReader, OperationCall, Map<String, String>> tags) {
    return environment
        .records()
        .read(
            records ->
                IamPage.of(call.input())
                    .answer(
                        "Tags",
                        tags.apply(records, call).entrySet(),
                        Map.Entry::getKey,
                        tag ->
                            Json.object().put("Key", tag.getKey()).put("Value", tag.getValue())));
  }
}
