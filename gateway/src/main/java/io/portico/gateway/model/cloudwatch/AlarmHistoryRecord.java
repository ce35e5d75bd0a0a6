package io.portico.gateway.model.cloudwatch;

import io.portico.gateway.store.RecordType;

/**
 * Something that happened to an alarm, or that it did.
 *
 * @param id the time, and what tells it from others
 * @param alarm its name
 * @param timeMillis milliseconds since 1970
 * @param summary for people
 * @param data as JSON
 */
public record AlarmHistoryRecord(
    String id, String alarm, long timeMillis, Type type, String summary, String data) {

  /** Parent: account and region. */
  public static final RecordType<AlarmHistoryRecord> TYPE =
      new RecordType<>("metric-alarm-history", AlarmHistoryRecord.class);

  /** In AWS's words. */
  public enum Type {
    /** Its settings are others. */
    CONFIGURATION_UPDATE("ConfigurationUpdate"),
    /** It has come to another state. */
    STATE_UPDATE("StateUpdate"),
    /** Somebody was told. */
    ACTION("Action");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
