package io.portico.transport.support;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a handler waits for that nobody answers. */
public final class Interruption {
  private static final long PATIENCE_SECONDS = 20;

  private Interruption() {}

  /** Waits for this thread to be interrupted; false if that does not happen in time. */
  public static boolean awaited() {
    try {
      CountDownLatch never = new CountDownLatch(1);
      return never.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }
}
