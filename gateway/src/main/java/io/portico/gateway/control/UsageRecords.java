package io.portico.gateway.control;

import io.portico.gateway.model.UsageDayRecord;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordReader.Located;
import io.portico.gateway.store.RecordWriter;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What API keys of usage plans have used, as it is stored: by plan and month, so that a month that
 * nobody asks for any more goes at once.
 */
public final class UsageRecords {
  /** Older months than these are looked for no more: no server was away for so long. */
  private static final int MONTHS = 36;

  private static final int LONGEST_MONTH = 31;

  private UsageRecords() {}

  /**
   * A key's days in a plan, in their order; those without a record are left out.
   *
   * @param from the first day, since 1970-01-01
   * @param to the last
   */
  public static List<UsageDayRecord> days(
      RecordReader records, String scope, String usagePlanId, String keyId, long from, long to) {
    List<UsageDayRecord> days = new ArrayList<>();
    YearMonth last = YearMonth.from(LocalDate.ofEpochDay(to));
    YearMonth month = YearMonth.from(LocalDate.ofEpochDay(from));
    while (!month.isAfter(last)) {
      records
          .list(
              RecordTypes.USAGE_DAY,
              parent(scope, usagePlanId, month),
              UsageDayRecord.id(keyId, 0),
              LONGEST_MONTH)
          .stream()
          .filter(day -> day.keyId().equals(keyId) && day.day() >= from && day.day() <= to)
          .forEach(days::add);
      month = month.plusMonths(1);
    }
    return days;
  }

  /** Stores days within one change of the records. */
  public static final class Writer {
    private final RecordWriter records;

    /** Whether there are plans, by scope and id: thousands of keys have few of them. */
    private final Map<List<String>, Boolean> plans = new HashMap<>();

    public Writer(RecordWriter records) {
      this.records = records;
    }

    /** Stores a day of a key in a plan; not that of a plan that is no more. */
    public void put(String scope, String usagePlanId, UsageDayRecord day) {
      if (plans.computeIfAbsent(List.of(scope, usagePlanId), any -> isThere(scope, usagePlanId))) {
        YearMonth month = YearMonth.from(LocalDate.ofEpochDay(day.day()));
        records.put(RecordTypes.USAGE_DAY, parent(scope, usagePlanId, month), day.id(), day);
      }
    }

    private boolean isThere(String scope, String usagePlanId) {
      return records.find(RecordTypes.USAGE_PLAN, scope, usagePlanId).isPresent();
    }
  }

  /**
   * Deletes what a plan's keys have used.
   *
   * @param today since 1970-01-01
   */
  public static void deleteAll(RecordWriter records, String scope, String usagePlanId, long today) {
    deleteMonths(records, scope, usagePlanId, YearMonth.from(LocalDate.ofEpochDay(today)));
  }

  /** Deletes the months of all plans that ended before a day. */
  public static void forgetBefore(RecordWriter records, long day) {
    YearMonth last = YearMonth.from(LocalDate.ofEpochDay(day)).minusMonths(1);
    for (Located<UsagePlanRecord> plan : records.all(RecordTypes.USAGE_PLAN)) {
      deleteMonths(records, plan.key().parent(), plan.value().id(), last);
    }
  }

  private static void deleteMonths(
      RecordWriter records, String scope, String usagePlanId, YearMonth last) {
    for (int back = 0; back < MONTHS; back++) {
      records.deleteAll(RecordTypes.USAGE_DAY, parent(scope, usagePlanId, last.minusMonths(back)));
    }
  }

  private static String parent(String scope, String usagePlanId, YearMonth month) {
    return scope + "/" + usagePlanId + "/" + month;
  }
}
