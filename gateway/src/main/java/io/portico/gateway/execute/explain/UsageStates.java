package io.portico.gateway.execute.explain;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.usage.MeteredKey;
import io.portico.gateway.execute.usage.UsageMeters;
import io.portico.gateway.execute.usage.UsedDay;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.UsagePlanSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What the caller's API key has used of its quota, and what is left, as its call is answered: as
 * far as memory has it, so that no store is asked for an explanation.
 */
final class UsageStates {
  private final UsageMeters usage;

  UsageStates(UsageMeters usage) {
    this.usage = usage;
  }

  /** Null where it was not asked for, and where there is no quota. */
  @Nullable UsedDay of(Invocation invocation) {
    Caller caller = invocation.observations().caller();
    ApiKeySnapshot key = caller.apiKey();
    UsagePlanSnapshot plan = caller.usagePlan();
    return key == null || plan == null || !invocation.observations().trail().wasMetered()
        ? null
        : usage.today(new MeteredKey(invocation.stage().scope(), plan.id(), key.id()));
  }
}
