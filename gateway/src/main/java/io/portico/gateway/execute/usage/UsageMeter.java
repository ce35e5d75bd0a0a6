package io.portico.gateway.execute.usage;

import io.portico.gateway.snapshot.UsageQuota;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The meter of one API key in one usage plan. Requests take from its lease; where that does not do,
 * they ask the {@link UsageWriter} for another, one at a time.
 */
final class UsageMeter {
  private final MeteredKey key;
  private volatile @Nullable Lease lease;
  private volatile @Nullable CompletableFuture<@Nullable Void> renewal;
  private final AtomicInteger waiting = new AtomicInteger();
  private boolean dropped;

  /** Without a quota: what was counted, and how much of it the ledger knows. */
  private final List<Tally> tallies = new ArrayList<>();

  /** Without a quota: the day as the ledger has it, so that it is not asked again. */
  private @Nullable UsedDay written;

  /** What the writer has seen last, to find meters that nobody uses any more. */
  private long seen = -1;

  private long seenAt;

  UsageMeter(MeteredKey key) {
    this.key = key;
  }

  MeteredKey key() {
    return key;
  }

  @Nullable Lease lease() {
    return lease;
  }

  /**
   * A lease without a quota for this day, which needs nothing of the ledger; null where one under a
   * quota comes before, or the meter is no longer in use.
   */
  synchronized @Nullable Lease unlimited(long day) {
    Lease before = lease;
    if (dropped || (before != null && before.quota() != null)) {
      return null;
    }
    if (before != null && !before.isOver()) {
      if (before.serves(null, day)) {
        return before;
      }
      before.end();
    }
    Lease after = Lease.unlimited(before == null ? day : Math.max(day, before.day()));
    tallies.add(new Tally(after));
    lease = after;
    return after;
  }

  /**
   * Asks for a lease that serves, or for more of the one there is, unless somebody has already.
   *
   * @return when it is there, or cannot be; null where the meter is no longer in use
   */
  private synchronized @Nullable CompletableFuture<@Nullable Void> renew(
      @Nullable UsageQuota quota, long day, UsageWriter writer) {
    if (dropped) {
      return null;
    }
    CompletableFuture<@Nullable Void> under = renewal;
    if (under == null) {
      under = new CompletableFuture<>();
      renewal = under;
      writer.renew(new Renewal(this, quota, day, null, under));
    }
    return under;
  }

  /**
   * Waits for a lease that serves, or for more of the one there is.
   *
   * @param nanos how long at most
   * @return false where the meter is no longer in use
   * @throws TimeoutException if it is not there in time
   * @throws ExecutionException if the ledger fails
   */
  boolean await(@Nullable UsageQuota quota, long day, long nanos, UsageWriter writer)
      throws InterruptedException, ExecutionException, TimeoutException {
    // Counted before it is asked for: what is written then is enough for this one, too.
    waiting.incrementAndGet();
    try {
      CompletableFuture<@Nullable Void> asked = renew(quota, day, writer);
      if (asked == null) {
        return false;
      }
      asked.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** How many requests wait. */
  int waiting() {
    return waiting.get();
  }

  /** Asks for more before it is needed. */
  void renewSoon(UsageQuota quota, long day, UsageWriter writer) {
    if (renewal == null) {
      CompletableFuture<@Nullable Void> _ = renew(quota, day, writer);
    }
  }

  /** The next who needs more asks again. */
  synchronized void renewed() {
    renewal = null;
  }

  /** Replaces the lease; one without a quota is counted from now on. */
  synchronized void install(Lease after) {
    if (after.quota() == null) {
      tallies.add(new Tally(after));
    }
    lease = after;
    written = null;
  }

  /** In place of one that was ended for something that has failed, unless another is there. */
  synchronized void reinstall(Lease before) {
    if (lease != before) {
      return;
    }
    Lease again = before.again();
    for (Tally tally : tallies) {
      tally.replace(before, again);
    }
    lease = again;
  }

  /** What was counted without a quota, whether the ledger knows of it or not. */
  synchronized List<Tally> tallies() {
    return List.copyOf(tallies);
  }

  /** A day as the ledger has it; for the writer alone. */
  UsedDay written(long day, UsageLedger ledger) {
    UsedDay known = written;
    return known != null && known.day() == day
        ? known
        : ledger.days(key, day, day).stream().findFirst().orElse(new UsedDay(day, 0, 0, null));
  }

  /** The ledger has a day so; said by the writer alone. */
  void wrote(UsedDay day) {
    written = day;
  }

  /** Forgets tallies that are over and in the ledger. */
  synchronized void forgetWritten() {
    tallies.removeIf(tally -> tally.lease().isOver() && tally.unwritten() == 0);
  }

  /**
   * Takes the meter out of use, unless it has come to count again meanwhile: another has its name
   * from then on.
   *
   * @param ended its last lease, or null
   */
  synchronized boolean drop(@Nullable Lease ended) {
    if (lease != ended || tallies.stream().anyMatch(tally -> tally.unwritten() > 0)) {
      return false;
    }
    dropped = true;
    lease = null;
    return true;
  }

  synchronized boolean isDropped() {
    return dropped;
  }

  /**
   * For how long nobody has used it, as far as was seen.
   *
   * @param now a recent {@link System#nanoTime}
   */
  long idleNanos(long now) {
    Lease current = lease;
    long count = current == null ? 0 : current.total();
    if (count != seen) {
      seen = count;
      seenAt = now;
    }
    return now - seenAt;
  }

  /** A lease without a quota, and how many of its requests are in the ledger. */
  static final class Tally {
    private Lease lease;
    private long written;

    private Tally(Lease lease) {
      this.lease = lease;
    }

    Lease lease() {
      return lease;
    }

    long unwritten() {
      return lease.total() - written;
    }

    void wrote(long count) {
      written += count;
    }

    private void replace(Lease before, Lease after) {
      if (lease == before) {
        lease = after;
      }
    }
  }
}
