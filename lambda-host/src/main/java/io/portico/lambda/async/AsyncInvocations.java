package io.portico.lambda.async;

import io.portico.gateway.aws.RequestId;
import io.portico.gateway.store.RecordWriter;
import io.portico.gateway.store.Records;
import io.portico.lambda.environment.TraceId;
import io.portico.lambda.model.AsyncEventRecord;
import io.portico.lambda.snapshot.FunctionId;
import java.time.Clock;
import java.time.Duration;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * <b>Asynchronous invocation</b>: takes events in, which are durable then, and invokes functions
 * with them as often as it takes. At least once: whoever is killed in the midst begins again.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html">Asynchronous
 *     invocation</a>
 */
public final class AsyncInvocations implements AutoCloseable {
  /** AWS: 1 MB; source: documented, Lambda quotas. */
  public static final int MOST_PAYLOAD = 1_048_576;

  /** AWS: source: documented, RecursiveInvocationException. */
  public static final String RECURSIVE_INVOCATION =
      "Lambda has detected your function being invoked in a recursive loop with other Amazon Web"
          + " Services resources and stopped your function's invocation.";

  private final EventStore events;
  private final Settings settings;
  private final Clock clock;
  private final Dispatcher dispatcher;

  /**
   * How events are treated.
   *
   * @param retryDelay the wait before the first retry of a function that has failed; before the
   *     second it is twice as long
   * @param services where destinations are reached
   */
  public record Settings(Duration retryDelay, ServiceCalls services) {}

  /**
   * @param mostOfFunction how many events of one function are worked on at once
   */
  public AsyncInvocations(
      Records records, Settings settings, Clock clock, ToIntFunction<FunctionId> mostOfFunction) {
    this.events = new EventStore(records);
    this.settings = settings;
    this.clock = clock;
    this.dispatcher = new Dispatcher(events, clock, mostOfFunction);
  }

  /** Begins to work on events: on those that are stored, and on those that come. */
  public void start(Invoker invoker) {
    Destinations destinations =
        new Destinations(
            settings.services,
            (id, qualifier, traceId, payload) ->
                accept(
                    id, qualifier, RequestId.random(), TraceId.invocation(traceId, id), payload));
    EventWork work =
        new EventWork(
            events,
            new RetryPolicy(settings.retryDelay),
            invoker,
            destinations,
            clock,
            dispatcher::added,
            dispatcher::isClosed);
    dispatcher.start(work::on);
  }

  /**
   * Takes an event in; it is durable when this returns.
   *
   * @param qualifier a version or an alias, or null
   * @param requestId names the invocation in all its attempts
   * @param traceId that of the invocation, which it counts already
   * @param payload JSON; whoever holds the array does not change it
   * @return whether there is the function; else nothing was taken in
   */
  public boolean accept(
      FunctionId id, @Nullable String qualifier, String requestId, String traceId, byte[] payload) {
    AsyncEventRecord event =
        AsyncEventRecord.accepted(requestId, qualifier, traceId, clock.millis());
    return events.accept(id, event, payload, () -> dispatcher.added(id, event.id()));
  }

  /** Forgets the events of a function that is deleted. */
  public static void functionDeleted(RecordWriter records, FunctionId id) {
    EventStore.deleteAll(records, id);
  }

  /** Begins no more attempts; those under way end with their functions. */
  @Override
  public void close() {
    dispatcher.close();
  }

  /** Waits, for a bounded time, until what was under way has ended. */
  public void awaitEnd() {
    dispatcher.awaitEnd();
  }
}
