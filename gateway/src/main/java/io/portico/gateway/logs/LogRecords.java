package io.portico.gateway.logs;

import io.portico.gateway.store.RecordType;

/** The kinds of records of logs. */
public final class LogRecords {
  /** Parent: account and region; id: the name. */
  public static final RecordType<LogGroupRecord> GROUP =
      new RecordType<>("log-group", LogGroupRecord.class);

  private LogRecords() {}
}
