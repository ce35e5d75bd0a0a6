package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.UsageRecords;
import io.portico.gateway.model.UsageDayRecord;
import io.portico.gateway.snapshot.UsageQuota;
import io.portico.gateway.store.Records;
import java.util.List;

/** Nobody calls an API here: what was used is what a test has written. */
final class WrittenUsage implements Metering {
  private final Records records;

  WrittenUsage(Records records) {
    this.records = records;
  }

  /** A key's day in a plan. */
  void write(String scope, String usagePlanId, UsageDayRecord day) {
    UsageDayRecord _ =
        records.write(
            writer -> {
              new UsageRecords.Writer(writer).put(scope, usagePlanId, day);
              return day;
            });
  }

  /** How many days are stored of a plan in a month such as {@code 2026-11}. */
  long count(String scope, String usagePlanId, String month) {
    return records.read(
        reader -> reader.count(RecordTypes.USAGE_DAY, scope + "/" + usagePlanId + "/" + month));
  }

  @Override
  public List<UsageDayRecord> days(
      String scope, String usagePlanId, String keyId, long from, long to) {
    return records.read(reader -> UsageRecords.days(reader, scope, usagePlanId, keyId, from, to));
  }

  @Override
  public void leave(
      String scope, String usagePlanId, String keyId, UsageQuota quota, long day, long remaining) {
    long granted = remaining - quota.limit();
    long usedToday = 0;
    for (UsageDayRecord each : days(scope, usagePlanId, keyId, quota.start(day), day)) {
      granted += each.used() - (each.day() == day ? 0 : each.granted());
      usedToday = each.day() == day ? each.used() : 0;
    }
    write(scope, usagePlanId, new UsageDayRecord(keyId, day, usedToday, granted, remaining));
  }
}
