package io.portico.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.QuotaMode;
import io.portico.gateway.control.quota.QuotaSetting;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotaConfigTest {
  private static QuotaConfig of(String others) {
    return new ConfigLoader()
        .load(null, Map.of("PORTICO_QUOTAS_OF", others), Map.of())
        .config()
        .quotas();
  }

  @Test
  void aQuotaIsSetToANumberOrAModeOrBoth() {
    assertThat(of("resources=500, stages=enforce,integration-timeout=120000:warn").others())
        .containsOnly(
            Map.entry(Quota.RESOURCES, new QuotaSetting(500, QuotaMode.WARN)),
            Map.entry(Quota.STAGES, new QuotaSetting(10, QuotaMode.ENFORCE)),
            Map.entry(Quota.INTEGRATION_TIMEOUT, new QuotaSetting(120_000, QuotaMode.WARN)));
  }

  @Test
  void aNumberAloneKeepsTheModeOfItsKind() {
    assertThat(of("integration-timeout=60000").others())
        .containsOnly(
            Map.entry(Quota.INTEGRATION_TIMEOUT, new QuotaSetting(60_000, QuotaMode.ENFORCE)));
  }

  @Test
  void anUnknownQuotaOrModeStopsTheStart() {
    assertThat(catchThrowableOfType(ConfigException.class, () -> of("resource=1").others()))
        .hasMessageStartingWith("quotas.of: \"resource\": allowed is regional-apis, edge-apis, ");
    assertThat(catchThrowableOfType(ConfigException.class, () -> of("stages=never").others()))
        .hasMessage("quotas.of: \"never\": allowed is enforce, warn or off");
  }
}
