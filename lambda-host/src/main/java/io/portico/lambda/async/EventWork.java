package io.portico.lambda.async;

import io.portico.lambda.async.EventStore.Stored;
import io.portico.lambda.async.RetryPolicy.Decision;
import io.portico.lambda.environment.Lineage;
import io.portico.lambda.model.AsyncEventRecord;
import io.portico.lambda.model.AsyncEventRecord.Refusal;
import io.portico.lambda.model.AsyncEventRecord.Settlement;
import io.portico.lambda.model.AsyncEventRecord.Target;
import io.portico.lambda.model.AsyncResponseRecord;
import io.portico.lambda.snapshot.FunctionId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with an event that is due: an attempt, and once it is settled, telling where it is
 * to be told. Each step is durable before the next one begins, so that whoever is killed between
 * two repeats one step at most.
 */
final class EventWork {
  private static final Logger LOG = LoggerFactory.getLogger(EventWork.class);

  /** AWS says nothing of how often it tries; then it drops the record, as here. */
  private static final int MOST_TRIES = 5;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  private static final Refusal TOO_MANY = new Refusal(429, "Rate Exceeded.");

  private final EventStore events;
  private final RetryPolicy policy;
  private final Invoker invoker;
  private final Destinations destinations;
  private final Clock clock;
  private final BiConsumer<FunctionId, String> later;
  private final BooleanSupplier stopping;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /**
   * @param later told of events that are due some time again
   * @param stopping whether this host ends, and its functions with it
   */
  EventWork(
      EventStore events,
      RetryPolicy policy,
      Invoker invoker,
      Destinations destinations,
      Clock clock,
      BiConsumer<FunctionId, String> later,
      BooleanSupplier stopping) {
    this.events = events;
    this.policy = policy;
    this.invoker = invoker;
    this.destinations = destinations;
    this.clock = clock;
    this.later = later;
    this.stopping = stopping;
  }

  /**
   * Does what is to be done now; an event that is no more needs nothing.
   *
   * @return whether it is done; else the function runs as often as it may, and nothing has changed
   */
  boolean on(FunctionId id, String eventId) {
    Stored stored = events.find(id, eventId).orElse(null);
    if (stored == null) {
      return true;
    }
    Settlement settlement = stored.event().settlement();
    if (settlement == null) {
      return attempt(stored);
    }
    tell(stored, settlement);
    return true;
  }

  private boolean attempt(Stored stored) {
    AsyncEventRecord event = stored.event();
    if (policy.isTooOld(event, stored.settings(), clock.millis())) {
      settle(
          stored,
          new Decision.Settled(InvocationCondition.EVENT_AGE_EXCEEDED, event.invocations()),
          stored.response() == null ? TOO_MANY : null,
          null);
      return true;
    }
    Attempt attempt =
        stored.settings().closedOff()
            ? new Attempt.ClosedOff()
            : isLoop(stored)
                ? new Attempt.Recursive()
                : invoker.attempt(stored.function(), event, stored.payload());
    if (stopping.getAsBoolean() && !(attempt instanceof Attempt.Answered)) {
      // Its process may have been killed by this host's end: the next start attempts it anew.
      return true;
    }
    // What was configured while the function ran holds for what comes now.
    Stored now = events.find(stored.function(), event.id()).orElse(null);
    if (now == null) {
      LOG.debug("{} and request {} are no more", stored.function().arn(), event.requestId());
      return true;
    }
    AsyncResponseRecord response = response(attempt);
    return switch (policy.after(event, attempt, now.settings(), clock.millis())) {
      case Decision.Again again -> {
        again(now, attempt, again.event(), response);
        yield true;
      }
      case Decision.Settled settled -> {
        settle(now, settled, refusal(attempt), response);
        yield true;
      }
      case Decision.Throttled throttled -> false;
    };
  }

  private static boolean isLoop(Stored stored) {
    return stored.settings().endsLoops()
        && Lineage.of(stored.event().traceId()).isLoop(stored.function());
  }

  private static @Nullable Refusal refusal(Attempt attempt) {
    return switch (attempt) {
      case Attempt.ClosedOff closed -> TOO_MANY;
      case Attempt.Gone gone -> new Refusal(404, gone.reason());
      case Attempt.Recursive recursive -> new Refusal(400, AsyncInvocations.RECURSIVE_INVOCATION);
      default -> null;
    };
  }

