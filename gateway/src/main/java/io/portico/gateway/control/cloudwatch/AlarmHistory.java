package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.model.cloudwatch.AlarmHistoryRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.gateway.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What happened to alarms. AWS: kept for 30 days; source: documented, "Alarm history". */
final class AlarmHistory {
  private static final Duration KEPT = Duration.ofDays(30);

  /** Of an account and region; the oldest go before their time. */
  private static final int MOST = 20_000;

  private static final int LONGEST_SUMMARY = 255;

  private final Records records;
  private final Clock clock;
  private final AtomicLong last = new AtomicLong();

  AlarmHistory(Records records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  void add(
      RecordWriter writer,
      AlarmPlace place,
      String alarm,
      AlarmHistoryRecord.Type type,
      String summary,
      String data) {
    long now = clock.millis();
    // Of what happens in one millisecond, one is after the other.
    long order = last.accumulateAndGet(now * 1_000, (before, at) -> Math.max(before + 1, at));
    String id = "%019d".formatted(order);
    writer.put(
        AlarmHistoryRecord.TYPE,
        place.scope(),
        id,
        new AlarmHistoryRecord(
            id,
            alarm,
            now,
            type,
            summary.length() <= LONGEST_SUMMARY ? summary : summary.substring(0, LONGEST_SUMMARY),
            data));
  }

  /** Forgets what is too old, and what is too much. */
  void sweep() {
    String before = "%019d".formatted(clock.instant().minus(KEPT).toEpochMilli() * 1_000);
    records.read(reader -> reader.all(AlarmHistoryRecord.TYPE)).stream()
        .map(RecordReader.Located::key)
        .collect(Collectors.groupingBy(key -> key.parent()))
        .forEach(
            (scope, keys) -> {
              int tooMany = Math.max(keys.size() - MOST, 0);
              records.write(
                  writer -> {
                    for (int i = 0; i < keys.size(); i++) {
                      String id = keys.get(i).id();
                      if (i < tooMany || id.compareTo(before) < 0) {
                        writer.delete(AlarmHistoryRecord.TYPE, scope, id);
                      }
                    }
                    return keys;
                  });
            });
  }
}
