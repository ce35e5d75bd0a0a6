package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.object;
import static io.portico.gateway.control.patch.PatchEdits.requiredText;
import static io.portico.gateway.control.patch.PatchEdits.text;

import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchEdit;
import io.portico.gateway.control.patch.PatchEdits;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What UpdateUsagePlan can change. */
final class UsagePlanPatch {
  private static final Set<String> LIMITS = Set.of("rateLimit", "burstLimit");
  private static final String STAGE_THROTTLE = "/apiStages/{apidId:stageName}/throttle";
  private static final String METHOD_THROTTLE = STAGE_THROTTLE + "/{resourcePath+}/{httpMethod}";

  // AWS: the paths and ops, source: documented, patch operations. The order in which a refusal
  // names those of op remove: reported by users of AWS's clients; of the others: assumed.
  static final PatchTable TABLE =
      PatchTable.refusing(new UsagePlanRefusal())
          .row("replace", "/name", "the name", requiredText("name", UsagePlanRules.NO_NAME))
          .row("replace", "/description", "any text; empty unsets", text("description"))
          .row("add remove", "/apiStages", "{api}:{stage}", UsagePlanPatch::apiStage)
          .row("remove", "/quota", "none", change -> change.record().remove("quota"))
          .row("add replace", "/quota/limit", "requests in a period", quota("limit"))
          .row(
              "add replace",
              "/quota/offset",
              "the day on which a period starts: 0 of a DAY, 0 (Sunday) to 6 of a WEEK, 0 (the"
                  + " first) to 27 of a MONTH",
              quota("offset"))
          .row("add replace", "/quota/period", "DAY, WEEK or MONTH", UsagePlanPatch::period)
          .row("remove", "/throttle", "none", change -> change.record().remove("throttle"))
          .row(
              "add replace",
              "/throttle/burstLimit",
              "requests at once, of each API key",
              change -> burst(change, throttle(change)))
          .row(
              "add replace",
              "/throttle/rateLimit",
              "requests per second, of each API key",
              change -> rate(change, throttle(change)))
          .row("add replace remove", "/productCode", "any text; empty unsets", text("productCode"))
          .row(
              "add replace",
              METHOD_THROTTLE + "/rateLimit",
              "requests per second to the method, of each API key",
              change -> rate(change, methodThrottle(change)))
          .row(
              "add replace",
              METHOD_THROTTLE + "/burstLimit",
              "requests at once to the method, of each API key",
              change -> burst(change, methodThrottle(change)))
          .row("remove", METHOD_THROTTLE, "none", UsagePlanPatch::removeMethodThrottle)
          .row(
              "add replace remove",
              STAGE_THROTTLE,
              "the throttles of its methods, as JSON:"
                  + " {\"/pets/GET\": {\"rateLimit\": 1, \"burstLimit\": 1}}",
              UsagePlanPatch::stageThrottle)
          .build();

  private UsagePlanPatch() {}

  // AWS: only what stands before and behind the first colon counts; source: reported by users of
  // AWS's clients. A stage that is there already stays as it is: assumed.
  private static void apiStage(PatchChange change) {
    StageName name = StageName.of(change.text());
    ArrayNode stages = PatchEdits.array(change.record(), "apiStages");
    int index = index(stages, name);
    if (change.removes()) {
      if (index < 0) {
        throw name.notInPlan(change);
      }
      stages.remove(index);
    } else if (index < 0) {
      stages.addObject().put("apiId", name.apiId()).put("stage", name.stage());
    }
  }

  private static int index(ArrayNode stages, StageName name) {
    for (int i = 0; i < stages.size(); i++) {
      JsonNode stage = stages.get(i);
      if (stage.path("apiId").asString("").equals(name.apiId())
          && stage.path("stage").asString("").equals(name.stage())) {
        return i;
      }
    }
    return -1;
  }

  /** A stage as {@code api:stage} names it. */
  private record StageName(String apiId, String stage) {

    // AWS: source: KEY-10.
    static StageName of(String text) {
      String[] parts = text.split(":", -1);
      if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
        throw ServiceException.badRequest("Invalid API Stage specified");
      }
      return new StageName(parts[0], parts[1]);
    }

