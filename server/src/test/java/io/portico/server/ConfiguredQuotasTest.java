package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.QuotaMode;
import io.portico.gateway.control.quota.QuotaSetting;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CallLimits.Bound;
import io.portico.server.config.ConfigException;
import io.portico.server.config.ConfigLoader;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredQuotasTest {
  private static Quotas of(String others) {
    return with(Map.of("PORTICO_QUOTAS_OF", others));
  }

  private static Quotas with(Map<String, String> environment) {
    return ConfiguredQuotas.of(
        new ConfigLoader().load(null, environment, Map.of()).config().quotas(),
        InstantSource.system());
  }

  @Test
  void aQuotaIsSetToANumberOrAModeOrBoth() {
    Quotas quotas = of("resources=500, stages=enforce,integration-timeout=120000:warn");

    assertThat(quotas.setting(Quota.RESOURCES)).isEqualTo(new QuotaSetting(500, QuotaMode.WARN));
    assertThat(quotas.setting(Quota.STAGES)).isEqualTo(new QuotaSetting(10, QuotaMode.ENFORCE));
    assertThat(quotas.setting(Quota.INTEGRATION_TIMEOUT))
        .isEqualTo(new QuotaSetting(120_000, QuotaMode.WARN));
    assertThat(quotas.setting(Quota.API_KEYS)).isEqualTo(new QuotaSetting(10_000, QuotaMode.WARN));
  }

  @Test
  void aNumberAloneKeepsTheModeOfItsKind() {
    assertThat(of("integration-timeout=60000").setting(Quota.INTEGRATION_TIMEOUT))
        .isEqualTo(new QuotaSetting(60_000, QuotaMode.ENFORCE));
  }

  @Test
  void ratesAreOffUnlessTheirModeIsSet() {
    assertThat(with(Map.of()).setting(Quota.CREATE_DEPLOYMENT_RATE))
        .isEqualTo(new QuotaSetting(1, QuotaMode.OFF));
    assertThat(
            with(Map.of("PORTICO_QUOTAS_RATES", "enforce")).setting(Quota.CREATE_DEPLOYMENT_RATE))
        .isEqualTo(new QuotaSetting(1, QuotaMode.ENFORCE));
    assertThat(of("create-deployment-rate=9:warn").setting(Quota.CREATE_DEPLOYMENT_RATE))
        .isEqualTo(new QuotaSetting(9, QuotaMode.WARN));
  }

  @Test
  void callsAreBoundedAsTheirQuotasAreSet() {
    assertThat(with(Map.of()).callLimits()).isEqualTo(CallLimits.AWS);
    assertThat(
            of("payload-size=off, foreach-iterations=7:warn, header-size=9:warn, url-length=off,"
                    + " edge-url-length=8, websocket-url-length=5, authorizer-result-size=off")
                .callLimits())
        .isEqualTo(
            new CallLimits(
                Bound.NONE,
                Bound.telling(7),
                Bound.telling(9),
                Bound.NONE,
                Bound.refusing(8),
                Bound.refusing(5),
                Bound.NONE));
    assertThat(of("payload-size=100").callLimits().payload()).isEqualTo(Bound.refusing(100));
  }

  @Test
  void anUnknownQuotaOrModeStopsTheStart() {
    assertThat(catchThrowableOfType(ConfigException.class, () -> of("resource=1")))
        .hasMessageStartingWith("quotas.of: \"resource\": allowed is regional-apis, edge-apis, ");
    assertThat(catchThrowableOfType(ConfigException.class, () -> of("stages=never")))
        .hasMessage("quotas.of: \"never\": allowed is enforce, warn or off");
  }
}
