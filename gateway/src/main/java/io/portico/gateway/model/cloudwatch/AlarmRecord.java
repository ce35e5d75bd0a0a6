package io.portico.gateway.model.cloudwatch;

import io.portico.gateway.store.RecordType;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A metric alarm.
 *
 * @param settings as PutMetricAlarm takes them and DescribeAlarms shows them, tags aside
 * @param configuredMillis when the settings were changed last, in milliseconds since 1970
 */
public record AlarmRecord(
    String name,
    ObjectNode settings,
    AlarmState state,
    long configuredMillis,
    Map<String, String> tags) {

  /** Parent: account and region; id: the name. */
  public static final RecordType<AlarmRecord> TYPE =
      new RecordType<>("metric-alarm", AlarmRecord.class);

  public AlarmRecord with(AlarmState changed) {
    return new AlarmRecord(name, settings, changed, configuredMillis, tags);
  }

  public AlarmRecord withSettings(ObjectNode changed, long nowMillis) {
    return new AlarmRecord(name, changed, state, nowMillis, tags);
  }

  public AlarmRecord withTags(Map<String, String> changed) {
    return new AlarmRecord(name, settings, state, configuredMillis, changed);
  }
}
