package io.portico.gateway.execute.usage;

import io.portico.gateway.execute.usage.UsageLedger.Entry;
import io.portico.gateway.snapshot.UsageQuota;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One lease in another's place, or more of the one there is: first the ledger has as used what is
 * to be handed out, then it is handed out. Where the ledger fails, everything is as it was.
 */
final class Renewal {
  private final UsageMeter meter;
  private final @Nullable UsageQuota quota;
  private final long day;
  private final @Nullable Long remaining;
  private final CompletableFuture<@Nullable Void> done;
  private Runnable commit = () -> {};
  private Runnable rollback = () -> {};

  /**
   * @param quota the lease is to be under, or null
   * @param day it is to serve at least
   * @param remaining requests that it is to have until the period ends; null for those it has
   * @param done is told
   */
  Renewal(
      UsageMeter meter,
      @Nullable UsageQuota quota,
      long day,
      @Nullable Long remaining,
      CompletableFuture<@Nullable Void> done) {
    this.meter = meter;
    this.quota = quota;
    this.day = day;
    this.remaining = remaining;
    this.done = done;
  }

  /**
   * What the ledger is to have as used before {@link #succeeded}.
   *
   * @throws LedgerException if the ledger cannot be read
   */
  List<Entry> prepare(UsageLedger ledger) {
    if (meter.isDropped()) {
      return List.of();
    }
    Lease before = meter.lease();
    if (remaining == null && before != null && before.serves(quota, day) && !before.isOver()) {
      return quota == null ? List.of() : more(before);
    }
    return replacement(before, ledger);
  }

  private List<Entry> more(Lease lease) {
    long upTo = lease.nextReserved(meter.waiting());
    if (upTo == lease.reserved()) {
      return List.of();
    }
    commit = () -> lease.reserve(upTo);
    return List.of(new Entry(meter.key(), lease.asUsed(upTo)));
  }

  private List<Entry> replacement(@Nullable Lease before, UsageLedger ledger) {
    long today = before == null ? day : Math.max(day, before.day());
    if (before != null) {
      before.end();
      rollback = () -> meter.reinstall(before);
    }
    UnwrittenUsage unwritten = UnwrittenUsage.whole(meter, ledger);
    List<Entry> entries = new ArrayList<>(unwritten.entries());
    Lease after = quota == null ? Lease.unlimited(today) : under(quota, today, unwritten, ledger);
    if (quota != null) {
      entries.removeIf(entry -> entry.day().day() == today);
      entries.add(new Entry(meter.key(), after.asUsed(after.reserved())));
    }
    commit =
        () -> {
          unwritten.written();
          meter.install(after);
          meter.forgetWritten();
        };
    return entries;
  }

  /** What the period's days have used and were granted makes what is left of the limit. */
  private Lease under(UsageQuota asked, long today, UnwrittenUsage unwritten, UsageLedger ledger) {
    long start = asked.start(today);
    SortedMap<Long, UsedDay> period =
        unwritten.over(ledger.days(meter.key(), start, today), start, today);
    UsedDay ofToday = period.getOrDefault(today, new UsedDay(today, 0, 0, null));
    long granted = ofToday.granted();
    long allowed = asked.limit();
    for (UsedDay each : period.values()) {
      allowed += each.granted() - (each.day() < today ? each.used() : 0);
    }
    if (remaining != null) {
      long more = remaining - (allowed - ofToday.used());
      granted += more;
      allowed += more;
    }
    return Lease.under(asked, today, granted, allowed, ofToday.used(), meter.waiting());
  }

  /** The ledger has it. */
  void succeeded() {
    commit.run();
    done.complete(null);
  }

  /** The ledger has it not. */
  void failed(Exception reason) {
    rollback.run();
    done.completeExceptionally(reason);
  }

  UsageMeter meter() {
    return meter;
  }
}
