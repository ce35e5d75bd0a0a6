package io.portico.lambda.environment;

import io.portico.lambda.environment.ExecutionEnvironment.Surroundings;
import io.portico.lambda.snapshot.FunctionSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The execution environments of one edition of a function: as many as there are invocations at
 * once, up to a limit; beyond, invocations wait for one.
 *
 * <p>An invocation that finds none idle waits a moment before it starts another: a function that
 * answers at once needs few of them, and each is a process.
 */
final class EnvironmentPool {
  private static final Duration MOMENT = Duration.ofMillis(20);

  private final FunctionSnapshot function;
  private final Surroundings surroundings;
  private final int most;

  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private int environments;
  private boolean closed;

  private record Idle(ExecutionEnvironment environment, long sinceNanos) {}

  /** An invocation that waits for an environment, or for the word to make one. */
  private static final class Turn {
    final CompletableFuture<Optional<ExecutionEnvironment>> environment = new CompletableFuture<>();
  }

  /**
   * An empty pool.
   *
   * @param most environments at once
   */
  EnvironmentPool(FunctionSnapshot function, Surroundings surroundings, int most) {
    this.function = function;
    this.surroundings = surroundings;
    this.most = most;
  }

  /** Whether it is the pool of this edition or of a later one: nobody goes back. */
  boolean runs(FunctionSnapshot other) {
    return function.edition() >= other.edition();
  }

  /**
   * Runs the function on an event.
   *
   * @param stream what the answer may go to while it comes, or null where it is wanted whole
   * @throws ConcurrencyException if no environment became free in time
   * @throws IOException if there is no room for another environment on this machine
   */
  Invoked invoke(Event event, @Nullable ResponseStream stream)
      throws ConcurrencyException, IOException {
    ExecutionEnvironment environment = acquire();
    try {
      return environment.invoke(event, stream);
    } finally {
      release(environment);
    }
  }

  private ExecutionEnvironment acquire() throws ConcurrencyException, IOException {
    Turn turn = new Turn();
    synchronized (this) {
      Idle last = idle.pollLast();
      if (last != null) {
        return last.environment;
      }
      if (environments > 0) {
        waiting.add(turn);
      } else {
        environments++;
        turn.environment.complete(Optional.empty());
      }
    }
    await(turn, MOMENT);
    synchronized (this) {
      if (environments < most && waiting.remove(turn)) {
        environments++;
        turn.environment.complete(Optional.empty());
      }
    }
    await(turn, function.timeout());
    synchronized (this) {
      if (waiting.remove(turn)) {
        throw new ConcurrencyException("ConcurrentInvocationLimitExceeded");
      }
    }
    Optional<ExecutionEnvironment> given = turn.environment.join();
    return given.isPresent() ? given.get() : create();
  }

  private ExecutionEnvironment create() throws IOException {
    boolean created = false;
    try {
      ExecutionEnvironment environment = new ExecutionEnvironment(function, surroundings);
      created = true;
      return environment;
    } finally {
      if (!created) {
        synchronized (this) {
          // The next who waits tries in its place.
          Turn next = waiting.poll();
          if (next == null) {
            environments--;
          } else {
            next.environment.complete(Optional.empty());
          }
        }
      }
    }
  }

  /** Waits for a turn, or for so long. A client that goes away changes nothing. */
  private static void await(Turn turn, Duration time) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + time.toNanos();
    try {
      while (true) {
        try {
          turn.environment.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          return;
        } catch (ExecutionException e) {
          throw new IllegalStateException("a turn does not fail", e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void release(ExecutionEnvironment environment) {
    synchronized (this) {
      Turn next = waiting.poll();
      if (next != null) {
        next.environment.complete(Optional.of(environment));
        return;
      }
      if (!closed) {
        idle.add(new Idle(environment, System.nanoTime()));
        return;
      }
      environments--;
    }
    environment.close();
  }

  /** Ends the environments that had nothing to do for so long. */
  void retire(Duration time) {
    List<ExecutionEnvironment> retired = new ArrayList<>();
    synchronized (this) {
      long now = System.nanoTime();
      while (!idle.isEmpty() && now - idle.getFirst().sinceNanos > time.toNanos()) {
        retired.add(idle.removeFirst().environment);
        environments--;
      }
    }
    retired.forEach(ExecutionEnvironment::close);
  }

  /** Ends the idle environments now, the others once they have answered. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    retire(Duration.ZERO.minusNanos(1));
  }
}
