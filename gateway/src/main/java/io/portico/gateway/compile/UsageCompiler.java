package io.portico.gateway.compile;

import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.MethodKey;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.model.UsagePlanRecord.ApiStage;
import io.portico.gateway.model.UsagePlanRecord.Quota;
import io.portico.gateway.model.UsagePlanRecord.Throttle;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.ThrottleLimit;
import io.portico.gateway.snapshot.UsagePlanSnapshot;
import io.portico.gateway.snapshot.UsageQuota;
import io.portico.gateway.snapshot.UsageQuota.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** API keys and usage plans to what the data plane asks for. */
public final class UsageCompiler {
  private UsageCompiler() {}

  /**
   * A key, or null where it opens nothing.
   *
   * @param usagePlans ids of the plans it is in
   */
  public static @Nullable ApiKeySnapshot compile(ApiKeyRecord key, List<String> usagePlans) {
    return key.enabled() && !usagePlans.isEmpty()
        // One text for a plan, whichever key names it: what each of very many keys holds alone
        // is most often not in the processor's cache.
        ? new ApiKeySnapshot(
            key.id(), key.value(), usagePlans.stream().map(String::intern).toList())
        : null;
  }

  /** A plan, whose settings are known to be valid. */
  public static UsagePlanSnapshot compile(UsagePlanRecord plan) {
    Map<String, Map<String, ThrottleLimit>> stages = new HashMap<>();
    for (ApiStage stage : plan.apiStages()) {
      stages.put(StageKey.of(stage.apiId(), stage.stage()), methods(stage.throttle()));
    }
    return new UsagePlanSnapshot(
        plan.id(),
        plan.throttle() == null ? null : limit(plan.throttle()),
        plan.quota() == null ? null : quota(plan.quota()),
        Map.copyOf(stages));
  }

  private static Map<String, ThrottleLimit> methods(@Nullable Map<String, Throttle> throttles) {
    Map<String, ThrottleLimit> methods = new HashMap<>();
    if (throttles != null) {
      throttles.forEach(
          (method, throttle) -> methods.put(MethodKey.canonical(method), limit(throttle)));
    }
    return Map.copyOf(methods);
  }

  private static UsageQuota quota(Quota quota) {
    return new UsageQuota(quota.limit(), quota.offset(), Period.valueOf(quota.period()));
  }

  private static ThrottleLimit limit(Throttle throttle) {
    return ThrottleLimit.of(throttle.rateLimit(), throttle.burstLimit());
  }
}
