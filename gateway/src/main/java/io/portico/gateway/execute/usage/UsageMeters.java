package io.portico.gateway.execute.usage;

import io.portico.gateway.execute.usage.UsageLedger.Entry;
import io.portico.gateway.snapshot.UsageQuota;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of API keys in usage plans: exact on this node while it runs.
 *
 * <p>Under a quota, a block of requests is in the ledger as used before the first of them is
 * admitted. Whatever happens to the process, no more are admitted than the quota has; a process
 * that is killed loses what was left of a block, which is a hundredth of the limit, at least one
 * and at most 10,000 requests, or as many as waited for it. An orderly end loses nothing. Where the
 * ledger fails, a key has what is left of its block and then no more. Without a quota, requests are
 * counted in memory and are in the ledger seconds later.
 *
 * <p>Memory holds the meters that were used lately, however many keys and plans there are.
 */
public final class UsageMeters implements AutoCloseable {
  /** How long what is counted without a quota may be in memory alone. */
  static final Duration ROUNDS = Duration.ofSeconds(5);

  /** After so long without a request, a meter is written and leaves the memory. */
  static final Duration IDLE = Duration.ofMinutes(1);

  // AWS: how long it shows usage is not documented; assumed.
  /** Days that are kept at least. */
  static final int KEPT = 90;

  private static final Logger LOG = LoggerFactory.getLogger(UsageMeters.class);
  private static final long SECONDS_OF_A_DAY = 24 * 3600;

  private final ConcurrentHashMap<MeteredKey, UsageMeter> meters = new ConcurrentHashMap<>();
  private final UsageLedger ledger;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Duration idle;
  private final UsageWriter writer;
  private long forgottenOn = -1;