  private static @Nullable AsyncResponseRecord response(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Answered answered ->
          new AsyncResponseRecord(answered.version(), false, answered.payload());
      case Attempt.Failed failed ->
          new AsyncResponseRecord(failed.version(), true, failed.document());
      case Attempt.Throttled throttled -> null;
      case Attempt.Unavailable unavailable -> null;
      case Attempt.Gone gone -> null;
      case Attempt.Recursive recursive -> null;
      case Attempt.ClosedOff closed -> null;
    };
  }

  private void again(
      Stored stored,
      Attempt attempt,
      AsyncEventRecord event,
      @Nullable AsyncResponseRecord response) {
    if (attempt instanceof Attempt.Unavailable unavailable && event.refusals() == 1) {
      LOG.warn(
          "{} could not run for request {} and is tried again: {}",
          arn(stored),
          event.requestId(),
          unavailable.reason());
    }
    events.replace(
        stored.function(),
        stored.event(),
        event,
        response,
        () -> later.accept(stored.function(), event.id()));
  }

  private void settle(
      Stored stored,
      Decision.Settled settled,
      @Nullable Refusal refusal,
      @Nullable AsyncResponseRecord response) {
    InvocationCondition condition = settled.condition();
    AsyncEventRecord before = stored.event();
    List<Target> targets = stored.settings().targets(condition);
    if (condition == InvocationCondition.RECURSIVE_INVOCATION) {
      LOG.warn(
          "{} is invoked in a recursive loop, which ends with request {}",
          arn(stored),
          before.requestId());
      targets = targets.stream().filter(target -> isOutside(target, stored)).toList();
    }
    if (targets.isEmpty()) {
      if (condition != InvocationCondition.SUCCESS) {
        LOG.warn(
            "{}: the event of request {} is discarded after {} invocations: {}{}",
            arn(stored),
            before.requestId(),
            settled.invocations(),
            condition.word(),
            refusal == null ? "" : ", " + refusal.message());
      }
      events.delete(stored.function(), before);
      return;
    }
    Settlement settlement = new Settlement(condition.word(), refusal, clock.millis(), targets, 0);
    AsyncEventRecord event = before.settled(settled.invocations(), settlement);
    if (events.replace(stored.function(), before, event, response, () -> {})) {
      tell(
          new Stored(
              stored.function(),
              event,
              stored.payload(),
              response == null ? stored.response() : response,
              stored.settings()),
          settlement);
    }
  }

  /** Whether the end of a loop can be told there without going on with it. */
  private static boolean isOutside(Target target, Stored stored) {
    FunctionId function;
    try {
      function = ServiceArn.of(target.arn()).function();
    } catch (IOException e) {
      // Whoever sends it there says what is wrong with it.
      return true;
    }
    return function == null
        || !Lineage.of(stored.event().traceId()).then(function).isEndless(function);
  }

  private void tell(Stored stored, Settlement settlement) {
    List<Target> left = new ArrayList<>();
    boolean last = settlement.tries() + 1 >= MOST_TRIES;
    for (Target target : settlement.targets()) {
      try {
        destinations.send(target, stored, settlement);
      } catch (NoEndpointException e) {
        warnOnce(e.getMessage());
        dropped(target, stored, e);
      } catch (IOException e) {
        if (last) {
          dropped(target, stored, e);
        } else {
          left.add(target);
          LOG.debug("{} was not told and is told later: {}", target.arn(), e.toString());
        }
      }
    }
    if (left.isEmpty()) {
      events.delete(stored.function(), stored.event());
      return;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << settlement.tries());
    AsyncEventRecord event =
        stored.event().leftFor(List.copyOf(left), settlement, clock.millis() + wait.toMillis());
    events.replace(
        stored.function(),
        stored.event(),
        event,
        null,
        () -> later.accept(stored.function(), event.id()));
  }

  private void warnOnce(@Nullable String message) {
    String text = String.valueOf(message);
    if (warned.add(text)) {
      LOG.warn("asynchronous invocations: {}", text);
    }
  }

  private static void dropped(Target target, Stored stored, IOException cause) {
    LOG.error(
        "{}: {} of request {} is lost, as {} was not reached: {}",
        arn(stored),
        target.deadLetter() ? "the event" : "the record",
        stored.event().requestId(),
        target.arn(),
        cause.getMessage());
  }

  private static String arn(Stored stored) {
    return InvocationDocument.functionArn(stored);
  }
}
