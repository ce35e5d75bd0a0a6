package io.portico.lambda.async;

import io.portico.lambda.snapshot.FunctionId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events out when they are due, each to a thread of its own: so many of a function at once,
 * and so many in all. With nothing to do it sleeps until the next is due or something happens.
 */
final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** What the machine is to bear beside the calls that somebody waits for. */
  private static final int MOST_UNDER_WAY = 64;

  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);
  private static final Duration TO_END = Duration.ofSeconds(10);

  private final EventStore events;
  private final Clock clock;
  private final ToIntFunction<FunctionId> mostOfFunction;
  private final Map<FunctionId, FunctionQueue> queues = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean signalled;
  private boolean closed;
  private int underWay;

  /** What is done with an event. */
  interface Work {

    /**
     * Does it. What it throws is logged, and it is done again later.
     *
     * @return whether it is done; else the function takes no more now, and it is done again later
     */
    boolean on(FunctionId id, String eventId);
  }

  /**
   * @param mostOfFunction how many events of one function are worked on at once
   */
  Dispatcher(EventStore events, Clock clock, ToIntFunction<FunctionId> mostOfFunction) {
    this.events = events;
    this.clock = clock;
    this.mostOfFunction = mostOfFunction;
  }

  /** Begins, with what is in the store. */
  void start(Work work) {
    events.functions().forEach(id -> queue(id, FunctionQueue::lookInStore));
    Thread.ofPlatform().daemon().name("functions-events").start(() -> run(work));
  }

  /** An event is in the store, and due some time. */
  void added(FunctionId id, String eventId) {
    queue(id, queue -> queue.add(eventId));
    signal();
  }

  private void queue(FunctionId id, Consumer<FunctionQueue> change) {
    queues.compute(
        id,
        (key, known) -> {
          FunctionQueue queue =
              known == null ? new FunctionQueue(() -> mostOfFunction.applyAsInt(id)) : known;
          change.accept(queue);
          return queue;
        });
  }

  private void signal() {
    lock.lock();
    try {
      signalled = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run(Work work) {
    try {
      long next = clock.millis();
      while (awaitUntil(next)) {
        next = handOut(work);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a time or for a signal; whether there is more to do then. */
  private boolean awaitUntil(long time) throws InterruptedException {
    lock.lock();
    try {
      while (!signalled && !closed) {
        if (time == FunctionQueue.NEVER) {
          changed.await();
          continue;
        }
        long left = time - clock.millis();
        if (left <= 0) {
          break;
        }
        changed.await(left, TimeUnit.MILLISECONDS);
      }
      signalled = false;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Hands out what may run now; when there is more to hand out unless something happens. */
  private long handOut(Work work) {
    long now = clock.millis();
    try {
      boolean more = true;
      while (more) {
        more = false;
        for (Map.Entry<FunctionId, FunctionQueue> each : inTurn()) {
          more |= handOut(work, each.getKey(), each.getValue(), now);
        }
      }
      return next();
    } catch (RuntimeException e) {
      LOG.error("asynchronous invocations are held up", e);
      return now + AFTER_A_FAULT.toMillis();
    }
  }

  /** Who has waited longest comes first. */
  private List<Map.Entry<FunctionId, FunctionQueue>> inTurn() {
    List<Map.Entry<FunctionId, Long>> taken = new ArrayList<>();
    queues.forEach((id, queue) -> taken.add(Map.entry(id, queue.lastTaken())));
    taken.sort(Comparator.comparingLong(Map.Entry::getValue));
    List<Map.Entry<FunctionId, FunctionQueue>> turns = new ArrayList<>();
    for (Map.Entry<FunctionId, Long> each : taken) {
      FunctionQueue queue = queues.get(each.getKey());
      if (queue != null) {
        turns.add(Map.entry(each.getKey(), queue));
      }
    }
    return turns;
  }

  private boolean handOut(Work work, FunctionId id, FunctionQueue queue, long now) {
    if (!enter()) {
      return false;
    }
    String event = null;
    try {
      event = queue.take(now, limit -> events.first(id, limit));
    } finally {
      if (event == null) {
        leave();
      }
    }
    if (event == null) {
      queues.computeIfPresent(id, (key, known) -> known.isIdle() ? null : known);
      return false;
    }
    String taken = event;
    Thread.ofVirtual().name("function-event").start(() -> work(work, id, queue, taken));
    return true;
  }

  private void work(Work work, FunctionId id, FunctionQueue queue, String eventId) {
    boolean known = false;
    boolean done = false;
    try {
      done = work.on(id, eventId);
      known = true;
    } catch (RuntimeException e) {
      LOG.error("{}: an asynchronous invocation is held up", id.arn(), e);
    } finally {
      if (done) {
        queue.ended(eventId);
      } else if (known) {
        queue.throttled(eventId, clock.millis());
      } else {
        queue.postpone(eventId, clock.millis() + AFTER_A_FAULT.toMillis());
      }
      leave();
      signal();
    }
  }

  /** Begins a piece of work, unless as many as may are under way. */
  private boolean enter() {
    lock.lock();
    try {
      if (closed || underWay >= MOST_UNDER_WAY) {
        return false;
      }
      underWay++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      underWay--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long next() {
    lock.lock();
    try {
      if (underWay >= MOST_UNDER_WAY) {
        return FunctionQueue.NEVER;
      }
    } finally {
      lock.unlock();
    }
    return queues.values().stream()
        .mapToLong(FunctionQueue::next)
        .min()
        .orElse(FunctionQueue.NEVER);
  }

  /** Whether it has been told to end. */
  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Hands out nothing more; what is under way goes on. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing is under way any more, for a bounded time. */
  void awaitEnd() {
    lock.lock();
    try {
      long left = TO_END.toNanos();
      while (underWay > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
