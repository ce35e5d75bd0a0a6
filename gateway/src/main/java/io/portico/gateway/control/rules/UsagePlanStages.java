package io.portico.gateway.control.rules;

import io.portico.gateway.control.Publisher;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.UsagePlanKeyRecord;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.model.UsagePlanRecord.ApiStage;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which stages usage plans open, and to whom. */
public final class UsagePlanStages {
  private UsagePlanStages() {}

  /** A stage as patches and refusals name it. */
  public static String name(ApiStage stage) {
    return stage.apiId() + ":" + stage.stage();
  }

  /** The names of a plan's stages. */
  public static Set<String> names(UsagePlanRecord plan) {
    return plan.apiStages().stream().map(UsagePlanStages::name).collect(Collectors.toSet());
  }

  /**
   * Whether a stage is there that a plan can open: of a REST or a WebSocket API.
   *
   * @throws ServiceException in AWS's words
   */
  // AWS: the text: reported by users of AWS's clients. HTTP APIs have no usage plans; source:
  // documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html.
  public static void checkThere(RecordReader records, String scope, ApiStage stage) {
    if (!isOfRestApi(records, scope, stage) && !isOfWebSocketApi(records, scope, stage)) {
      throw ServiceException.notFound("API Stage not found: " + name(stage));
    }
  }

  private static boolean isOfRestApi(RecordReader records, String scope, ApiStage stage) {
    return records.find(RecordTypes.REST_API, scope, stage.apiId()).isPresent()
        && records.find(RecordTypes.STAGE, stage.apiId(), stage.stage()).isPresent();
  }

  private static boolean isOfWebSocketApi(RecordReader records, String scope, ApiStage stage) {
    return records.find(V2RecordTypes.API, scope, stage.apiId()).stream()
            .anyMatch(api -> !api.isHttp())
        && records.find(V2RecordTypes.STAGE, stage.apiId(), stage.stage()).isPresent();
  }

  /**
   * Whether the keys of a plan are in no other plan of a stage that is added to it.
   *
   * @param added the stages' names
   */
  // AWS: an API key has one plan for a stage; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html.
  public static void checkKeys(
      RecordReader records, String scope, String planId, Set<String> added) {
    Set<String> own = null;
    for (UsagePlanRecord other : records.list(RecordTypes.USAGE_PLAN, scope)) {
      Set<String> shared = names(other);
      shared.retainAll(added);
      if (other.id().equals(planId) || shared.isEmpty()) {
        continue;
      }
      if (own == null) {
        own = keys(records, scope, planId);
      }
      for (String key : keys(records, scope, other.id())) {
        if (own.contains(key)) {
          throw conflict(planId, key, shared.iterator().next());
        }
      }
    }
  }

  /** Whether a key that is added to a plan has no other plan for one of its stages. */
  public static void checkKey(
      RecordReader records, String scope, UsagePlanRecord plan, String keyId) {
    Set<String> added = names(plan);
    for (UsagePlanKeyRecord each : records.list(RecordTypes.API_KEY_PLAN, scope + "/" + keyId)) {
      Set<String> shared =
          records
              .find(RecordTypes.USAGE_PLAN, scope, each.usagePlanId())
              .map(UsagePlanStages::names)
              .orElseGet(HashSet::new);
      shared.retainAll(added);
      if (!shared.isEmpty()) {
        throw conflict(plan.id(), keyId, shared.iterator().next());
      }
    }
  }

  private static Set<String> keys(RecordReader records, String scope, String planId) {
    return records.list(RecordTypes.USAGE_PLAN_KEY, scope + "/" + planId).stream()
        .map(UsagePlanKeyRecord::keyId)
        .collect(Collectors.toSet());
  }

  // AWS: the text is assumed.
  private static ServiceException conflict(String planId, String keyId, String stage) {
    return ServiceException.conflict(
        "Usage Plan %s cannot be added because API Key %s cannot reference multiple Usage Plans"
                .formatted(planId, keyId)
            + " with the same API stage: "
            + stage);
  }

  /**
   * Takes stages that are deleted out of all plans: one of the same name that is made later is
   * another.
   *
   * @param gone which stages these are
   */
  // AWS: plans forget a stage that is deleted; source: reported by users of Terraform.
  public static void forget(
      RecordWriter records, String scope, Publisher publisher, Predicate<ApiStage> gone) {
    for (UsagePlanRecord plan : records.list(RecordTypes.USAGE_PLAN, scope)) {
      List<ApiStage> left = plan.apiStages().stream().filter(gone.negate()).toList();
      if (left.size() < plan.apiStages().size()) {
        records.put(RecordTypes.USAGE_PLAN, scope, plan.id(), plan.withStages(left));
        publisher.usagePlanChanged(records, scope, plan.id());
      }
    }
  }
}
