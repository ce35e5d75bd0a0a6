package io.portico.gateway.control.v1;

import io.portico.gateway.compile.UsageCompiler;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.UsageDayRecord;
import io.portico.gateway.model.UsagePlanKeyRecord;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.snapshot.UsageQuota;
import io.portico.gateway.store.RecordReader;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What API keys have used of usage plans. */
public final class Usages {
  // AWS: this text is assumed, and that about a plan without a quota.
  private static final String INVALID_REMAINING =
      "Usage Plan remaining quota must be a whole number, not negative";

  // AWS: source: reported, https://github.com/boto/boto3/issues/2504: op add is refused, as of the
  // plan's own paths in this family.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_PATHS)
          .row(
              "replace",
              "/remaining",
              "requests that the key has left until the period ends",
              change -> change.record().put("remaining", change.integer(INVALID_REMAINING)))
          .build();

  private final V1Environment environment;

  Usages(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("GetUsage", this::getUsage).add("UpdateUsage", this::updateUsage);
  }

  /** Whose usage is asked for. */
  private record Asked(UsagePlanRecord plan, Page.Listed<UsagePlanKeyRecord> keys) {}

  // AWS: that keys are those in the plan now, whatever others have used, is assumed.
  public ObjectNode getUsage(OperationCall call) {
    Page page = Page.v1(call.input());
    LocalDate today = environment.today();
    Asked asked = environment.records().read(records -> asked(records, call, page));
    UsageDates dates = UsageDates.of(call.input(), today);
    ObjectNode values = Json.object();
    for (UsagePlanKeyRecord key : asked.keys().items()) {
      values.set(key.keyId(), log(call, asked.plan(), key.keyId(), dates, today));
    }
    return reply(asked.plan(), dates, asked.keys().token(), values);
  }

  private static Asked asked(RecordReader records, OperationCall call, Page page) {
    UsagePlanRecord plan = UsagePlans.find(records, call);
    String parent = call.caller().scope() + "/" + plan.id();
    String keyId = call.input().stringOrNull("keyId");
    return new Asked(
        plan,
        keyId == null || keyId.isEmpty()
            ? page.list(
                (after, limit) -> records.list(RecordTypes.USAGE_PLAN_KEY, parent, after, limit),
                UsagePlanKeyRecord::keyId)
            : new Page.Listed<>(List.of(find(records, parent, keyId)), null));
  }

  // AWS: source: reported, https://github.com/aws/aws-cli/issues/5344; of a key that is in another
  // plan only: assumed.
  private static UsagePlanKeyRecord find(RecordReader records, String parent, String keyId) {
    return records
        .find(RecordTypes.USAGE_PLAN_KEY, parent, keyId)
        .orElseThrow(() -> ServiceException.notFound("Invalid Key identifier specified"));
  }

  private JsonNode log(
      OperationCall call, UsagePlanRecord plan, String keyId, UsageDates dates, LocalDate today) {
    UsageQuota quota = UsageCompiler.compile(plan).quota();
    List<UsageDayRecord> days =
        environment
            .metering()
            .days(
                call.caller().scope(),
                plan.id(),
                keyId,
                UsageLog.firstDay(quota, dates.start()),
                dates.end().toEpochDay());
    return new UsageLog(quota, days, today).pairs(dates);
  }

  private static ObjectNode reply(
      UsagePlanRecord plan, UsageDates dates, @Nullable String position, ObjectNode values) {
    ObjectNode reply = Json.object().put("endDate", dates.end().toString());
    if (position != null) {
      reply.put("position", position);
    }
    reply.put("startDate", dates.start().toString()).put("usagePlanId", plan.id());
    reply.set("values", values);
    return reply;
  }

  // AWS: the period that is changed is the one that is now; source: documented, the example of the
  // CLI's update-usage. That the reply has today alone is assumed.
  public ObjectNode updateUsage(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    LocalDate today = environment.today();
    String scope = call.caller().scope();
    String keyId = call.input().string("keyId");
    UsagePlanRecord plan =
        environment
            .records()
            .read(
                records -> {
                  UsagePlanRecord found = UsagePlans.find(records, call);
                  UsagePlanKeyRecord _ = find(records, scope + "/" + found.id(), keyId);
                  return found;
                });
    JsonNode remaining = TABLE.apply(Json.object(), changes).get("remaining");
    if (remaining != null) {
      UsageQuota quota = UsageCompiler.compile(plan).quota();
      if (quota == null) {
        throw ServiceException.badRequest("Usage Plan %s has no quota".formatted(plan.id()));
      }
      if (remaining.asInt() < 0) {
        throw ServiceException.badRequest(INVALID_REMAINING);
      }
      environment
          .metering()
          .leave(scope, plan.id(), keyId, quota, today.toEpochDay(), remaining.asInt());
    }
    UsageDates dates = new UsageDates(today, today);
    ObjectNode values = Json.object();
    values.set(keyId, log(call, plan, keyId, dates, today));
    return reply(plan, dates, null, values);
  }
}
