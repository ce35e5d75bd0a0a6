package io.portico.transport.loop;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop and what belongs to it alone: the virtual threads it runs, the work they hand to
 * it, its deadlines, its unflushed channels.
 *
 * <p>{@link #execute}, {@link #handOver} and {@link #isCurrent} are for any thread, everything else
 * for the loop's own.
 */
public final class Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  private final int index;
  private final IoEventLoop eventLoop;
  private final RequestThreads threads;
  private final Deadlines deadlines;

  /** Continuations ready to run, in order. */
  private final ArrayDeque<Runnable> ready = new ArrayDeque<>();

  /**
   * Work left by the virtual thread that runs just now; touched only by what this loop's thread
   * carries.
   */
  private final ArrayDeque<Runnable> handed = new ArrayDeque<>();

  private List<Channel> unflushed = new ArrayList<>();

  /** Empty except while a batch is flushed. */
  private List<Channel> spare = new ArrayList<>();

  private final Runnable runReady = this::runReady;
  private final Runnable flushAll = this::flushAll;
  private boolean runScheduled;

  /** How often this loop has run a continuation. */
  private long turn;

  Loop(int index, IoEventLoop eventLoop, RequestThreads threads) {
    this.index = index;
    this.eventLoop = eventLoop;
    this.threads = threads;
    this.deadlines = new Deadlines(this);
  }

  /** The loop the calling request's thread belongs to, or null for any other thread. */
  public static @Nullable Loop ofCurrentThread() {
    RequestWork work = RequestWork.current();
    return work == null ? null : work.loop();
  }

  /** Its place among the loops of {@link EventLoops#all}. */
  public int index() {
    return index;
  }

  public IoEventLoop eventLoop() {
    return eventLoop;
  }

  /** Whether the caller is the loop itself; false inside a virtual thread. */
  public boolean isCurrent() {
    return eventLoop.inEventLoop();
  }

  /** Runs {@code work} on the loop, soon; safe for any thread. */
  public void execute(Runnable work) {
    eventLoop.execute(work);
  }

  /**
   * Leaves work with the loop: it runs right after the calling virtual thread parks or ends, or
   * soon if the caller runs elsewhere.
   */
  public void handOver(Runnable work) {
    RequestWork own = RequestWork.current();
    if (own != null && own.loop() == this && own.isMounted()) {
      handed.add(work);
    } else {
      eventLoop.execute(work);
    }
  }

  /**
   * Starts a request's virtual thread.
   *
   * @param heavy whether it is sure to compute for long without waiting
   */
  public Thread start(Runnable request, boolean heavy) {
    if (heavy || !threads.onLoops()) {
      return threads.startOnDefaultScheduler(new RequestWork(this, request, false));
    }
    return threads.start(new RequestWork(this, request, true));
  }

  /** Flushes {@code channel} at the end of the current batch of work, together with others. */
  public void flushSoon(Channel channel) {
    if (unflushed.isEmpty()) {
      eventLoop.execute(flushAll);
    }
    unflushed.add(channel);
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /** Tells one run of a continuation from the next; for the thread that runs just now. */
  long turn() {
    return turn;
  }

  private void flushAll() {
    // A flush can complete writes whose listeners write again: those are flushed by the next round.
    List<Channel> batch = unflushed;
    unflushed = spare;
    spare = batch;
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).flush();
    }
    batch.clear();
  }

  /**
   * The scheduler of this loop's virtual threads; called by any thread that makes one of them
   * ready.
   */
  void schedule(Runnable continuation) {
    if (!isCurrent()) {
      eventLoop.execute(() -> run(continuation));
      return;
    }
    ready.add(continuation);
    if (!runScheduled) {
      runScheduled = true;
      eventLoop.execute(runReady);
    }
  }

  private void runReady() {
    runScheduled = false;
    // Not more than were there: a thread that only yields must not keep the loop from its channels.
    for (int count = ready.size(); count > 0; count--) {
      run(Objects.requireNonNull(ready.poll()));
    }
  }

  private void run(Runnable continuation) {
    turn++;
    continuation.run();
    Runnable work;
    while ((work = handed.poll()) != null) {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        // Such as too little memory for it; what others have left is not to wait for good.
        LOG.error("Work that a request left with its event loop failed", e);
      }
    }
  }
}
