package io.portico.lambda.async;

import io.portico.lambda.model.AsyncEventRecord;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The events of one function that are due first, by their ids; the others are in the store only, so
 * that a backlog takes no memory.
 */
final class FunctionQueue {
  /** Nothing is due before something happens. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int MOST_WAITING = 1000;

  private final int mostUnderWay;
  private final NavigableSet<String> waiting = new TreeSet<>();
  private final Set<String> underWay = new HashSet<>();
  private boolean moreInStore;
  private long notBefore;
  private long lastTaken;

  /**
   * @param mostUnderWay how many events may be worked on at once
   */
  FunctionQueue(int mostUnderWay) {
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
    if (underWay.size() >= mostUnderWay || now < notBefore) {
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
  }

  /** The work on an event could not be done; neither that nor another before a time. */
  synchronized void postpone(String eventId, long until) {
    underWay.remove(eventId);
    waiting.add(eventId);
    notBefore = until;
  }

  /** When {@link #take} may give something, if nothing else happens. */
  synchronized long next() {
    if (underWay.size() >= mostUnderWay) {
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
