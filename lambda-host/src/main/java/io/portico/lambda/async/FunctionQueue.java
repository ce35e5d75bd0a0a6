package io.portico.lambda.async;

import io.portico.lambda.model.AsyncEventRecord;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of one function that are due first, by their ids; the others are in the store only, so
 * that a backlog takes no memory.
 */
final class FunctionQueue {
  /** Nothing is due before something happens. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int MOST_WAITING = 1000;

  // AWS: a second at first; source: documented,
  // https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html. It ends at
  // five minutes there and with the event: here all events of the function wait, so that one look
  // is enough for them, and they go on soon after there is room.
  private static final long FIRST_HOLD = 1000;
  private static final long LONGEST_HOLD = 10_000;

  private final IntSupplier mostUnderWay;
  private final NavigableSet<String> waiting = new TreeSet<>();
  private final Set<String> underWay = new HashSet<>();
  private boolean moreInStore;
  private long notBefore;
  private long lastTaken;
  private long hold = FIRST_HOLD;

  /**
   * @param mostUnderWay how many events may be worked on at once, asked each time
   */
  FunctionQueue(IntSupplier mostUnderWay) {
    this.mostUnderWay = mostUnderWay;
  }

  /** There are events in the store of which none is here. */
  synchronized void lookInStore() {
    moreInStore = true;
  }

  /** Adds an event that is in the store. */
  synchronized void add(String eventId) {
    if (underWay.contains(eventId)) {
      return;
    }
    if (moreInStore && (waiting.isEmpty() || eventId.compareTo(waiting.last()) > 0)) {
      return;
    }
    waiting.add(eventId);
    if (waiting.size() > MOST_WAITING) {
      waiting.pollLast();
      moreInStore = true;
    }
  }

  /**
   * Takes the next event to work on, or null where none is due or as many as may are under way.
   *
   * @param now milliseconds since 1970
   * @param store the first ids there, at most so many
   */
  synchronized @Nullable String take(long now, IntFunction<List<String>> store) {
    if (underWay.size() >= mostUnderWay.getAsInt() || now < notBefore) {
      return null;
    }
    if (waiting.isEmpty() && moreInStore) {
      int limit = MOST_WAITING + underWay.size();
      List<String> first = store.apply(limit);
      moreInStore = first.size() == limit;
      waiting.addAll(first);
      waiting.removeAll(underWay);
    }
    if (waiting.isEmpty() || AsyncEventRecord.dueOf(waiting.first()) > now) {
      return null;
    }
    String first = waiting.removeFirst();
    underWay.add(first);
    lastTaken = System.nanoTime();
    return first;
  }

  /** The work on an event has ended. */
  synchronized void ended(String eventId) {
    underWay.remove(eventId);
    hold = FIRST_HOLD;
  }

  /**
   * The function runs as often as it may: neither that event nor another before a while has passed,
   * which is the longer the more often that happens without anything done in between.
   */
  synchronized void throttled(String eventId, long now) {
    underWay.remove(eventId);
    waiting.add(eventId);
    if (now >= notBefore) {
      notBefore = now + hold;
      hold = Math.min(2 * hold, LONGEST_HOLD);
    }
  }

  /** The work on an event could not be done; neither that nor another before a time. */
  synchronized void postpone(String eventId, long until) {
    underWay.remove(eventId);
    waiting.add(eventId);
    notBefore = until;
  }

  /** When {@link #take} may give something, if nothing else happens. */
  synchronized long next() {
    if (underWay.size() >= mostUnderWay.getAsInt()) {
      return NEVER;
    }
    if (waiting.isEmpty()) {
      return moreInStore ? notBefore : NEVER;
    }
    return Math.max(notBefore, AsyncEventRecord.dueOf(waiting.first()));
  }

  /** When it has last given something, as {@link System#nanoTime} counts; 0 for never. */
  synchronized long lastTaken() {
    return lastTaken;
  }

  /** Whether nothing waits and nothing is under way. */
  synchronized boolean isIdle() {
    return waiting.isEmpty() && underWay.isEmpty() && !moreInStore;
  }
}
