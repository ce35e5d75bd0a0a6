package io.portico.gateway.control.iam;

import io.portico.gateway.control.iam.PolicyUse.Entity;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who has a managed policy. */
final class PolicyEntities {
  private final IamEnvironment environment;

  PolicyEntities(IamEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("ListEntitiesForPolicy", this::listEntitiesForPolicy);
  }

  ObjectNode listEntitiesForPolicy(OperationCall call) {
    Input input = call.input();
    String account = call.caller().accountId();
    PolicyArn arn = PolicyArn.of(input.string("PolicyArn"));
    String filter = input.stringOrNull("EntityFilter");
    String usage = input.stringOrNull("PolicyUsageFilter");
    return environment
        .records()
        .read(
            records -> {
              if (!ManagedPolicies.exists(records, account, arn)) {
                throw IamErrors.noPolicy(arn.text());
              }
              List<Entity> found =
                  PolicyUse.of(records, account)
                      .entities()
                      .filter(entity -> filter == null || filter.equals(entity.noun()))
                      .filter(Identities.belowPrefix(input, Entity::path))
                      .filter(entity -> uses(entity, arn.text(), usage))
                      .toList();
              return parted(
                  IamPage.of(input)
                      .answer(
                          "PolicyRoles",
                          found,
                          entity -> entity.noun() + "/" + IamRecords.id(entity.name()),
                          PolicyEntities::reply));
            });
  }

  /**
   * AWS: without a filter, those that have the policy attached and those that it bounds; source:
   * documented, ListEntitiesForPolicy's PolicyUsageFilter.
   */
  private static boolean uses(Entity entity, String arn, @Nullable String usage) {
    if (usage == null) {
      return entity.has(arn) || entity.isBoundedBy(arn);
    }
    return usage.equals("PermissionsBoundary") ? entity.isBoundedBy(arn) : entity.has(arn);
  }

  private static ObjectNode reply(Entity entity) {
    return Json.object()
        .put(entity.noun() + "Name", entity.name())
        .put(entity.noun() + "Id", entity.id());
  }

  /** Roles and users are paged together, and then parted. */
  private static ObjectNode parted(ObjectNode answer) {
    ArrayNode roles = Json.array();
    ArrayNode users = Json.array();
    for (JsonNode entity : answer.path("PolicyRoles")) {
      (entity.has("UserName") ? users : roles).add(entity);
    }
    answer.set("PolicyRoles", roles);
    answer.set("PolicyUsers", users);
    answer.putArray("PolicyGroups");
    return answer;
  }
}
