package io.portico.transport.support;

import io.portico.transport.listener.HttpListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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

  /**
   * Begins to drain, and lets go on whoever is busy once the listener waits, or does not. It has
   * noticed by then which clients have gone before.
   */
  public static Stopping of(HttpListener listener, CountDownLatch goOn) {
    InetSocketAddress address = listener.address();
    Stopping stopping = new Stopping(listener);
    Eventually.eventually("it takes no more clients", () -> isRefused(address));
    Eventually.eventually(
        "it waits or is done",
        () ->
            stopping.drained.isDone() || stopping.drainer.getState() == Thread.State.TIMED_WAITING);
    goOn.countDown();
    return stopping;
  }

  private static boolean isRefused(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) PATIENCE.toMillis());
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  /** Whether everything was answered and heard in time; waits for it. */
  public boolean isInTime() throws Exception {
    return drained.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
