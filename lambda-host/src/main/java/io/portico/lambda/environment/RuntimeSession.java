package io.portico.lambda.environment;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One life of a function's process, from its start to its end, as the Runtime API sees it. A new
 * process has a session of its own, so that what an old one still asks for leads nowhere.
 */
final class RuntimeSession {
  /**
   * AWS: an invocation is over when the runtime asks for the next event; AWS's client for Java logs
   * an error after it has reported it; source: inferred. Nobody waits longer than this for it.
   */
  private static final Duration AFTERMATH = Duration.ofSeconds(1);

  /** How long after its connection a process may live that ends. */
  private static final long NANOS_TO_EXIT = 500_000_000;

  private final Deadlines deadlines;
  private final Awaited<Optional<Outcome>> initialized = new Awaited<>();
  private final BlockingQueue<Order> orders = new ArrayBlockingQueue<>(1);
  private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>();
  private final AtomicReference<RuntimeState> state = new AtomicReference<>(RuntimeState.STARTED);

  /** What the function was last given. */
  private volatile @Nullable Order given;

  private volatile @Nullable String exitReason;

  /**
   * An event on its way to the function.
   *
   * @param deadlineMillis when it must have answered, since 1970
   */
  record Order(Event event, long deadlineMillis) {}

  /**
   * An event that the function has.
   *
   * @param stream what the answer may go to while it comes, or null where it is wanted whole
   * @param outcome how it ended
   * @param over when the function asks for the next one, or ends
   */
  private record Pending(
      String requestId,
      @Nullable ResponseStream stream,
      Awaited<Outcome> outcome,
      Awaited<Boolean> over) {

    Pending(String requestId, @Nullable ResponseStream stream) {
      this(requestId, stream, new Awaited<>(), new Awaited<>());
    }
  }

  RuntimeSession(Deadlines deadlines) {
    this.deadlines = deadlines;
  }

  // --- What the function asks for

  /**
   * The next event; waits for one. The first time, it says that the function is initialised. AWS:
   * whoever has not answered gets the same one again; source: inferred, from its emulator. One that
   * asks while its answer is still read here waits for the next.
   *
   * @throws StateTransitionException if it has failed to be initialised
   */
  Order next() throws InterruptedException, StateTransitionException {
    Order current = given;
    RuntimeState now = state.get();
    if (now == RuntimeState.RUNNING && current != null) {
      return current;
    }
    boolean answering = now == RuntimeState.RESPONSE || now == RuntimeState.ERROR_RESPONSE;
    if (!answering) {
      move(RuntimeState.READY);
    }
    initialized.complete(Optional.empty());
    Pending last = current == null ? null : pending(current.event.requestId());
    if (last != null && (answering || last.outcome.isDone())) {
      last.over.complete(true);
    }
    Order order = orders.take();
    given = order;
    state.set(RuntimeState.RUNNING);
    return order;
  }

  /**
   * Begins to take the answer to the invocation of that id.
   *
   * @param answer what it is: a response or an error
   * @return whether it is the one that the function was last given
   * @throws StateTransitionException if it has been answered
   */
  boolean take(String requestId, RuntimeState answer) throws StateTransitionException {
    Order current = given;
    if (current == null || !current.event.requestId().equals(requestId)) {
      return false;
    }
    move(answer);
    return true;
  }

  private void move(RuntimeState to) throws StateTransitionException {
    RuntimeState now = state.get();
    while (to.follows(now)) {
      if (state.compareAndSet(now, to)) {
        return;
      }
      now = state.get();
    }
    throw new StateTransitionException(now, to);
  }

  /** The function's answer is here, or as much as will come of it. */
  private void answered() {
    state.updateAndGet(
        now -> RuntimeState.RESPONSE_SENT.follows(now) ? RuntimeState.RESPONSE_SENT : now);
  }

  /**
   * Where the answer to the invocation of that id goes while it comes; null where it is wanted
   * whole, or there is no such invocation.
   */
  @Nullable ResponseStream stream(String requestId) {
    Pending current = pending(requestId);
    return current == null || current.outcome.isDone() ? null : current.stream;
  }

  private @Nullable Pending pending(String requestId) {
    Pending current = pending.get();
    return current != null && current.requestId.equals(requestId) ? current : null;
  }

  /**
   * What the function sent as the answer to the invocation of that id has broken off. If its
   * process ends with that, it is the process that has ended.
   */
  void truncate(String requestId, Outcome.Failed failure) {
    answered();
    Pending current = pending(requestId);
    if (current != null) {
      deadlines.at(System.nanoTime() + NANOS_TO_EXIT, () -> current.outcome.complete(failure));
    }
  }

  /**
   * Ends the invocation of that id.
   *
   * @return whether it is under way
   */
  boolean end(String requestId, Outcome outcome) {
    answered();
    Pending current = pending(requestId);
    return current != null && current.outcome.complete(outcome);
  }

  /**
   * The function cannot be initialised.
   *
   * @throws StateTransitionException if it is
   */
  void failInitialization(Outcome.Failed failure) throws StateTransitionException {
    move(RuntimeState.INIT_ERROR);
    initialized.complete(Optional.of(failure));
  }

  /** The process has ended, whatever it was doing. */
  void exited(String reason) {
    exitReason = reason;
    Outcome outcome = new Outcome.Exited(reason);
    initialized.complete(Optional.of(outcome));
    Pending current = pending.get();
    if (current != null) {
      current.outcome.complete(outcome);
      current.over.complete(true);
    }
  }

  // --- What the environment asks for

  /** Waits for the function to be initialised; how it failed to, if it did. */
  Optional<Outcome> awaitInitialized(Duration time) {
    Optional<Outcome> failure = initialized.await(deadlines, time);
    return failure == null ? Optional.of(new Outcome.TimedOut()) : failure;
  }

  /**
   * Hands an event over and waits for how that ends.
   *
   * @param stream what the answer may go to while it comes, or null where it is wanted whole
   * @param time how long the function may take
   */
  Outcome invoke(Event event, @Nullable ResponseStream stream, Duration time) {
    Pending current = new Pending(event.requestId(), stream);
    pending.set(current);
    orders.add(new Order(event, System.currentTimeMillis() + time.toMillis()));
    String reason = exitReason;
    Outcome outcome =
        reason == null ? current.outcome.await(deadlines, time) : new Outcome.Exited(reason);
    if (outcome instanceof Outcome.Failed) {
      current.over.await(deadlines, AFTERMATH);
    }
    pending.set(null);
    return outcome == null ? new Outcome.TimedOut() : outcome;
  }

  /** Takes the event back; whether the function never saw it. */
  boolean withdraw() {
    return orders.poll() != null;
  }

  /** Whether the process has ended. */
  boolean isOver() {
    return exitReason != null;
  }
}
