package io.portico.gateway.logs;

import java.util.Comparator;

/**
 * A place in the order of a group's events: by time, then by stream, then as they came. As a place
 * to read on from it stands before the event that is there.
 *
 * @param offset of the event's first byte in all that its stream has ever been
 */
public record LogPosition(long timestamp, String stream, long offset)
    implements Comparable<LogPosition> {
  private static final Comparator<LogPosition> ORDER =
      Comparator.comparingLong(LogPosition::timestamp)
          .thenComparing(LogPosition::stream)
          .thenComparingLong(LogPosition::offset);

  /** The place right behind an event here. */
  public LogPosition behind() {
    return new LogPosition(timestamp, stream, offset + 1);
  }

  @Override
  public int compareTo(LogPosition other) {
    return ORDER.compare(this, other);
  }
}
