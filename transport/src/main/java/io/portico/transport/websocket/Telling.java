package io.portico.transport.websocket;

import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketLimits;
import io.portico.gateway.http.websocket.WebSocketListener;
import io.portico.gateway.http.websocket.WebSocketMessage;
import io.portico.gateway.http.websocket.WebSocketUpgrade;
import io.portico.transport.loop.Loop;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a listener is still to hear of a connection. A virtual thread tells it one thing after the
 * other, as long as there is something: a connection on which nothing happens has none.
 *
 * <p>All but {@link #run} is called on the loop.
 */
final class Telling implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

  /** How many things are told before others on the loop have their turn. */
  private static final int TURN = 16;

  private final Loop loop;
  private final ServerConnection connection;
  private final WebSocketListener listener;

  /** What messages may weigh whose turn has not come, and the least that one does. */
  private final int most;

  private final int least;

  private final AtomicInteger weight = new AtomicInteger();

  /** Whether the connection is to hear when little waits. */
  private volatile boolean awaited;

  /** In order, the one that is being told included; null if there is none. Guarded by this. */
  private @Nullable ArrayDeque<Event> waiting;

  /** Whether messages are of no more use. Guarded by this. */
  private boolean aborted;

  /** The thread that was started last. */
  private @Nullable Thread thread;

  private enum Kind {
    OPENED,
    MESSAGE,
    /** Nobody cuts this short. */
    CLOSED
  }

  private record Event(Kind kind, Runnable telling) {}

  Telling(Loop loop, ServerConnection connection, WebSocketUpgrade upgrade) {
    WebSocketLimits limits = upgrade.limits();
    this.loop = loop;
    this.connection = connection;
    this.listener = upgrade.listener();
    this.most = limits.message();
    this.least = Math.ceilDiv(limits.message(), limits.waitingMessages());
  }

  void opened() {
    add(Kind.OPENED, () -> tell(() -> listener.opened(connection)));
  }

  /**
   * @return whether more may follow; if not, the connection hears when
   */
  boolean message(WebSocketMessage message) {
    int added = Math.max(least, length(message));
    weight.addAndGet(added);
    add(
        Kind.MESSAGE,
        () -> {
          if (weight.addAndGet(-added) <= most / 2 && awaited) {
            awaited = false;
            loop.handOver(connection::resume);
          }
          tell(() -> listener.message(connection, message));
        });
    if (weight.get() < most) {
      return true;
    }
    awaited = true;
    // It may have been told meanwhile, by a thread that did not see that somebody waits.
    return weight.get() < most;
  }

  private static int length(WebSocketMessage message) {
    return switch (message) {
      case WebSocketMessage.Text(String text) -> text.length();
      case WebSocketMessage.Binary(byte[] bytes) -> bytes.length;
    };
  }

  /** The last that it hears. */
  void closed(WebSocketClose close) {
    add(
        Kind.CLOSED,
        () -> {
          loop.handOver(connection::allIsSaid);
          tell(() -> listener.closed(connection, close));
          loop.handOver(connection::hasTold);
        });
  }

  private void tell(Runnable event) {
    try {
      event.run();
    } catch (Throwable e) {
      // Whatever it is, it is a bug, the client learns nothing of it, and the log all.
      LOG.error("The listener of a WebSocket connection ended with an exception", e);
      loop.handOver(() -> connection.shut(WebSocketClose.of(WebSocketClose.INTERNAL_ERROR)));
    }
  }

  /**
   * There is no time left: interrupts what is being told, and drops messages whose turn has not
   * come, so that the listener hears of the end at once.
   */
  synchronized void abort() {
    aborted = true;
    Event current = waiting == null ? null : waiting.peek();
    if (current != null && current.kind() != Kind.CLOSED && thread != null) {
      thread.interrupt();
    }
  }

  private void add(Kind kind, Runnable telling) {
    if (isFirst(new Event(kind, telling))) {
      thread = loop.start(this, false);
    }
  }

  private synchronized boolean isFirst(Event event) {
    if (waiting != null) {
      waiting.add(event);
      return false;
    }
    waiting = new ArrayDeque<>(2);
    waiting.add(event);
    return true;
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck")
  public void run() {
    Event next = first();
    for (int told = 1; next != null; told++) {
      next.telling().run();
      if (told % TURN == 0) {
        Thread.yield();
      }
      next = following();
    }
  }

  private synchronized @Nullable Event first() {
    return waiting == null ? null : waiting.peek();
  }

  private synchronized @Nullable Event following() {
    if (waiting == null) {
      return null;
    }
    waiting.poll();
    // Whoever interrupted meant what is over now.
    Thread.interrupted();
    Event next = waiting.peek();
    while (aborted && next != null && next.kind() == Kind.MESSAGE) {
      waiting.poll();
      next = waiting.peek();
    }
    if (next == null) {
      waiting = null;
    }
    return next;
  }
}
