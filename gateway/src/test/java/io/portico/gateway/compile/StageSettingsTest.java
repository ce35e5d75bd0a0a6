package io.portico.gateway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.MethodSetting;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StageSettingsTest {
  private static final MethodSetting ALL = setting(1);
  private static final MethodSetting OWN = setting(2);

  @Test
  void findsAMethodsSettingsHoweverTheirKeyIsWritten() {
    for (String key : new String[] {"~1pets~1{id}/GET", "pets~1{id}/GET", "pets/{id}/GET"}) {
      StageSettings settings = settings(Map.of("*/*", ALL, key, OWN));

      assertThat(settings.of("/pets/{id}", "GET")).isEqualTo(OWN);
      assertThat(settings.own("/pets/{id}", "GET")).isEqualTo(OWN);
      assertThat(settings.of("/pets/{id}", "PUT")).isEqualTo(ALL);
      assertThat(settings.own("/pets/{id}", "PUT")).isNull();
      assertThat(settings.of("/pets", "GET")).isEqualTo(ALL);
    }
  }

  @Test
  void findsTheRootsSettings() {
    assertThat(settings(Map.of("~1/GET", OWN)).of("/", "GET")).isEqualTo(OWN);
  }

  @Test
  void aMethodWithoutSettingsHasNone() {
    assertThat(settings(Map.of()).of("/", "GET")).isNull();
  }

  private static MethodSetting setting(int burstLimit) {
    return new MethodSetting(
        false, null, false, burstLimit, 1, false, 300, false, true, "FAIL_WITH_403");
  }

  private static StageSettings settings(Map<String, MethodSetting> settings) {
    return new StageSettings(
        new StageRecord(
            "prod",
            "deployment",
            null,
            null,
            false,
            null,
            "NOT_AVAILABLE",
            settings,
            null,
            null,
            null,
            null,
            false,
            null,
            null,
            Instant.EPOCH,
            Instant.EPOCH));
  }
}
