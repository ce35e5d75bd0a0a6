package io.portico.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.model.StageRecord.MethodSetting;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageRecordTest {
  private static final MethodSetting ALL = setting(1);
  private static final MethodSetting OWN = setting(2);

  @Test
  void findsAMethodsSettingsHoweverTheirKeyIsWritten() {
    for (String key : new String[] {"~1pets~1{id}/GET", "pets~1{id}/GET", "pets/{id}/GET"}) {
      StageRecord stage = stage(Map.of("*/*", ALL, key, OWN));

      assertThat(stage.methodSetting("/pets/{id}", "GET")).isEqualTo(OWN);
      assertThat(stage.methodSetting("/pets/{id}", "PUT")).isEqualTo(ALL);
      assertThat(stage.methodSetting("/pets", "GET")).isEqualTo(ALL);
    }
  }

  @Test
  void findsTheRootsSettings() {
    assertThat(stage(Map.of("~1/GET", OWN)).methodSetting("/", "GET")).isEqualTo(OWN);
  }

  @Test
  void aMethodWithoutSettingsHasNone() {
    assertThat(stage(Map.of()).methodSetting("/", "GET")).isNull();
  }

  private static MethodSetting setting(int burstLimit) {
    return new MethodSetting(
        false, null, false, burstLimit, 1, false, 300, false, true, "FAIL_WITH_403");
  }

  private static StageRecord stage(Map<String, MethodSetting> settings) {
    return new StageRecord(
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
        Instant.EPOCH);
  }
}
