package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.UsageRecords;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.Matching;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.control.rules.UsagePlanStages;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.UsagePlanKeyRecord;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.model.UsagePlanRecord.ApiStage;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Usage plans. */
public final class UsagePlans {
  private final V1Environment environment;

  UsagePlans(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateUsagePlan", this::createUsagePlan)
        .add("GetUsagePlan", this::getUsagePlan)
        .add("GetUsagePlans", this::getUsagePlans)
        .add("UpdateUsagePlan", this::updateUsagePlan)
        .add("DeleteUsagePlan", this::deleteUsagePlan);
  }

  public ObjectNode createUsagePlan(OperationCall call) {
    Input input = call.input();
    if (input.string("name").isBlank()) {
      throw ServiceException.badRequest(UsagePlanRules.NO_NAME);
    }
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    ObjectNode tree = sent(input, tags);
    return environment
        .records()
        .write(
            records -> {
              String scope = call.caller().scope();
              tree.put("id", environment.newId(records, RecordTypes.USAGE_PLAN, scope));
              UsagePlanRecord plan = RecordCodec.record(tree, UsagePlanRecord.class);
              UsagePlanRules.check(plan, null);
              for (ApiStage stage : plan.apiStages()) {
                UsagePlanStages.checkThere(records, call.caller().scope(), stage);
              }
              checkMethodThrottles(List.of(), plan);
              put(records, scope, plan);
              environment
                  .quotas()
                  .check(
                      Quota.USAGE_PLANS, scope, () -> records.count(RecordTypes.USAGE_PLAN, scope));
              return UsageReply.usagePlan(plan);
            });
  }

  // AWS: what is left out of a throttle or quota is zero; source: inferred, its model's numbers are
  // none that can be absent.
  private static ObjectNode sent(Input input, @Nullable Map<String, String> tags) {
    ObjectNode plan = Json.object();
    plan.put("name", input.string("name"));
    String description = input.stringOrNull("description");
    if (description != null && !description.isEmpty()) {
      plan.put("description", description);
    }
    ArrayNode stages = plan.putArray("apiStages");
    if (input.json().get("apiStages") instanceof ArrayNode given) {
      Set<String> names = new HashSet<>();
      given.forEach(stage -> addStage(stages, stage, names));
    }
    Input throttle = input.structureOrNull("throttle");
    if (throttle != null) {
      plan.set("throttle", throttle(throttle));
    }
    Input quota = input.structureOrNull("quota");
    if (quota != null) {
      String period = quota.stringOrNull("period");
      plan.putObject("quota")
          .put("limit", quota.json().path("limit").asInt(0))
          .put("offset", quota.json().path("offset").asInt(0))
          .put("period", period == null ? "" : period);
    }
    InputMaps.set(plan, "tags", tags);
    return plan;
  }

  private static void addStage(ArrayNode stages, JsonNode given, Set<String> names) {
    String apiId = given.path("apiId").asString("");
    String name = given.path("stage").asString("");
    if (apiId.isEmpty() || name.isEmpty()) {
      // AWS: the placeholders stand as they are; source: reported by users of AWS's clients.
      throw ServiceException.badRequest(
          "Invalid API Stage {api: %s, stage: %s} specified for usageplan %s");
    }
    if (!names.add(apiId + ":" + name)) {
      // AWS: that a stage may be named once only, and the text, is assumed.
      throw ServiceException.badRequest(
          "API Stage %s:%s is specified more than once".formatted(apiId, name));
    }
    ObjectNode stage = stages.addObject().put("apiId", apiId).put("stage", name);
    if (given.get("throttle") instanceof ObjectNode throttles && !throttles.isEmpty()) {
      ObjectNode methods = stage.putObject("throttle");
      for (Map.Entry<String, JsonNode> method : throttles.properties()) {
        if (method.getValue() instanceof ObjectNode limits) {
          methods.set(method.getKey(), throttle(new Input(limits)));
        }
      }
    }
  }

  private static ObjectNode throttle(Input sent) {
    return Json.object()
        .put("burstLimit", sent.json().path("burstLimit").asInt(0))
        .put("rateLimit", sent.json().path("rateLimit").asDouble(0));
  }

  private void checkMethodThrottles(List<ApiStage> before, UsagePlanRecord plan) {
    Map<String, Integer> counted =
        before.stream()
            .collect(Collectors.toMap(UsagePlanStages::name, UsagePlans::methodThrottles));
    for (ApiStage stage : plan.apiStages()) {
      String name = UsagePlanStages.name(stage);
      int count = methodThrottles(stage);
      if (count > counted.getOrDefault(name, 0)) {
        Optional<String> _ =
            environment
                .quotas()
                .check(
                    Quota.METHOD_THROTTLES,
                    "stage %s of usage plan %s".formatted(name, plan.id()),
                    count);
      }
    }
  }

