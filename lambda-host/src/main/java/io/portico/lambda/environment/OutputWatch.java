package io.portico.lambda.environment;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what functions print while nobody else does: in the background, or for longer than a
 * pipe holds. One thread for all of them, which is there while there is a process.
 */
final class OutputWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OutputWatch.class);
  private static final long PAUSE_NANOS = 20_000_000;

  private final Set<ProcessOutput> outputs = ConcurrentHashMap.newKeySet();
  private boolean watching;

  /** Watches an output until it is removed. */
  synchronized void add(ProcessOutput output) {
    outputs.add(output);
    if (!watching) {
      watching = true;
      Thread.ofPlatform().daemon().name("function-output").start(this::watch);
    }
  }

  void remove(ProcessOutput output) {
    outputs.remove(output);
  }

  private void watch() {
    while (goesOn()) {
      boolean any = false;
      for (ProcessOutput output : outputs) {
        any |= looked(output);
      }
      if (!any) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** One whose lines cannot be handed on must not keep the others from being looked at. */
  private static boolean looked(ProcessOutput output) {
    try {
      return output.look();
    } catch (RuntimeException e) {
      LOG.error("a function's output cannot be handed on", e);
      return false;
    }
  }

  private synchronized boolean goesOn() {
    watching = !outputs.isEmpty();
    return watching;
  }
}
