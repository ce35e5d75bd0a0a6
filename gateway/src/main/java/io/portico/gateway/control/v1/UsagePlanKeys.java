package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.Matching;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.rules.UsagePlanStages;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.UsagePlanKeyRecord;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The API keys of usage plans. */
public final class UsagePlanKeys {
  private static final String API_KEY = "API_KEY";

  private final V1Environment environment;

  UsagePlanKeys(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateUsagePlanKey", this::createUsagePlanKey)
        .add("GetUsagePlanKey", this::getUsagePlanKey)
        .add("GetUsagePlanKeys", this::getUsagePlanKeys)
        .add("DeleteUsagePlanKey", this::deleteUsagePlanKey);
  }

  // AWS: the texts are assumed.
  public ObjectNode createUsagePlanKey(OperationCall call) {
    if (!call.input().string("keyType").equals(API_KEY)) {
      throw ServiceException.badRequest(
          "Invalid Usage Plan Key type specified. Must be one of: [" + API_KEY + "]");
    }
    return environment
        .records()
        .write(
            records -> {
              String scope = call.caller().scope();
              UsagePlanRecord plan = UsagePlans.find(records, call);
              ApiKeyRecord key = ApiKeys.find(records, call, call.input().string("keyId"));
              String parent = scope + "/" + plan.id();
              if (records.find(RecordTypes.USAGE_PLAN_KEY, parent, key.id()).isPresent()) {
                throw ServiceException.conflict(
                    "API Key %s is already in Usage Plan %s".formatted(key.id(), plan.id()));
              }
              UsagePlanStages.checkKey(records, scope, plan, key.id());
              UsagePlanKeyRecord added = new UsagePlanKeyRecord(plan.id(), key.id());
              records.put(RecordTypes.USAGE_PLAN_KEY, parent, key.id(), added);
              String plansOfKey = scope + "/" + key.id();
              records.put(RecordTypes.API_KEY_PLAN, plansOfKey, plan.id(), added);
              environment
                  .quotas()
                  .check(
                      Quota.USAGE_PLANS_OF_KEY,
                      "API key " + key.id(),
                      () -> records.count(RecordTypes.API_KEY_PLAN, plansOfKey));
              environment.publisher().apiKeysChanged(records, scope, List.of(key.id()));
              return UsageReply.usagePlanKey(key, true);
            });
  }

  /** The key that a call names, which must be in the plan that it names. */
  private static ApiKeyRecord find(RecordReader records, OperationCall call) {
    UsagePlanRecord plan = UsagePlans.find(records, call);
    ApiKeyRecord key = ApiKeys.find(records, call, call.input().string("keyId"));
    if (records
        .find(RecordTypes.USAGE_PLAN_KEY, call.caller().scope() + "/" + plan.id(), key.id())
        .isEmpty()) {
      // AWS: the text is assumed.
      throw ServiceException.notFound("Invalid Usage Plan Key identifier specified");
    }
    return key;
  }

  // AWS: that this and the list reply the value is assumed: their shape has one, and no member asks
  // for it.
  public ObjectNode getUsagePlanKey(OperationCall call) {
    return environment
        .records()
        .read(records -> UsageReply.usagePlanKey(find(records, call), true));
  }

  // AWS: that a name is looked for by its beginning is assumed.
  public ObjectNode getUsagePlanKeys(OperationCall call) {
    Page page = Page.v1(call.input());
    String name = call.input().stringOrNull("nameQuery");
    return environment
        .records()
        .read(
            records -> {
              String scope = call.caller().scope();
              String parent = scope + "/" + UsagePlans.find(records, call).id();
              return page.answer(
                  (after, limit) ->
                      Matching.list(
                          batch -> keys(records, scope, parent, batch),
                          ApiKeyRecord::id,
                          key ->
                              name == null || (key.name() != null && key.name().startsWith(name)),
                          new Matching.Batch(after, limit)),
                  ApiKeyRecord::id,
                  key -> UsageReply.usagePlanKey(key, true));
            });
  }

  private static List<ApiKeyRecord> keys(
      RecordReader records, String scope, String parent, Matching.Batch batch) {
    return records.list(RecordTypes.USAGE_PLAN_KEY, parent, batch.after(), batch.limit()).stream()
        .map(each -> key(records, scope, each.keyId()))
        .toList();
  }

  private static ApiKeyRecord key(RecordReader records, String scope, String keyId) {
    return records
        .find(RecordTypes.API_KEY, scope, keyId)
        .orElseThrow(() -> new IllegalStateException("a usage plan has no API key " + keyId));
  }

  public ObjectNode deleteUsagePlanKey(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              String scope = call.caller().scope();
              ApiKeyRecord key = find(records, call);
              String planId = call.input().string("usagePlanId");
              records.delete(RecordTypes.USAGE_PLAN_KEY, scope + "/" + planId, key.id());
              records.delete(RecordTypes.API_KEY_PLAN, scope + "/" + key.id(), planId);
              environment.publisher().apiKeysChanged(records, scope, List.of(key.id()));
              return Reply.empty();
            });
  }
}
