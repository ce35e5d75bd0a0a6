package io.portico.gateway.execute.usage;

import io.portico.gateway.execute.usage.UsageLedger.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A meter's counts come to the ledger; those of one that is done with whatever it has reserved, to
 * the very request.
 */
final class Settlement {
  private final UsageMeter meter;
  private final boolean last;
  private final @Nullable Lease ended;
  private @Nullable UnwrittenUsage unwritten;

  private Settlement(UsageMeter meter, boolean last, @Nullable Lease ended) {
    this.meter = meter;
    this.last = last;
    this.ended = ended;
  }

  /**
   * A meter's.
   *
   * @param last the meter is used no more
   */
  static Settlement of(UsageMeter meter, boolean last) {
    Lease lease = meter.lease();
    if (last && lease != null) {
      lease.end();
    }
    return new Settlement(meter, last, lease);
  }

  /**
   * What the ledger is to have.
   *
   * @throws LedgerException if the ledger cannot be read
   */
  List<Entry> prepare(UsageLedger ledger) {
    UnwrittenUsage counted =
        last ? UnwrittenUsage.whole(meter, ledger) : UnwrittenUsage.tallied(meter, ledger);
    unwritten = counted;
    return counted.entries();
  }

  /** The ledger has it; whether the meter has gone out of use. */
  boolean succeeded() {
    if (unwritten != null) {
      unwritten.written();
    }
    meter.forgetWritten();
    return last && meter.drop(ended);
  }

  /** The ledger has it not. */
  void failed() {
    if (last && ended != null) {
      meter.reinstall(ended);
    }
  }

  UsageMeter meter() {
    return meter;
  }
}
