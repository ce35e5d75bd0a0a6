package io.portico.gateway.execute.usage;

import io.portico.gateway.snapshot.UsageQuota;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a key on one day under one quota, or under none: a counter, and how far it may
 * go. Once it is over it hands out nothing more, and another has taken its place.
 *
 * <p>With a quota it counts all requests of the day, and no further than what the ledger has
 * already down as used. Without one it counts the requests since it began, which the ledger hears
 * of later.
 */
final class Lease {
  /** What became of a request. */
  enum Outcome {
    TAKEN,
    /** The quota has no more. */
    EXHAUSTED,
    /** The quota may have more, which the ledger does not have as used yet. */
    UNRESERVED,
    /** Another lease has taken its place, or is about to. */
    OVER
  }

  private static final long IS_OVER = -1;
  private static final long NO_LIMIT = Long.MAX_VALUE;

  /** A block is a hundredth of the quota's limit, and never more than so many requests. */
  private static final int BLOCKS = 100;

  private static final int MOST_IN_A_BLOCK = 10_000;

  private static final VarHandle USED;

  static {
    try {
      USED = MethodHandles.lookup().findVarHandle(Lease.class, "used", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long day;
  private final @Nullable UsageQuota quota;
  private final long granted;
  private final long allowed;
  private volatile long used;
  private volatile long reserved;
  private volatile long runsLowAt;
  private long total;

  private Lease(
      long day, @Nullable UsageQuota quota, long granted, long allowed, long used, long reserved) {
    this.day = day;
    this.quota = quota;
    this.granted = granted;
    this.allowed = allowed;
    this.used = used;
    this.reserved = reserved;
    this.runsLowAt = runsLowAt(reserved);
  }

  /** Without a quota. */
  static Lease unlimited(long day) {
    return new Lease(day, null, 0, NO_LIMIT, 0, NO_LIMIT);
  }

  /**
   * Under a quota; reserved is what a block of requests more than {@code used} needs.
   *
   * @param granted on that day
   * @param allowed requests on that day, after those of the period's days before it
   * @param used requests on that day so far
   * @param waiting requests that wait for it
   */
  static Lease under(
      UsageQuota quota, long day, long granted, long allowed, long used, int waiting) {
    return new Lease(
        day, quota, granted, allowed, used, ahead(quota, used, used, allowed, waiting));
  }

  /** A block further than what is used, further where more wait, and no further than the quota. */
  private static long ahead(UsageQuota quota, long used, long reserved, long allowed, int waiting) {
    return Math.max(reserved, Math.min(used + Math.max(block(quota), waiting), allowed));
  }

  /** How many requests more than were used are written as used: the batch that a crash may lose. */
  static int block(UsageQuota quota) {
    return Math.clamp(quota.limit() / BLOCKS, 1, MOST_IN_A_BLOCK);
  }

  /** This lease as it was before it was over, in which nothing has changed meanwhile. */
  Lease again() {
    return new Lease(day, quota, granted, allowed, total(), reserved);
  }

  /** A day that is gone is as good as today: a clock that goes back gives nothing back. */
  boolean serves(@Nullable UsageQuota asked, long today) {
    return today <= day && Objects.equals(quota, asked);
  }

  Outcome take() {
    while (true) {
      long before = used;
      if (before == IS_OVER) {
        return Outcome.OVER;
      }
      if (before >= allowed) {
        return Outcome.EXHAUSTED;
      }
      if (before >= reserved) {
        return Outcome.UNRESERVED;
      }
      if (USED.compareAndSet(this, before, before + 1)) {
        return Outcome.TAKEN;
      }
    }
  }

  /** Whether half of a block is left, or less, and more can be had. */
  boolean runsLow() {
    return used >= runsLowAt;
  }

  private long runsLowAt(long ahead) {
    return quota == null || ahead >= allowed ? NO_LIMIT : ahead - block(quota) / 2;
  }

  /** Hands out nothing more; how many requests it has counted. */
  synchronized long end() {
    while (true) {
      long before = used;
      if (before == IS_OVER) {
        return total;
      }
      total = before;
      if (USED.compareAndSet(this, before, IS_OVER)) {
        return before;
      }
    }
  }

  /** How many requests it has counted. */
  synchronized long total() {
    long now = used;
    return now == IS_OVER ? total : now;
  }

  boolean isOver() {
    return used == IS_OVER;
  }

  long day() {
    return day;
  }

  @Nullable UsageQuota quota() {
    return quota;
  }

  long granted() {
    return granted;
  }

  /** Most requests on the day. */
  long allowed() {
    return allowed;
  }

  long reserved() {
    return reserved;
  }

  /**
   * How far the ledger should go, now that so much is used.
   *
   * @param waiting requests that wait for it
   */
  long nextReserved(int waiting) {
    return ahead(Objects.requireNonNull(quota), total(), reserved, allowed, waiting);
  }

  /** The ledger has so many as used. */
  void reserve(long upTo) {
    runsLowAt = runsLowAt(upTo);
    reserved = upTo;
  }

  /** The day, with so many requests as used. */
  UsedDay asUsed(long count) {
    return new UsedDay(day, count, granted, quota == null ? null : Math.max(allowed - count, 0L));
  }
}
