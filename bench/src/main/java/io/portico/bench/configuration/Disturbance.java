package io.portico.bench.configuration;

import io.portico.bench.load.Latencies;
import io.portico.bench.load.PacedLoad;
import io.portico.bench.load.Target;
import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What calls of an API notice of changes: in turns, latencies at a steady rate while nothing is
 * changed, and while changes are made one after another.
 */
final class Disturbance {
  private static final int RATE = 1_000;
  private static final int CONNECTIONS = 16;

  private final PacedLoad load;
  private final Target target;
  private final Duration length;

  Disturbance(PacedLoad load, Target target, Duration length) {
    this.load = load;
    this.target = target;
    this.length = length;
  }

  /**
   * What was measured, pair by pair.
   *
   * @param changes how many were made during the second of each
   */
  record Measured(List<Latencies> quiet, List<Latencies> changing, long changes) {}

  Measured measure(int rounds, Calls.Call change) {
    List<Latencies> quiet = new ArrayList<>();
    List<Latencies> changing = new ArrayList<>();
    long changes = 0;
    for (int i = 0; i < rounds; i++) {
      quiet.add(calls());
      try (Changes made = new Changes(change)) {
        changing.add(calls());
        changes += made.stop();
      }
    }
    return new Measured(quiet, changing, changes);
  }

  private Latencies calls() {
    Latencies latencies = load.run(target, CONNECTIONS, RATE, length);
    if (latencies.failed() > 0) {
      throw new BenchFailure(latencies.failed() + " calls of the API failed");
    }
    return latencies;
  }

  /** A thread that makes changes until it is told to stop. */
  private static final class Changes implements AutoCloseable {
    private final CountDownLatch first = new CountDownLatch(1);
    private final AtomicReference<@Nullable BenchFailure> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean over;
    private long made;

    Changes(Calls.Call change) {
      thread = Thread.ofPlatform().name("changes").start(() -> run(change));
      try {
        first.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchFailure("interrupted", e);
      }
    }

    private void run(Calls.Call change) {
      try {
        do {
          change.make();
          made++;
          first.countDown();
        } while (!over);
      } catch (IOException e) {
        failure.set(new BenchFailure("a change failed: " + e.getMessage(), e));
      } catch (BenchFailure refused) {
        failure.set(refused);
      } finally {
        first.countDown();
      }
    }

    /** How many it has made. */
    long stop() {
      close();
      BenchFailure broken = failure.get();
      if (broken != null) {
        throw broken;
      }
      return made;
    }

    @Override
    public void close() {
      over = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchFailure("interrupted", e);
      }
    }
  }
}
