package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.model.UsagePlanRecord.ApiStage;
import io.portico.gateway.model.UsagePlanRecord.Quota;
import io.portico.gateway.model.UsagePlanRecord.Throttle;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a usage plan may be and refer to. */
final class UsagePlanRules {
  // AWS: these texts are assumed.
  static final String NO_NAME = "Usage Plan name cannot be empty";
  static final String INVALID_BURST = "Usage Plan burst limit must be a whole number, not negative";
  static final String INVALID_RATE = "Usage Plan rate limit must be a number, not negative";

  private static final Map<String, Integer> GREATEST_OFFSETS =
      Map.of("DAY", 0, "WEEK", 6, "MONTH", 27);

  private UsagePlanRules() {}

  static String invalidQuota(String member) {
    return "Usage Plan quota " + member + " must be a whole number";
  }

  /**
   * Whether all that the plan holds is valid; its stages are checked where they are added.
   *
   * @param before what it replaces, or null
   */
  static void check(UsagePlanRecord plan, @Nullable UsagePlanRecord before) {
    checkThrottle(plan.throttle());
    for (ApiStage stage : plan.apiStages()) {
      if (stage.throttle() != null) {
        stage.throttle().values().forEach(UsagePlanRules::checkThrottle);
        if (!isKept(stage, before)) {
          checkPlanHasThrottle(plan);
        }
      }
    }
    Quota quota = plan.quota();
    if (quota != null) {
      checkQuota(quota);
    }
  }

  /** Whether a stage was in the plan as it is, and the plan without a throttle as it may be now. */
  private static boolean isKept(ApiStage stage, @Nullable UsagePlanRecord before) {
    return before != null && before.throttle() == null && before.apiStages().contains(stage);
  }

  // AWS: source: reported by users of AWS's clients, https://github.com/aws/aws-cdk/pull/6411, of
  // plans that are made. That what an update leaves behind is held to it, too, is assumed.
  private static void checkPlanHasThrottle(UsagePlanRecord plan) {
    if (plan.throttle() == null) {
      throw ServiceException.badRequest(
          "Can not define fine grain throttling if usage plan throttle is not defined.");
    }
  }

  private static void checkThrottle(@Nullable Throttle throttle) {
    if (throttle == null) {
      return;
    }
    if (throttle.burstLimit() < 0) {
      throw ServiceException.badRequest(INVALID_BURST);
    }
    if (!(throttle.rateLimit() >= 0 && Double.isFinite(throttle.rateLimit()))) {
      throw ServiceException.badRequest(INVALID_RATE);
    }
  }

  // AWS: the offsets that are allowed, in the words of the Terraform provider; the other texts are
  // assumed.
  private static void checkQuota(Quota quota) {
    Integer greatest = GREATEST_OFFSETS.get(quota.period());
    if (greatest == null) {
      throw ServiceException.badRequest(
          "Usage Plan quota period must be one of: [DAY, WEEK, MONTH]");
    }
    if (quota.limit() < 0) {
      throw ServiceException.badRequest("Usage Plan quota limit must not be negative");
    }
    if (quota.offset() < 0 || quota.offset() > greatest) {
      throw ServiceException.badRequest(
          greatest == 0
              ? "Usage Plan quota offset must be zero in the DAY period"
              : "Usage Plan quota offset must be between 0 and %d inclusive in the %s period"
                  .formatted(greatest, quota.period()));
    }
  }
}
