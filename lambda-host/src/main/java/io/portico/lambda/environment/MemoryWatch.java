package io.portico.lambda.environment;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends functions that have more memory resident than they may. It looks ten times a second, so one
 * that takes very much at once has it for a moment. An address-space limit would not do: Node.js
 * and the JVM reserve far more than they use.
 */
final class MemoryWatch {
  private static final long PAUSE_NANOS = 100_000_000;

  private final Map<RuntimeProcess, Integer> limits = new ConcurrentHashMap<>();
  private boolean watching;

  /**
   * Watches a process until it is removed.
   *
   * @param megabytes that it may have
   */
  synchronized void add(RuntimeProcess process, int megabytes) {
    limits.put(process, megabytes);
    if (!watching) {
      watching = true;
      Thread.ofPlatform().daemon().name("function-memory").start(this::watch);
    }
  }

  void remove(RuntimeProcess process) {
    limits.remove(process);
  }

  private void watch() {
    while (goesOn()) {
      limits.forEach(
          (process, megabytes) -> {
            if (process.residentMegabytes() > megabytes) {
              process.kill();
            }
          });
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private synchronized boolean goesOn() {
    watching = !limits.isEmpty();
    return watching;
  }
}