  /**
   * @param clock tells which day it is
   */
  public UsageMeters(UsageLedger ledger, Clock clock) {
    this(ledger, clock, System::nanoTime, ROUNDS, IDLE);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  UsageMeters(
      UsageLedger ledger, Clock clock, LongSupplier nanoTime, Duration rounds, Duration idle) {
    this.ledger = ledger;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.idle = idle;
    this.writer = new UsageWriter(ledger, rounds, this::makeRound);
  }

  /** What becomes of a request. */
  public enum Admission {
    ADMITTED,
    /** The quota has no more. */
    EXHAUSTED,
    /** It could not be found out, or not be kept for after the process's end. */
    UNKNOWN
  }

  /** The day of a time, counted from 1970-01-01 on, UTC. */
  public static long day(long epochSecond) {
    return Math.floorDiv(epochSecond, SECONDS_OF_A_DAY);
  }

  /**
   * Counts a request, if the quota has one more.
   *
   * @param quota as the plan has it now; null for none
   * @param day on which the request came
   * @param patience how long to wait for the ledger, however often it is to be waited for
   * @param deadlineNanos when there is nothing to wait for any more, as {@link System#nanoTime}
   */
  public Admission admit(
      MeteredKey key, @Nullable UsageQuota quota, long day, Duration patience, long deadlineNanos) {
    Admission admission = take(key, quota, day);
    if (admission != null) {
      return admission;
    }
    long now = nanoTime.getAsLong();
    long until = now + Math.min(patience.toNanos(), deadlineNanos - now);
    while (admission == null) {
      admission = renewed(key, quota, day, until - now) ? take(key, quota, day) : Admission.UNKNOWN;
      now = nanoTime.getAsLong();
    }
    return admission;
  }

  /** What becomes of a request, or null where the ledger has to be waited for. */
  private @Nullable Admission take(MeteredKey key, @Nullable UsageQuota quota, long day) {
    UsageMeter meter = meter(key);
    Lease lease = meter.lease();
    if (lease == null || !lease.serves(quota, day)) {
      return null;
    }
    return switch (lease.take()) {
      case TAKEN -> {
        if (quota != null && lease.runsLow()) {
          meter.renewSoon(quota, day, writer);
        }
        yield Admission.ADMITTED;
      }
      case EXHAUSTED -> Admission.EXHAUSTED;
      case UNRESERVED, OVER -> null;
    };
  }

  private UsageMeter meter(MeteredKey key) {
    UsageMeter meter = meters.get(key);
    return meter == null ? meters.computeIfAbsent(key, UsageMeter::new) : meter;
  }

  /** Whether it is worth another try. */
  private boolean renewed(MeteredKey key, @Nullable UsageQuota quota, long day, long nanos) {
    UsageMeter meter = meter(key);
    if (quota == null && meter.unlimited(day) != null) {
      writer.start();
      return true;
    }
    if (nanos <= 0) {
      return false;
    }
    try {
      if (!meter.await(quota, day, nanos, writer)) {
        // Whoever dropped it has not removed it yet.
        meters.remove(key, meter);
      }
      return true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("usage of API key {} is not known", key.keyId(), e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * What was used on these days, exactly; days without a request may be left out.
   *
   * @throws LedgerException if the ledger cannot be read
   */
  public List<UsedDay> days(MeteredKey key, long from, long to) {
    return writer.call(
        () -> {
          List<UsedDay> written = ledger.days(key, from, to);
          UsageMeter meter = meters.get(key);
          return meter == null
              ? written
              : List.copyOf(UnwrittenUsage.whole(meter, ledger).over(written, from, to).values());
        });
  }

  /**
   * Today's usage of a key under a quota, as far as memory has it: the ledger is not asked.
   *
   * @return null where it has none, or there is no quota
   */
  public @Nullable UsedDay today(MeteredKey key) {
    UsageMeter meter = meters.get(key);
    Lease lease = meter == null ? null : meter.lease();
    return lease == null || lease.quota() == null ? null : lease.asUsed(lease.total());
  }

  /**
   * From now on until the period ends, the quota has so many requests left.
   *
   * @param day today
   * @throws LedgerException if the ledger fails; nothing has changed then
   */
  public void leave(MeteredKey key, UsageQuota quota, long day, long remaining) {
    Boolean _ =
        writer.call(
            () -> {
              Renewal renewal =
                  new Renewal(meter(key), quota, day, remaining, new CompletableFuture<>());
              try {
                writer.write(renewal.prepare(ledger));
              } catch (LedgerException e) {
                renewal.failed(e);
                throw e;
              }
              renewal.succeeded();
              return true;
            });
  }

  /**
   * Writes what is counted without a quota, gives back what idle meters have reserved and forgets
   * them, and forgets what is old.
   */
  private void makeRound(boolean last) {
    long today = day(clock.instant().getEpochSecond());
    long now = nanoTime.getAsLong();
    List<UsageMeter> some = new ArrayList<>();
    for (UsageMeter meter : meters.values()) {
      some.add(meter);
      if (some.size() == UsageWriter.MOST_AT_ONCE) {
        write(some, today, now, last);
        some.clear();
        writer.serve();
      }
    }
    write(some, today, now, last);
    if (forgottenOn != today) {
      ledger.forgetBefore(today - KEPT);
      forgottenOn = today;
    }
  }

  private void write(List<UsageMeter> some, long today, long now, boolean last) {
    List<Settlement> settlements = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    try {
      for (UsageMeter meter : some) {
        Settlement settlement = Settlement.of(meter, last || isDone(meter, today, now));
        settlements.add(settlement);
        entries.addAll(settlement.prepare(ledger));
      }
      writer.write(entries);
    } catch (LedgerException e) {
      settlements.forEach(Settlement::failed);
      throw e;
    }
    for (Settlement settlement : settlements) {
      if (settlement.succeeded()) {
        meters.remove(settlement.meter().key(), settlement.meter());
      }
    }
  }

  private boolean isDone(UsageMeter meter, long today, long now) {
    Lease lease = meter.lease();
    return meter.idleNanos(now) >= idle.toNanos() || (lease != null && lease.day() < today);
  }

  /** Makes a round now. */
  void settle() {
    Boolean _ =
        writer.call(
            () -> {
              makeRound(false);
              return true;
            });
  }

  /** How many requests of a key wait for the ledger. */
  int waiting(MeteredKey key) {
    UsageMeter meter = meters.get(key);
    return meter == null ? 0 : meter.waiting();
  }

  /** How many meters there are. */
  int size() {
    return meters.size();
  }

  /** Writes everything; nothing is counted any more. */
  @Override
  public void close() {
    writer.close();
  }
}
