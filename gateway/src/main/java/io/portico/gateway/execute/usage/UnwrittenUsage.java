package io.portico.gateway.execute.usage;

import io.portico.gateway.execute.usage.UsageLedger.Entry;
import io.portico.gateway.execute.usage.UsageMeter.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a meter has counted and the ledger does not have, or has as more than it was: whole days, as
 * the ledger is to have them. What the meter counts later is not in it.
 */
final class UnwrittenUsage {
  private final UsageMeter meter;
  private final SortedMap<Long, UsedDay> days = new TreeMap<>();
  private final List<Runnable> whenWritten = new ArrayList<>();

  private UnwrittenUsage(UsageMeter meter) {
    this.meter = meter;
  }

  /**
   * What was counted without a quota.
   *
   * @throws LedgerException if the ledger cannot be read
   */
  static UnwrittenUsage tallied(UsageMeter meter, UsageLedger ledger) {
    UnwrittenUsage unwritten = new UnwrittenUsage(meter);
    for (Tally tally : meter.tallies()) {
      unwritten.add(tally, ledger);
    }
    return unwritten;
  }

  /**
   * The same, and what is used of the lease under a quota. For as long as that one hands out what
   * it has reserved, this is not to be written.
   *
   * @throws LedgerException if the ledger cannot be read
   */
  static UnwrittenUsage whole(UsageMeter meter, UsageLedger ledger) {
    UnwrittenUsage unwritten = tallied(meter, ledger);
    Lease lease = meter.lease();
    if (lease != null && lease.quota() != null) {
      unwritten.days.put(lease.day(), lease.asUsed(lease.total()));
    }
    return unwritten;
  }

  private void add(Tally tally, UsageLedger ledger) {
    long count = tally.unwritten();
    if (count == 0) {
      return;
    }
    long day = tally.lease().day();
    UsedDay before = days.get(day);
    if (before == null) {
      before = meter.written(day, ledger);
    }
    UsedDay after = new UsedDay(day, before.used() + count, before.granted(), before.remaining());
    days.put(day, after);
    whenWritten.add(
        () -> {
          tally.wrote(count);
          meter.wrote(after);
        });
  }

  List<Entry> entries() {
    return days.values().stream().map(day -> new Entry(meter.key(), day)).toList();
  }

  /** These days in place of what the ledger has of them, from one to another. */
  SortedMap<Long, UsedDay> over(List<UsedDay> ledgers, long from, long to) {
    SortedMap<Long, UsedDay> all = new TreeMap<>();
    ledgers.forEach(day -> all.put(day.day(), day));
    all.putAll(days.subMap(from, to + 1));
    return all;
  }

  /** The ledger has them. */
  void written() {
    whenWritten.forEach(Runnable::run);
  }
}
