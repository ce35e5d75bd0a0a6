package io.portico.gateway.control.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.protocol.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatesTest {
  private static final List<Quota> DEPLOYMENT =
      List.of(Quota.CREATE_DEPLOYMENT_RATE, Quota.TOTAL_RATE);
  private static final List<Quota> OTHER = List.of(Quota.TOTAL_RATE);
  private static final List<Quota> DOMAIN_NAME = List.of(Quota.CREATE_DOMAIN_NAME_RATE);
  private static final String SCOPE = "111122223333/eu-west-1";

  private final List<String> warnings = new ArrayList<>();
  private long nanos = -7;

  private Rates with(QuotaMode mode) {
    return with(mode, Map.of());
  }

  private Rates with(QuotaMode mode, Map<Quota, QuotaSetting> others) {
    Quotas quotas =
        Quotas.of(
            new QuotaModes(QuotaMode.WARN, QuotaMode.ENFORCE, mode),
            others,
            () -> Instant.EPOCH.plusNanos(nanos),
            warnings::add);
    return new Rates(quotas, () -> nanos);
  }

  private void later(long millis) {
    nanos += Duration.ofMillis(millis).toNanos();
  }

  private static int admitted(Rates rates, List<Quota> of, String scope, int asked) {
    int admitted = 0;
    for (int i = 0; i < asked; i++) {
      if (refusal(rates, of, scope) == null) {
        admitted++;
      }
    }
    return admitted;
  }

  private static ServiceException refusal(Rates rates, List<Quota> of, String scope) {
    return catchThrowableOfType(ServiceException.class, () -> rates.admit(of, scope));
  }

  @Test
  void aSecondDeploymentInFiveSecondsIsRefused() {
    Rates rates = with(QuotaMode.ENFORCE);
    rates.admit(DEPLOYMENT, SCOPE);
    later(4_999);

    ServiceException refusal = refusal(rates, DEPLOYMENT, SCOPE);
    later(1);
    rates.admit(DEPLOYMENT, SCOPE);

    assertThat(refusal.code()).isEqualTo("TooManyRequestsException");
    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.text()).isEqualTo("Too Many Requests");
  }

  @Test
  void everyAccountAndRegionHasBucketsOfItsOwn() {
    Rates rates = with(QuotaMode.ENFORCE);
    rates.admit(DEPLOYMENT, SCOPE);

    assertThatCode(() -> rates.admit(DEPLOYMENT, "111122223333/us-east-1"))
        .doesNotThrowAnyException();
    assertThat(refusal(rates, DEPLOYMENT, SCOPE)).isNotNull();
  }

  @Test
  void severalRequestsInAPeriodComeAtOnceOrEvenly() {
    Rates rates = with(QuotaMode.ENFORCE);
    List<Quota> resources = List.of(Quota.GET_RESOURCES_RATE);

    assertThat(admitted(rates, resources, SCOPE, 9)).isEqualTo(5);
    later(399);
    assertThat(admitted(rates, resources, SCOPE, 9)).isZero();
    later(1);
    assertThat(admitted(rates, resources, SCOPE, 9)).isEqualTo(1);
    later(60_000);
    assertThat(admitted(rates, resources, SCOPE, 9)).isEqualTo(5);
  }

  @Test
  void allOperationsTogetherHaveABurstOfForty() {
    Rates rates = with(QuotaMode.ENFORCE);

    assertThat(admitted(rates, OTHER, SCOPE, 100)).isEqualTo(40);
    later(1_000);
    assertThat(admitted(rates, OTHER, SCOPE, 100)).isEqualTo(10);
  }

  @Test
  void whatOneRateRefusesTakesNothingOfTheOther() {
    Rates rates = with(QuotaMode.ENFORCE);
    rates.admit(DEPLOYMENT, SCOPE);

    assertThat(admitted(rates, DEPLOYMENT, SCOPE, 30)).isZero();
    assertThat(admitted(rates, OTHER, SCOPE, 100)).isEqualTo(39);
    later(5_000);
    assertThat(admitted(rates, OTHER, SCOPE, 100)).isEqualTo(40);
    assertThat(refusal(rates, DEPLOYMENT, SCOPE)).isNotNull();
    later(100);
    assertThat(refusal(rates, DEPLOYMENT, SCOPE)).isNull();
  }

  @Test
  void whatWarnsIsToldOfOnceAMinute() {
    Rates rates = with(QuotaMode.WARN);

    assertThat(admitted(rates, DEPLOYMENT, SCOPE, 4)).isEqualTo(4);

    assertThat(warnings)
        .containsExactly(
            "AWS would refuse this: 111122223333/eu-west-1: CreateDeployment: more than 1 in 5 s"
                + " (quotas.of: create-deployment-rate=enforce refuses it here, too;"
                + " create-deployment-rate=off says nothing)");
  }

  @Test
  void whatIsOffCountsNothing() {
    Rates rates = with(QuotaMode.OFF);

    assertThat(admitted(rates, DEPLOYMENT, SCOPE, 100)).isEqualTo(100);
    assertThat(rates.size()).isZero();
  }

  @Test
  void aRateIsSetToAnotherNumber() {
    Rates rates =
        with(
            QuotaMode.OFF,
            Map.of(
                Quota.CREATE_DEPLOYMENT_RATE,
                new QuotaSetting(3, QuotaMode.ENFORCE),
                Quota.DELETE_API_RATE,
                new QuotaSetting(0, QuotaMode.ENFORCE)));

    assertThat(admitted(rates, DEPLOYMENT, SCOPE, 9)).isEqualTo(3);
    assertThat(admitted(rates, List.of(Quota.DELETE_API_RATE), SCOPE, 9)).isZero();
  }

  @Test
  void fullBucketsAreDropped() {
    Rates rates = with(QuotaMode.ENFORCE);
    for (int i = 0; i < 9_999; i++) {
      rates.admit(OTHER, "1/" + i);
    }
    later(1_000);

    rates.admit(OTHER, "1/last");

    assertThat(rates.size()).isEqualTo(1);
  }

  @Test
  void beyondTheirMostTheLeastRecentlyUsedOnesAreFullAgain() {
    Rates rates = with(QuotaMode.ENFORCE);
    rates.admit(DOMAIN_NAME, "1/first");
    rates.admit(DOMAIN_NAME, "1/second");
    for (int i = 2; i < Rates.MOST; i++) {
      rates.admit(DOMAIN_NAME, "1/" + i);
    }
    assertThat(refusal(rates, DOMAIN_NAME, "1/first")).isNotNull();

    rates.admit(DOMAIN_NAME, "1/one more");

    assertThat(rates.size()).isEqualTo(Rates.MOST);
    assertThat(refusal(rates, DOMAIN_NAME, "1/second")).isNotNull();
    assertThat(refusal(rates, DOMAIN_NAME, "1/first")).isNull();
  }

  @Test
  void whoTakesATokenIsForgottenLater() {
    Rates rates = with(QuotaMode.ENFORCE);
    rates.admit(OTHER, "1/first");
    rates.admit(OTHER, "1/second");
    rates.admit(OTHER, "1/first");
    for (int i = 2; i <= Rates.MOST; i++) {
      rates.admit(OTHER, "1/" + i);
    }

    assertThat(admitted(rates, OTHER, "1/first", 100)).isEqualTo(38);
    assertThat(admitted(rates, OTHER, "1/second", 100)).isEqualTo(40);
  }
}
