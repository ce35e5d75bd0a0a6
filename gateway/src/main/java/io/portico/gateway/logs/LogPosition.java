package io.portico.gateway.logs;

import java.util.Comparator;

/**
 * A place in the order of a group's events: by the time when they happened, then by that when they
 * came, then by stream, then as they stand there. As a place to read on from it stands before the
 * event that is there.
 *
 * <p>AWS: events of one time are in the order in which they came; source: documented, GetLogEvents
 * and FilterLogEvents. So what comes late to that time stands behind what a page had of it.
 *
 * @param offset of the event's first byte in all that its stream has ever been
 */
public record LogPosition(long timestamp, long ingestionTime, String stream, long offset)
    implements Comparable<LogPosition> {
  private static final Comparator<LogPosition> ORDER =
      Comparator.comparingLong(LogPosition::timestamp)
          .thenComparingLong(LogPosition::ingestionTime)
          .thenComparing(LogPosition::stream)
          .thenComparingLong(LogPosition::offset);

  /** The place right behind an event here. */
  public LogPosition behind() {
    return new LogPosition(timestamp, ingestionTime, stream, offset + 1);
  }

  @Override
  public int compareTo(LogPosition other) {
    return ORDER.compare(this, other);
  }
}
