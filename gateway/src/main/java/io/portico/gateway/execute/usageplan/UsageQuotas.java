package io.portico.gateway.execute.usageplan;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.MatchedCall;
import io.portico.gateway.execute.usage.MeteredKey;
import io.portico.gateway.execute.usage.UsageMeters;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.UsagePlanSnapshot;
import io.portico.gateway.snapshot.UsageQuota;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The <b>quotas of usage plans</b>: has the caller's API key a request left in the plan's period?
 * Counts the request, with or without a quota. Runs behind everything that may refuse a request
 * before it is the method's.
 *
 * <p>AWS: what is throttled, or refused for who calls or what is called, is not counted; what is
 * answered with a backend's error is. Source: reported, AWS's support by
 * https://dev.classmethod.jp/articles/tsnote-api-gateway-why-is-there-a-difference-between-api-gateways-count-and-usage-plan-usage-values-en.
 * That a request which a validator refuses is counted is assumed.
 *
 * <p>AWS admits requests whose usage cannot be found out (documented, "Usage Plan check failed due
 * to an internal error"). Here they are refused: a quota that is not enforced would be one that is
 * more open than it says.
 *
 * <p>Faults: {@code QUOTA_EXCEEDED}; {@code API_CONFIGURATION_ERROR} where usage cannot be kept.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html">Usage
 *     plans and API keys</a>
 */
public final class UsageQuotas {
  /** For a store that is busy, in all; a store that fails says so at once. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final UsageMeters usage;

  public UsageQuotas(UsageMeters usage) {
    this.usage = usage;
  }

  public void admit(Caller caller, MatchedCall match) {
    ApiKeySnapshot key = caller.apiKey();
    UsagePlanSnapshot plan = caller.usagePlan();
    if (key == null || plan == null) {
      return;
    }
    UsageQuota quota = plan.quota();
    match.invocation().observations().trail().metered();
    switch (usage.admit(
        new MeteredKey(match.stage().scope(), plan.id(), key.id()),
        quota,
        UsageMeters.day(match.invocation().time().getEpochSecond()),
        PATIENCE,
        match.invocation().deadlineNanos())) {
      case ADMITTED -> {}
      case EXHAUSTED ->
          throw new GatewayFault(GatewayResponseType.QUOTA_EXCEEDED, FaultCause.QUOTA_EXHAUSTED)
              .because(exhausted(plan, quota, key));
      case UNKNOWN ->
          throw new GatewayFault(
                  GatewayResponseType.API_CONFIGURATION_ERROR, FaultCause.USAGE_NOT_KEPT)
              .because("the usage of API key %s cannot be kept".formatted(key.id()));
    }
  }

  private static String exhausted(
      UsagePlanSnapshot plan, @Nullable UsageQuota quota, ApiKeySnapshot key) {
    return "API key %s: quota exhausted for usage plan %s: %s"
        .formatted(key.id(), plan.id(), quota);
  }
}
