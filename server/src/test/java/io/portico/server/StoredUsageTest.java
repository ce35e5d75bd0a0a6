package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.execute.usage.MeteredKey;
import io.portico.gateway.execute.usage.UsageLedger.Entry;
import io.portico.gateway.execute.usage.UsedDay;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.store.RecordStore;
import io.portico.gateway.store.Records;
import io.portico.store.MemoryRecordStore;
import io.portico.store.SqliteRecordStore;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Usage in either store. */
final class StoredUsageTest {
  private static final String SCOPE = "111122223333/eu-west-1";
  private static final MeteredKey KEY = new MeteredKey(SCOPE, "plan", "key1");

  /** Its id begins as the other's does. */
  private static final MeteredKey LONGER = new MeteredKey(SCOPE, "plan", "key10");

  @TempDir Path folder;

  @Test
  void daysOfAKeyAreReadInTheirOrderOverMonths() {
    inEachStore(
        records -> {
          StoredUsage usage = new StoredUsage(records);
          usage.write(
              List.of(
                  entry(KEY, "2026-12-01", 3),
                  entry(KEY, "2026-11-30", 2),
                  entry(KEY, "2026-11-09", 1),
                  entry(LONGER, "2026-11-30", 9)));

          assertThat(usage.days(KEY, day("2026-11-09"), day("2026-12-31")))
              .extracting(UsedDay::used)
              .containsExactly(1L, 2L, 3L);
          assertThat(usage.days(KEY, day("2026-11-10"), day("2026-11-30")))
              .containsExactly(entry(KEY, "2026-11-30", 2).day());
        });
  }

  @Test
  void aDayIsReplacedAndWithoutAQuotaHasNothingLeft() {
    inEachStore(
        records -> {
          StoredUsage usage = new StoredUsage(records);
          usage.write(List.of(entry(KEY, "2026-11-30", 2)));
          UsedDay replaced = new UsedDay(day("2026-11-30"), 5, -3, null);
          usage.write(List.of(new Entry(KEY, replaced)));

          assertThat(usage.days(KEY, day("2026-11-30"), day("2026-11-30")))
              .containsExactly(replaced);
        });
  }

  @Test
  void usageOfAPlanThatIsNoMoreIsNotWritten() {
    inEachStore(
        records -> {
          StoredUsage usage = new StoredUsage(records);
          MeteredKey gone = new MeteredKey(SCOPE, "gone", "key1");
          usage.write(List.of(entry(gone, "2026-11-30", 2), entry(KEY, "2026-11-30", 1)));

          assertThat(usage.days(gone, day("2026-11-30"), day("2026-11-30"))).isEmpty();
          assertThat(usage.days(KEY, day("2026-11-30"), day("2026-11-30"))).hasSize(1);
        });
  }

  @Test
  void monthsThatEndedBeforeADayAreForgotten() {
    inEachStore(
        records -> {
          StoredUsage usage = new StoredUsage(records);
          usage.write(
              List.of(
                  entry(KEY, "2024-12-31", 1),
                  entry(KEY, "2026-07-31", 2),
                  entry(KEY, "2026-08-01", 3)));

          usage.forgetBefore(day("2026-08-31"));

          assertThat(usage.days(KEY, day("2024-01-01"), day("2026-12-31")))
              .extracting(UsedDay::used)
              .containsExactly(3L);
        });
  }

  private void inEachStore(Consumer<Records> test) {
    try (RecordStore memory = new MemoryRecordStore();
        RecordStore sqlite = SqliteRecordStore.open(folder.resolve("data"))) {
      for (RecordStore store : List.of(memory, sqlite)) {
        Records records = new Records(store);
        String plan =
            records.write(
                writer -> {
                  writer.put(RecordTypes.USAGE_PLAN, SCOPE, "plan", plan());
                  return "plan";
                });
        assertThat(plan).isEqualTo("plan");
        test.accept(records);
      }
    }
  }

  private static UsagePlanRecord plan() {
    return new UsagePlanRecord("plan", "gold", null, List.of(), null, null, null, null);
  }

  private static Entry entry(MeteredKey key, String date, long used) {
    return new Entry(key, new UsedDay(day(date), used, 0, 100 - used));
  }

  private static long day(String date) {
    return LocalDate.parse(date).toEpochDay();
  }
}
