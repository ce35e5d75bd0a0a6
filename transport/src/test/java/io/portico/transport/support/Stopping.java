package io.portico.transport.support;

import io.portico.transport.listener.HttpListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A listener being drained while somebody is busy. */
public final class Stopping {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CompletableFuture<Boolean> drained = new CompletableFuture<>();
  private final Thread drainer;

  private Stopping(HttpListener listener) {
    drainer = Thread.ofPlatform().daemon().start(() -> drained.complete(listener.drain(PATIENCE)));
  }

  /** Begins to drain, and lets go on whoever is busy once the listener waits, or does not. */
  public static Stopping of(HttpListener listener, CountDownLatch goOn) {
    Stopping stopping = new Stopping(listener);
    Eventually.eventually(
        "it waits or is done",
        () ->
            stopping.drained.isDone() || stopping.drainer.getState() == Thread.State.TIMED_WAITING);
    goOn.countDown();
    return stopping;
  }

  /** Whether everything was answered and heard in time; waits for it. */
  public boolean isInTime() throws Exception {
    return drained.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
