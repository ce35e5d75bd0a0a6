package io.portico.gateway.execute.usage;

import java.util.List;

/** Keeps usage for longer than the process lives. Called by one thread alone. */
public interface UsageLedger {
  /** Keeps nothing: for what is measured or tried out, and has no yesterday. */
  UsageLedger NONE =
      new UsageLedger() {
        @Override
        public List<UsedDay> days(MeteredKey key, long from, long to) {
          return List.of();
        }

        @Override
        public void write(List<Entry> entries) {}

        @Override
        public void forgetBefore(long day) {}
      };

  /**
   * What was written of these days, in their order; days of which nothing was are left out.
   *
   * @throws LedgerException if it cannot be read
   */
  List<UsedDay> days(MeteredKey key, long from, long to);

  /**
   * Creates or replaces days, all of them or none. When this returns, they survive the death of the
   * process. Those of usage plans that are no more are left out.
   *
   * @throws LedgerException if they cannot be written
   */
  void write(List<Entry> entries);

  /**
   * Forgets days before this one; some of them may be kept for a month longer.
   *
   * @throws LedgerException if they cannot be deleted
   */
  void forgetBefore(long day);

  /** A day of a key. */
  record Entry(MeteredKey key, UsedDay day) {}
}
