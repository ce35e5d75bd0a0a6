package io.portico.gateway.control.v1;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.QuotaMode;
import io.portico.gateway.control.quota.QuotaModes;
import io.portico.gateway.control.quota.QuotaSetting;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.v1.QuotaCases.Act;
import io.portico.gateway.control.v1.QuotaCases.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table, exceeded by every operation that can. */
class QuotaTableTest {
  private final List<String> warnings = new ArrayList<>();

  private TestControlPlane with(Quota quota, long limit, QuotaMode mode) {
    return new TestControlPlane(
        Quotas.of(
            QuotaModes.STANDARD,
            Map.of(quota, new QuotaSetting(limit, mode)),
            TestControlPlane.CLOCK,
            warnings::add));
  }

  static Stream<Quota> ofConfiguration() {
    return Stream.of(Quota.values()).filter(quota -> QuotaCases.of(quota) != null);
  }

  @ParameterizedTest
  @MethodSource("ofConfiguration")
  void whatIsEnforcedIsRefusedAndNothingOfItStays(Quota quota) {
    Case exceeding = requireNonNull(QuotaCases.of(quota));
    for (Act beyond : exceeding.beyond()) {
      TestControlPlane control = with(quota, exceeding.limit(), QuotaMode.ENFORCE);
      QuotaScene scene = new QuotaScene(control);
      exceeding.within().in(scene);
      Object before = control.store.state();

      ServiceException refusal =
          catchThrowableOfType(ServiceException.class, () -> beyond.in(scene));

      assertThat(refusal).as("%s: %s", quota, number(exceeding, beyond)).isNotNull();
      assertThat(refusal.text()).contains(exceeding.refusal());
      boolean counts = quota.kind() == Quota.Kind.COUNT;
      assertThat(refusal.code())
          .isEqualTo(counts ? "LimitExceededException" : "BadRequestException");
      assertThat(refusal.status()).isEqualTo(counts ? 429 : 400);
      assertThat(control.store.state()).isSameAs(before);
    }
  }

  @ParameterizedTest
  @MethodSource("ofConfiguration")
  void whatWarnsIsCarriedOutAndToldOf(Quota quota) {
    Case exceeding = requireNonNull(QuotaCases.of(quota));
    for (Act beyond : exceeding.beyond()) {
      warnings.clear();
      QuotaScene scene = new QuotaScene(with(quota, exceeding.limit(), QuotaMode.WARN));
      exceeding.within().in(scene);
      assertThat(warnings).as("%s within", quota).isEmpty();

      beyond.in(scene);

      assertThat(warnings)
          .as("%s: %s", quota, number(exceeding, beyond))
          .isNotEmpty()
          .allMatch(warning -> warning.contains(quota.key() + "=enforce"));
    }
  }

  @ParameterizedTest
  @MethodSource("ofConfiguration")
  void whatIsOffIsCarriedOutWithoutAWord(Quota quota) {
    Case exceeding = requireNonNull(QuotaCases.of(quota));
    QuotaScene scene = new QuotaScene(with(quota, exceeding.limit(), QuotaMode.OFF));
    exceeding.within().in(scene);

    exceeding.beyond().getFirst().in(scene);

    assertThat(warnings).isEmpty();
  }

  private static String number(Case exceeding, Act beyond) {
    return "call " + exceeding.beyond().indexOf(beyond);
  }
}
