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
import org.jspecify.annotations.Nullable;

/**
 * The execution environments of one edition of a function: as many as there are invocations at
 * once, up to a limit; beyond, invocations wait for one.
 *
 * <p>An invocation that finds none idle waits a moment before it starts another, and goes on
 * waiting while those in front of it get theirs at such a pace that its turn comes within the next:
 * each is a process, and a function that answers at once is quickest with few. Where many wait for
 * each, there are as many as cores at once. While all cores are busy, those go of which there are
 * more than the pace needs.
 */
final class EnvironmentPool {
  /** What an invocation may wait before there is another environment for it. */
  static final Duration MOMENT = Duration.ofMillis(20);

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** These keep the cores busy: while one is being woken, another works. */
  private static final int FEW = 2 * CORES;

  /** So many wait for each environment before there is another without waiting for a moment. */
  private static final int CROWD = 4;

  private final FunctionSnapshot function;
  private final Surroundings surroundings;
  private final int most;

  private final Deque<Idle> idle = new ArrayDeque<>();
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private final Pace pace = new Pace();
  private int environments;

  /** How many environments end as soon as they have answered. */
  private int surplus;

  private boolean closed;

  /** How often one who waited has got an environment. */
  private long served;

  private record Idle(ExecutionEnvironment environment, long sinceNanos) {}

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

  /** What it runs. */
  FunctionSnapshot function() {
    return function;
  }

  /** Whether it has no environment now. */
  synchronized boolean isEmpty() {
    return environments == 0;
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
    long begin = System.nanoTime();
    ExecutionEnvironment environment = acquire();
    try {
      return environment.invoke(event, stream);
    } finally {
      release(environment, System.nanoTime() - begin);
    }
  }

  private ExecutionEnvironment acquire() throws ConcurrencyException, IOException {
    Turn turn;
    synchronized (this) {
      Idle last = idle.pollLast();
      if (last != null) {
        return last.environment;
      }
      turn = wantsAnother() ? null : Turn.behind(waiting.size(), served);
      if (turn == null) {
        another();
      } else {
        waiting.add(turn);
      }
    }
    return turn == null ? create() : awaited(turn);
  }

  private boolean wantsAnother() {
    return environments == 0
        || (environments < Math.min(CORES, most) && waiting.size() >= CROWD * environments);
  }

  private ExecutionEnvironment awaited(Turn turn) throws ConcurrencyException, IOException {
    long begin = System.nanoTime();
    boolean full = false;
    Optional<ExecutionEnvironment> given = null;
    for (int moments = 1; given == null; moments++) {
      Duration left = function.timeout().minusNanos(System.nanoTime() - begin);
      boolean last = full || left.compareTo(MOMENT) <= 0;
      given = turn.environment().await(surroundings.deadlines(), last ? left : MOMENT);
      synchronized (this) {
        full = environments >= most;
        if (given == null && !full && (last || !turn.comesSoon(served, moments))) {
          given = waiting.remove(turn) ? another() : null;
        } else if (given == null && last && waiting.remove(turn)) {
          throw new ConcurrencyException("ConcurrentInvocationLimitExceeded");
        }
      }
    }
    return given.isPresent() ? given.get() : create();
  }

  private Optional<ExecutionEnvironment> another() {
    environments++;
    surplus = 0;
    return Optional.empty();
  }

  private ExecutionEnvironment create() throws IOException {
    surroundings.carrier().computingForLong();
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
            served++;
            next.environment().complete(Optional.empty());
          }
        }
      }
    }
  }

  /**
   * @param nanos how long the invocation took, its wait included
   */
  private void release(ExecutionEnvironment environment, long nanos) {
    synchronized (this) {
      pace.answered(nanos);
      if (surplus > 0) {
        surplus--;
      } else {
        Turn next = waiting.poll();
        if (next != null) {
          served++;
          next.environment().complete(Optional.of(environment));
          return;
        }
        if (!closed) {
          idle.add(new Idle(environment, System.nanoTime()));
          return;
        }
      }
      environments--;
    }
    surroundings.carrier().computingForLong();
    environment.close();
  }

  /**
   * Looks at the pace since the last look.
   *
   * @param coresBusy whether all are, so that fewer processes answer no less; what waits for others
   *     answers more with more of them, however short its wait
   */
  synchronized void look(boolean coresBusy) {
    surplus = coresBusy ? Math.max(0, environments - Math.max(FEW, pace.needs(environments))) : 0;
    pace.reset();
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