  private static int methodThrottles(ApiStage stage) {
    return stage.throttle() == null ? 0 : stage.throttle().size();
  }

  private void put(RecordWriter records, String scope, UsagePlanRecord plan) {
    records.put(RecordTypes.USAGE_PLAN, scope, plan.id(), plan);
    environment.publisher().usagePlanChanged(records, scope, plan.id());
  }

  // AWS: source: KEY-10.
  static UsagePlanRecord find(RecordReader records, OperationCall call, String id) {
    return records
        .find(RecordTypes.USAGE_PLAN, call.caller().scope(), id)
        .orElseThrow(() -> ServiceException.notFound("Invalid Usage Plan ID specified"));
  }

  static UsagePlanRecord find(RecordReader records, OperationCall call) {
    return find(records, call, call.input().string("usagePlanId"));
  }

  public ObjectNode getUsagePlan(OperationCall call) {
    return environment.records().read(records -> UsageReply.usagePlanWithTags(find(records, call)));
  }

  // AWS: an API key that is not there is in no plan: assumed.
  public ObjectNode getUsagePlans(OperationCall call) {
    Page page = Page.v1(call.input());
    String scope = call.caller().scope();
    String keyId = call.input().stringOrNull("keyId");
    return environment
        .records()
        .read(
            records ->
                page.answer(
                    (after, limit) ->
                        keyId == null || keyId.isEmpty()
                            ? records.list(RecordTypes.USAGE_PLAN, scope, after, limit)
                            : ofKey(records, scope, keyId, new Matching.Batch(after, limit)),
                    UsagePlanRecord::id,
                    UsageReply::usagePlan));
  }

  private static List<UsagePlanRecord> ofKey(
      RecordReader records, String scope, String keyId, Matching.Batch asked) {
    return records
        .list(RecordTypes.API_KEY_PLAN, scope + "/" + keyId, asked.after(), asked.limit())
        .stream()
        .flatMap(plan -> records.find(RecordTypes.USAGE_PLAN, scope, plan.usagePlanId()).stream())
        .toList();
  }

  public ObjectNode updateUsagePlan(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              UsagePlanRecord before = find(records, call);
              UsagePlanRecord plan =
                  UsagePlanPatch.TABLE.changed(before, UsagePlanRecord.class, changes);
              UsagePlanRules.check(plan, before);
              checkAdded(records, call, before, plan);
              checkMethodThrottles(before.apiStages(), plan);
              put(records, call.caller().scope(), plan);
              return UsageReply.usagePlanWithTags(plan);
            });
  }

  private static void checkAdded(
      RecordReader records, OperationCall call, UsagePlanRecord before, UsagePlanRecord plan) {
    Set<String> known = UsagePlanStages.names(before);
    Set<String> added = new HashSet<>();
    for (ApiStage stage : plan.apiStages()) {
      String name = UsagePlanStages.name(stage);
      if (!known.contains(name)) {
        UsagePlanStages.checkThere(records, call.caller().scope(), stage);
        added.add(name);
      }
    }
    if (!added.isEmpty()) {
      UsagePlanStages.checkKeys(records, call.caller().scope(), plan.id(), added);
    }
  }

  public ObjectNode deleteUsagePlan(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              UsagePlanRecord plan = find(records, call);
              if (!plan.apiStages().isEmpty()) {
                // AWS: source: reported by users of AWS's clients.
                throw ServiceException.badRequest(
                    "Cannot delete Usage Plan %s because there are API Stages associated with it,"
                            .formatted(plan.id())
                        + " including "
                        + UsagePlanStages.name(plan.apiStages().getFirst()));
              }
              delete(records, call.caller().scope(), plan.id());
              return Reply.empty();
            });
  }

  // AWS: that a plan goes although it has API keys is assumed.
  private void delete(RecordWriter records, String scope, String planId) {
    String parent = scope + "/" + planId;
    Set<String> keys =
        records.list(RecordTypes.USAGE_PLAN_KEY, parent).stream()
            .map(UsagePlanKeyRecord::keyId)
            .collect(Collectors.toSet());
    keys.forEach(key -> records.delete(RecordTypes.API_KEY_PLAN, scope + "/" + key, planId));
    records.deleteAll(RecordTypes.USAGE_PLAN_KEY, parent);
    records.delete(RecordTypes.USAGE_PLAN, scope, planId);
    UsageRecords.deleteAll(records, scope, planId, environment.today().toEpochDay());
    if (!keys.isEmpty()) {
      environment.publisher().apiKeysChanged(records, scope, keys);
    }
    environment.publisher().usagePlanDeleted(records, scope, planId);
  }
}
