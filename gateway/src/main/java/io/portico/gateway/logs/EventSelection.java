package io.portico.gateway.logs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Picks the events that come next, whatever order they are offered in, and holds no more of them
 * than a page has.
 */
final class EventSelection {
  /**
   * AWS: a page has at most 1 MB; source: documented, FilterLogEvents. That an event counts 26
   * bytes beside its message is documented for PutLogEvents.
   */
  private static final long MOST_BYTES = 1 << 20;

  private static final int EVENT_BYTES = 26;

  private final EventQuery query;
  private final Comparator<LogPosition> nearest;
  private final PriorityQueue<LogEvent> farthestFirst;
  private long bytes;

  /** The nearest that found no room: nothing from there on belongs to the page. */
  private @Nullable LogPosition bound;

  EventSelection(EventQuery query) {
    this.query = query;
    this.nearest = query.forward() ? Comparator.naturalOrder() : Comparator.reverseOrder();
    this.farthestFirst =
        new PriorityQueue<>(Comparator.comparing(LogEvent::at, nearest.reversed()));
  }

  /** Whether an event there belongs to the page, as far as is known yet. */
  boolean wants(LogPosition place) {
    LogPosition end = bound;
    return query.covers(place) && (end == null || nearest.compare(place, end) < 0);
  }

  /** Whether events of these times may belong to the page. */
  boolean wants(long earliest, long latest) {
    LogPosition end = bound;
    if (latest < query.startTime() || earliest >= query.endTime()) {
      return false;
    }
    LogPosition from = query.from();
    if (query.forward()) {
      return (from == null || latest >= from.timestamp())
          && (end == null || earliest <= end.timestamp());
    }
    return (from == null || earliest <= from.timestamp())
        && (end == null || latest >= end.timestamp());
  }

  /** Takes an event that is wanted, and gives up those for which there is no room then. */
  void add(LogEvent event) {
    farthestFirst.add(event);
    bytes += bytes(event);
    while (farthestFirst.size() > query.limit()
        || (bytes > MOST_BYTES && farthestFirst.size() > 1)) {
      LogEvent farthest = farthestFirst.remove();
      bytes -= bytes(farthest);
      bound = farthest.at();
    }
  }

  private static long bytes(LogEvent event) {
    return (long) event.message().length() + EVENT_BYTES;
  }

  EventPage page() {
    List<LogEvent> events = new ArrayList<>(farthestFirst);
    events.sort(Comparator.comparing(LogEvent::at));
    return new EventPage(List.copyOf(events), bound != null);
  }
}
