package io.portico.gateway.compile;

import io.portico.gateway.model.MethodKey;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.model.StageRecord.MethodSetting;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stage's method settings, found by the method they are for, in whatever form they are kept. */
final class StageSettings {
  private final StageRecord stage;
  private final Map<String, MethodSetting> byMethod = new HashMap<>();

  StageSettings(StageRecord stage) {
    this.stage = stage;
    stage
        .methodSettings()
        .forEach((key, setting) -> byMethod.putIfAbsent(MethodKey.canonical(key), setting));
  }

  /** Whether the stage has a cache. */
  boolean cacheClusterEnabled() {
    return stage.cacheClusterEnabled();
  }

  /**
   * The settings that hold for a method: its own, else those of all methods, else null.
   *
   * @param resourcePath as the resource has it, such as {@code /pets/{id}}
   */
  @Nullable MethodSetting of(String resourcePath, String httpMethod) {
    MethodSetting own = own(resourcePath, httpMethod);
    return own == null ? stage.methodSettings().get(StageRecord.ALL_METHODS) : own;
  }

  /**
   * A method's own settings, or null where it has none.
   *
   * @param resourcePath as the resource has it, such as {@code /pets/{id}}
   */
  @Nullable MethodSetting own(String resourcePath, String httpMethod) {
    return byMethod.get(MethodKey.of(resourcePath, httpMethod));
  }
}
