package io.portico.server;

import io.portico.gateway.execute.telemetry.PartlyWrittenException;
import java.util.BitSet;
import java.util.List;

/** Those of some lines of access logs that a service did not take. */
final class Undelivered {
  private final BitSet left = new BitSet();
  private final BitSet refused = new BitSet();
  private String first = "";

  /** A line as a service is to have it. */
  interface Placed {

    /** Where it stands among all. */
    int place();
  }

  /**
   * They may be taken later.
   *
   * @param where the service was to put them: {@code the delivery stream a}
   */
  void left(List<? extends Placed> lines, String where, String why) {
    lines.forEach(line -> left.set(line.place()));
    tell(lines, where, why);
  }

  /** They are lost. */
  void refused(List<? extends Placed> lines, String where, String why) {
    lines.forEach(line -> refused.set(line.place()));
    tell(lines, where, why);
  }

  private void tell(List<? extends Placed> lines, String where, String why) {
    if (first.isEmpty()) {
      first = "%d records for %s: %s".formatted(lines.size(), where, why);
    }
  }

  /**
   * Ends the delivery. A line with two places of which one may take it later is left.
   *
   * @throws PartlyWrittenException if a line is lost or left
   */
  void check() throws PartlyWrittenException {
    if (!first.isEmpty()) {
      refused.andNot(left);
      throw new PartlyWrittenException(first, null, refused.cardinality(), left);
    }
  }
}
