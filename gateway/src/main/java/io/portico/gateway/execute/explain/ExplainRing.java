package io.portico.gateway.execute.explain;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The last requests, for whoever asks about one: those that were refused or have failed in one
 * ring, the others in another, each bounded by count, bytes and rate.
 */
public final class ExplainRing {
  private final ExplainLimits limits;
  private final BoundedRing refused;
  private final BoundedRing answered;
  private final KeptRate refusals;
  private final KeptRate answers;

  /** Whoever reads a number finds all entries of lower ones, or they were pushed out. */
  private final ReentrantLock lock = new ReentrantLock();

  private long numbers;

  public ExplainRing(ExplainLimits limits) {
    this.limits = limits;
    this.refused = new BoundedRing(limits.refusals(), limits.bytes());
    this.answered = new BoundedRing(limits.requests(), limits.bytes());
    this.refusals = new KeptRate(limits.refusalsPerSecond());
    this.answers = new KeptRate(limits.requestsPerSecond());
  }

  /** Whether a request that has ended so is to be kept. */
  boolean keeps(boolean refusal) {
    return (refusal ? refusals : answers).take(System.nanoTime());
  }

  /** Adds an entry, which is given its number: later ones have higher ones. */
  void add(ExplainEntry entry) {
    lock.lock();
    try {
      numbers++;
      (entry.isRefusal() ? refused : answered).add(entry.numbered(numbers));
    } finally {
      lock.unlock();
    }
  }

  /** The request of an id, whichever of its ids that is, or null where it is not kept. */
  @Nullable ExplainEntry find(String id) {
    ExplainEntry found = refused.newest(entry -> entry.ids().are(id));
    return found == null ? answered.newest(entry -> entry.ids().are(id)) : found;
  }

  /** The last request that is kept, or null. */
  @Nullable ExplainEntry last() {
    ExplainEntry refusal = lastRefusal();
    ExplainEntry answer = answered.newest(entry -> true);
    return answer == null || (refusal != null && refusal.number() > answer.number())
        ? refusal
        : answer;
  }

  /** The last that was refused or has failed, or null. */
  @Nullable ExplainEntry lastRefusal() {
    return refused.newest(entry -> true);
  }

  /** Those that came after another, in their order; all for 0. */
  List<ExplainEntry> after(long number) {
    return all().stream()
        .filter(entry -> entry.number() > number)
        .sorted(Comparator.comparingLong(ExplainEntry::number))
        .toList();
  }

  private List<ExplainEntry> all() {
    lock.lock();
    try {
      List<ExplainEntry> all = refused.all();
      all.addAll(answered.all());
      return all;
    } finally {
      lock.unlock();
    }
  }

  ExplainLimits limits() {
    return limits;
  }
}
