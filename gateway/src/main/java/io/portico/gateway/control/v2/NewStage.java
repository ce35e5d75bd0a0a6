package io.portico.gateway.control.v2;

import io.portico.gateway.model.v2.StageRecord;
import io.portico.gateway.model.v2.StageRecord.RouteSettings;
import java.time.Instant;
import java.util.Map;

/** What a new stage starts with. */
final class NewStage {
  private NewStage() {}

  // AWS: source: documented, the examples of CreateStage.
  static StageRecord bare(String name, Instant now) {
    return new StageRecord(
        name,
        null,
        null,
        false,
        null,
        RouteSettings.NONE,
        Map.of(),
        Map.of(),
        null,
        null,
        null,
        false,
        now,
        now);
  }
}
