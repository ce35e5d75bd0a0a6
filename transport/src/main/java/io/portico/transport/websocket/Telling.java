package io.portico.transport.websocket;

import io.portico.transport.loop.Loop;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a listener is still to hear of a connection. A virtual thread tells it one thing after the
 * other, as long as there is something: a connection on which nothing happens has none.
 */
final class Telling implements Runnable {
  /** How many things are told before others on the loop have their turn. */
  private static final int TURN = 16;

  private final Loop loop;

  /** In order, the one that is being told included; null if there is none. Guarded by this. */
  private @Nullable ArrayDeque<Runnable> waiting;

  /** The thread that was started last; the loop's own. */
  private @Nullable Thread thread;

  Telling(Loop loop) {
    this.loop = loop;
  }

  /** Called on the loop. */
  void add(Runnable next) {
    if (isFirst(next)) {
      thread = loop.start(this, false);
    }
  }

  private synchronized boolean isFirst(Runnable next) {
    if (waiting != null) {
      waiting.add(next);
      return false;
    }
    waiting = new ArrayDeque<>(2);
    waiting.add(next);
    return true;
  }

  /** How many there are, the one that is being told included. */
  synchronized int size() {
    return waiting == null ? 0 : waiting.size();
  }

  /** Interrupts what is being told. Called on the loop. */
  void interrupt() {
    if (size() > 0 && thread != null) {
      thread.interrupt();
    }
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck")
  public void run() {
    Runnable next = first();
    for (int told = 1; next != null; told++) {
      next.run();
      // Whoever interrupted meant what is over now.
      Thread.interrupted();
      if (told % TURN == 0) {
        Thread.yield();
      }
      next = following();
    }
  }

  private synchronized @Nullable Runnable first() {
    return waiting == null ? null : waiting.peek();
  }

  private synchronized @Nullable Runnable following() {
    if (waiting == null) {
      return null;
    }
    waiting.poll();
    Runnable next = waiting.peek();
    if (next == null) {
      waiting = null;
    }
    return next;
  }
}
