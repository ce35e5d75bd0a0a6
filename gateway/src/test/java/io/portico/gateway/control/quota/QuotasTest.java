package io.portico.gateway.control.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.protocol.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final String TEXT =
      "Maximum number of Stages for this API has been reached.  Please contact AWS if you need"
          + " additional Stages.";

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  private Quotas with(QuotaMode mode) {
    return Quotas.of(
        QuotaModes.STANDARD, Map.of(Quota.STAGES, new QuotaSetting(2, mode)), () -> now);
  }

  @Test
  void oneBeyondAnEnforcedQuotaIsRefusedInAwsWords() {
    Quotas quotas = with(QuotaMode.ENFORCE);

    assertThat(quotas.check(Quota.STAGES, "API a", 2)).isEmpty();
    ServiceException refusal =
        catchThrowableOfType(ServiceException.class, () -> quotas.check(Quota.STAGES, "API a", 3));

    assertThat(refusal.code()).isEqualTo("LimitExceededException");
    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.text()).isEqualTo(TEXT);
  }

  @Test
  void oneBeyondAQuotaThatWarnsIsTakenAndToldOf() {
    Quotas quotas = with(QuotaMode.WARN);

    assertThat(quotas.check(Quota.STAGES, "API a", 2)).isEmpty();
    assertThat(quotas.check(Quota.STAGES, "API a", 3)).contains(TEXT);
  }

  @Test
  void aQuotaThatIsOffSaysNothingAndCountsNothing() {
    Quotas quotas = with(QuotaMode.OFF);

    assertThat(quotas.check(Quota.STAGES, "API a", 3)).isEmpty();
    quotas.check(
        Quota.STAGES,
        "API a",
        () -> {
          throw new AssertionError("counted");
        });
  }

  @Test
  void whoWasWarnedIsNotCountedForAMinute() {
    Quotas quotas = with(QuotaMode.WARN);
    AtomicInteger counted = new AtomicInteger();

    quotas.check(Quota.STAGES, "API a", () -> 2 + counted.incrementAndGet());
    quotas.check(Quota.STAGES, "API a", () -> 2 + counted.incrementAndGet());
    assertThat(counted).hasValue(1);
    quotas.check(Quota.STAGES, "API b", () -> 2 + counted.incrementAndGet());
    assertThat(counted).hasValue(2);

    now = now.plus(Duration.ofMinutes(1));
    quotas.check(Quota.STAGES, "API a", () -> 2 + counted.incrementAndGet());
    assertThat(counted).hasValue(3);
  }

  @Test
  void aValueBeyondItsQuotaIsRefusedOrTaken() {
    Quotas enforced = Quotas.standard(() -> now);
    Quotas warning =
        Quotas.of(
            new QuotaModes(QuotaMode.WARN, QuotaMode.WARN, QuotaMode.OFF), Map.of(), () -> now);

    assertThat(enforced.value(Quota.POLICY_LENGTH, "The policy", 8192)).isEmpty();
    ServiceException refusal =
        catchThrowableOfType(
            ServiceException.class, () -> enforced.value(Quota.POLICY_LENGTH, "The policy", 8193));
    assertThat(warning.value(Quota.POLICY_LENGTH, "The policy", 8193)).contains(refusal.text());

    assertThat(refusal.code()).isEqualTo("BadRequestException");
    assertThat(refusal.text()).isEqualTo("The policy exceeds the limit of 8192 characters");
  }

  @Test
  void quotasThatCountWarnAndThoseOfValuesAreEnforcedByDefault() {
    Quotas quotas = Quotas.standard(() -> now);

    assertThat(quotas.setting(Quota.RESOURCES)).isEqualTo(new QuotaSetting(300, QuotaMode.WARN));
    assertThat(quotas.setting(Quota.INTEGRATION_TIMEOUT))
        .isEqualTo(new QuotaSetting(29_000, QuotaMode.ENFORCE));
  }
}
