package io.portico.lambda.async;

import io.portico.lambda.model.AsyncEventRecord;
import java.time.Duration;

/**
 * Decides what becomes of an event: nothing else, so that it can be read and tested by itself.
 *
 * <p>AWS: a function's errors are retried after one minute and then after two; system errors after
 * a second and then ever more seldom, at most every five minutes, until the event is too old. Of
 * throttled functions it reads fewer events. Source: documented,
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 *
 * @param retryDelay the wait before the first retry of a function that has failed; before the
 *     second it is twice as long
 */
record RetryPolicy(Duration retryDelay) {
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 9;

  /** What to do with an event after an attempt. */
  sealed interface Decision {

    /** Attempt it again: it is the record of the event now. */
    record Again(AsyncEventRecord event) implements Decision {}

    /**
     * It has come to its end.
     *
     * @param invocations how often the function has run on it in all
     */
    record Settled(InvocationCondition condition, int invocations) implements Decision {}

    /** It waits as it is, and with it all events of its function. */
    record Throttled() implements Decision {}
  }

  /** Whether an event has waited longer than it may. */
  boolean isTooOld(AsyncEventRecord event, EventSettings settings, long now) {
    return now >= expiry(event, settings);
  }

  private static long expiry(AsyncEventRecord event, EventSettings settings) {
    return event.acceptedAt() + settings.longestAge().toMillis();
  }

  Decision after(AsyncEventRecord event, Attempt attempt, EventSettings settings, long now) {
    int ran = event.invocations() + 1;
    return switch (attempt) {
      case Attempt.Answered answered -> new Decision.Settled(InvocationCondition.SUCCESS, ran);
      case Attempt.Failed failed ->
          ran > settings.retries()
              ? new Decision.Settled(InvocationCondition.RETRIES_EXHAUSTED, ran)
              : new Decision.Again(
                  event.ranAgainAt(due(event, settings, now, retryDelay.multipliedBy(ran))));
      case Attempt.Throttled throttled -> new Decision.Throttled();
      case Attempt.Unavailable unavailable -> backOff(event, settings, now);
      // AWS: not known; nothing that is retried brings it back.
      case Attempt.Gone gone ->
          new Decision.Settled(InvocationCondition.RETRIES_EXHAUSTED, event.invocations());
      // AWS: "sends the event to a dead-letter queue or on-failure destination"; source:
      // documented, Use Lambda recursive loop detection.
      case Attempt.Recursive recursive ->
          new Decision.Settled(InvocationCondition.RECURSIVE_INVOCATION, event.invocations());
      // AWS: "without any retries"; source: documented, Capturing records, its first note.
      case Attempt.ClosedOff closed ->
          new Decision.Settled(InvocationCondition.ZERO_RESERVED_CONCURRENCY, event.invocations());
    };
  }

  private static Decision backOff(AsyncEventRecord event, EventSettings settings, long now) {
    Duration wait = FIRST_BACKOFF.multipliedBy(1L << Math.min(event.refusals(), MOST_DOUBLINGS));
    return new Decision.Again(
        event.refusedUntil(
            due(
                event,
                settings,
                now,
                wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF)));
  }

  /** An event that will be too old by its next attempt is looked at when it has become that. */
  private static long due(AsyncEventRecord event, EventSettings settings, long now, Duration wait) {
    return Math.max(now, Math.min(now + wait.toMillis(), expiry(event, settings)));
  }
}