    // AWS: source: KEY-10.
    ServiceException notInPlan(PatchChange change) {
      return ServiceException.notFound(
          "Invalid API Stage {api: %s, stage: %s} specified for usageplan %s"
              .formatted(apiId, stage, change.record().path("id").asString("")));
    }
  }

  private static ObjectNode stage(PatchChange change) {
    StageName name = StageName.of(change.name("apidId:stageName"));
    ArrayNode stages = PatchEdits.array(change.record(), "apiStages");
    int index = index(stages, name);
    if (index < 0 || !(stages.get(index) instanceof ObjectNode stage)) {
      throw name.notInPlan(change);
    }
    return stage;
  }

  private static String method(PatchChange change) {
    return change.name("resourcePath") + "/" + change.name("httpMethod");
  }

  // AWS: replace creates what is not there; source: documented, "add or replace a rate limit", and
  // KEY-09.
  private static ObjectNode methodThrottle(PatchChange change) {
    return limits(object(stage(change), "throttle"), method(change));
  }

  private static ObjectNode throttle(PatchChange change) {
    return limits(change.record(), "throttle");
  }

  // AWS: the other limit is zero until it is set; source: inferred, its model's numbers are none
  // that can be absent.
  private static ObjectNode limits(ObjectNode parent, String member) {
    if (parent.get(member) instanceof ObjectNode present) {
      return present;
    }
    return parent.putObject(member).put("burstLimit", 0).put("rateLimit", 0.0);
  }

  private static void burst(PatchChange change, ObjectNode limits) {
    limits.put("burstLimit", change.integer(UsagePlanRules.INVALID_BURST));
  }

  private static void rate(PatchChange change, ObjectNode limits) {
    limits.put("rateLimit", change.number(UsagePlanRules.INVALID_RATE));
  }

  // AWS: that one which is not there can be removed is assumed.
  private static void removeMethodThrottle(PatchChange change) {
    // One limit of a throttle cannot be removed.
    if (LIMITS.contains(change.name("httpMethod"))) {
      throw new UsagePlanRefusal().unknownPath(change.operation(), TABLE);
    }
    ObjectNode stage = stage(change);
    if (stage.get("throttle") instanceof ObjectNode throttles) {
      throttles.remove(method(change));
      dropEmpty(stage, throttles);
    }
  }

  private static void stageThrottle(PatchChange change) {
    ObjectNode stage = stage(change);
    stage.remove("throttle");
    if (change.removes()) {
      return;
    }
    ObjectNode throttles = stage.putObject("throttle");
    for (Map.Entry<String, JsonNode> method :
        change.json(UsagePlanPatch::invalidThrottles).properties()) {
      ObjectNode limits = limits(throttles, method.getKey());
      JsonNode burst = method.getValue().path("burstLimit");
      JsonNode rate = method.getValue().path("rateLimit");
      if (!method.getValue().isObject()
          || !(burst.isMissingNode() || burst.isInt())
          || !(rate.isMissingNode() || rate.isNumber())) {
        throw invalidThrottles();
      }
      limits.put("burstLimit", burst.asInt(0)).put("rateLimit", rate.asDouble(0));
    }
    dropEmpty(stage, throttles);
  }

  private static void dropEmpty(ObjectNode stage, ObjectNode throttles) {
    if (throttles.isEmpty()) {
      stage.remove("throttle");
    }
  }

  // AWS: the text is assumed.
  private static ServiceException invalidThrottles() {
    return ServiceException.badRequest("Invalid throttle settings specified");
  }

  // AWS: source: KEY-09.
  private static PatchEdit quota(String member) {
    return change ->
        quota(change.record()).put(member, change.integer(UsagePlanRules.invalidQuota(member)));
  }

  private static void period(PatchChange change) {
    quota(change.record()).put("period", change.text());
  }

  private static ObjectNode quota(ObjectNode plan) {
    return plan.get("quota") instanceof ObjectNode present
        ? present
        : plan.putObject("quota").put("limit", 0).put("offset", 0).put("period", "");
  }
}
