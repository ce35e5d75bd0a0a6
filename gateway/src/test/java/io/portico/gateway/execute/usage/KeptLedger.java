package io.portico.gateway.execute.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A ledger that outlives the meters that write to it, and fails when it is told to. */
final class KeptLedger implements UsageLedger {
  private final ConcurrentHashMap<MeteredKey, SortedMap<Long, UsedDay>> days =
      new ConcurrentHashMap<>();
  final AtomicInteger writes = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();
  volatile boolean readable = true;
  volatile boolean writable = true;
  volatile long forgottenBefore = Long.MIN_VALUE;

  /** What happens before days are written. */
  volatile Runnable beforeWrites = () -> {};

  @Override
  public synchronized List<UsedDay> days(MeteredKey key, long from, long to) {
    if (!readable) {
      throw new LedgerException("not readable", new IllegalStateException());
    }
    reads.incrementAndGet();
    SortedMap<Long, UsedDay> ofKey = days.get(key);
    return ofKey == null ? List.of() : new ArrayList<>(ofKey.subMap(from, to + 1).values());
  }

  @Override
  public void write(List<Entry> entries) {
    beforeWrites.run();
    written(entries);
  }

  private synchronized void written(List<Entry> entries) {
    if (!writable) {
      throw new LedgerException("not writable", new IllegalStateException());
    }
    writes.incrementAndGet();
    for (Entry entry : entries) {
      days.computeIfAbsent(entry.key(), ignored -> new TreeMap<>())
          .put(entry.day().day(), entry.day());
    }
  }

  @Override
  public void forgetBefore(long day) {
    forgottenBefore = day;
  }

  /** What a process that was killed now would have left. */
  synchronized KeptLedger copy() {
    KeptLedger copy = new KeptLedger();
    days.forEach((key, ofKey) -> copy.days.put(key, new TreeMap<>(ofKey)));
    return copy;
  }

  /** What is down as used on a day. */
  synchronized long used(MeteredKey key, long day) {
    return days(key, day, day).stream().mapToLong(UsedDay::used).sum();
  }
}
