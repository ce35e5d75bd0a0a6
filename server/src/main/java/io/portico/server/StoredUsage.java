package io.portico.server;

import io.portico.gateway.control.UsageRecords;
import io.portico.gateway.execute.usage.LedgerException;
import io.portico.gateway.execute.usage.MeteredKey;
import io.portico.gateway.execute.usage.UsageLedger;
import io.portico.gateway.execute.usage.UsedDay;
import io.portico.gateway.model.UsageDayRecord;
import io.portico.gateway.store.Records;
import io.portico.gateway.store.StoreException;
import java.util.List;
import java.util.function.Supplier;

/** The ledger of usage in the store of records. */
final class StoredUsage implements UsageLedger {
  private final Records records;

  StoredUsage(Records records) {
    this.records = records;
  }

  @Override
  public List<UsedDay> days(MeteredKey key, long from, long to) {
    List<UsageDayRecord> stored =
        asked(
            () ->
                records.read(
                    reader ->
                        UsageRecords.days(
                            reader, key.scope(), key.usagePlanId(), key.keyId(), from, to)));
    return stored.stream()
        .map(day -> new UsedDay(day.day(), day.used(), day.granted(), day.remaining()))
        .toList();
  }

  @Override
  public void write(List<Entry> entries) {
    int _ =
        asked(
            () ->
                records.write(
                    change -> {
                      UsageRecords.Writer writer = new UsageRecords.Writer(change);
                      for (Entry entry : entries) {
                        MeteredKey key = entry.key();
                        writer.put(key.scope(), key.usagePlanId(), record(key, entry.day()));
                      }
                      return entries.size();
                    }));
  }

  @Override
  public void forgetBefore(long day) {
    long _ =
        asked(
            () ->
                records.write(
                    writer -> {
                      UsageRecords.forgetBefore(writer, day);
                      return day;
                    }));
  }

  private static <T> T asked(Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreException e) {
      throw new LedgerException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A day of a key as a record. */
  static UsageDayRecord record(MeteredKey key, UsedDay day) {
    return new UsageDayRecord(key.keyId(), day.day(), day.used(), day.granted(), day.remaining());
  }
}
