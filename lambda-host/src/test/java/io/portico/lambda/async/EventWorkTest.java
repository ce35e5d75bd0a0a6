package io.portico.lambda.async;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.store.Records;
import io.portico.lambda.model.AsyncEventRecord;
import io.portico.lambda.model.EventInvokeRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.snapshot.FunctionId;
import io.portico.store.MemoryRecordStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done with one event, by a clock that stands still, on a store in memory. */
final class EventWorkTest {
  private static final FunctionId ID = new FunctionId("000000000000", "us-east-1", "f");
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:failed";
  private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:dead";
  private static final byte[] PAYLOAD = "{\"n\": 1}".getBytes(UTF_8);
  private static final Attempt ANSWERED = new Attempt.Answered("1", "2".getBytes(UTF_8));
  private static final Attempt FAILED =
      new Attempt.Failed("1", "{\"errorMessage\": \"it broke\"}".getBytes(UTF_8));

  private final MemoryRecordStore store = new MemoryRecordStore();
  private final Records records = new Records(store);
  private final EventStore events = new EventStore(records);
  private final ShiftedClock clock = ShiftedClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<String> later = new ArrayList<>();
  private final List<ServiceCall> calls = new ArrayList<>();
  private final List<String> attempts = new ArrayList<>();
  private boolean stopping;

  private Supplier<Attempt> function = () -> ANSWERED;
  private ServiceCalls services = call -> new ServiceCalls.Answer(200, new byte[0]);

  private final EventWork work =
      new EventWork(
          events,
          new RetryPolicy(Duration.ofMinutes(1)),
          (id, event, payload) -> {
            attempts.add(event.requestId());
            return function.get();
          },
          new Destinations(
              call -> {
                calls.add(call);
                return services.call(call);
              },
              (id, qualifier, traceId, payload) -> false),
          clock,
          (id, eventId) -> later.add(eventId),
          () -> stopping);

  @BeforeEach
  void putFunction() {
    StoredFunctions.put(records, ID, TOPIC);
    StoredFunctions.configure(
        records, ID, new EventInvokeRecord("$LATEST", 1, null, null, QUEUE, 0));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String accept() {
    AsyncEventRecord event =
        AsyncEventRecord.accepted("request", null, "Root=1-0-0", clock.millis());
    assertThat(events.accept(ID, event, PAYLOAD, () -> {})).isTrue();
    return event.id();
  }

  /** Puts the clock to when the event is due that was to be done later. */
  private String next() {
    String event = later.removeLast();
    clock.advance(Duration.ofMillis(AsyncEventRecord.dueOf(event) - clock.millis()));
    return event;
  }

  private int stored() {
    return records.read(
        reader ->
            reader.all(LambdaRecords.ASYNC_EVENT).size()
                + reader.all(LambdaRecords.ASYNC_PAYLOAD).size()
                + reader.all(LambdaRecords.ASYNC_RESPONSE).size());
  }

  private static String body(ServiceCall call) {
    return new String(call.body(), UTF_8);
  }

  @Test
  void nothingIsLeftOfAnEventThatWasAnswered() {
    work.on(ID, accept());

    assertThat(attempts).containsExactly("request");
    assertThat(calls).isEmpty();
    assertThat(stored()).isZero();
  }

  @Test
  void anEventThatFailsIsTriedAgainWithTheSameIdAndThenTold() {
    function = () -> FAILED;

    work.on(ID, accept());
    assertThat(later).hasSize(1);
    assertThat(calls).isEmpty();
    work.on(ID, next());

    assertThat(attempts).containsExactly("request", "request");
    assertThat(calls).extracting(ServiceCall::service).containsExactly("sqs", "sns");
    assertThat(body(calls.getFirst()))
        .contains("RetriesExhausted")
        .contains("approximateInvokeCount%22%3A2")
        .contains("it+broke");
    assertThat(body(calls.getLast()))
        .contains("Message=%7B%22n%22%3A+1%7D")
        .contains(
            "MessageAttributes.entry.2.Name=ErrorCode"
                + "&MessageAttributes.entry.2.Value.DataType=Number"
                + "&MessageAttributes.entry.2.Value.StringValue=200")
        .contains("MessageAttributes.entry.3.Value.StringValue=it+broke");
    assertThat(stored()).isZero();
  }

  @Test
  void whatIsConfiguredMeanwhileHoldsForTheNextAttempt() {
    function = () -> FAILED;
    work.on(ID, accept());
    StoredFunctions.configure(
        records, ID, new EventInvokeRecord("$LATEST", 2, null, null, null, 0));

    work.on(ID, next());

    assertThat(later).hasSize(1);
    assertThat(calls).isEmpty();
  }

  @Test
  void aTargetThatIsNotReachedIsTriedAgainAndTheOtherIsNot() {
    function = () -> FAILED;
    services =
        call -> {
          if (call.service().equals("sqs") && calls.size() < 5) {
            throw new IOException("refused");
          }
          return new ServiceCalls.Answer(200, new byte[0]);
        };
    work.on(ID, accept());
    work.on(ID, next());

    work.on(ID, next());
    work.on(ID, next());
    work.on(ID, next());

    assertThat(calls)
        .extracting(ServiceCall::service)
        .containsExactly("sqs", "sns", "sqs", "sqs", "sqs");
    assertThat(attempts).hasSize(2);
    assertThat(later).isEmpty();
    assertThat(stored()).isZero();
  }

  @Test
  void aTargetThatIsNeverReachedIsGivenUp() {
    function = () -> FAILED;
    services = call -> new ServiceCalls.Answer(500, "down".getBytes(UTF_8));
    work.on(ID, accept());
    work.on(ID, next());

    while (!later.isEmpty()) {
      work.on(ID, next());
    }

    assertThat(calls).filteredOn(call -> call.service().equals("sqs")).hasSize(5);
    assertThat(stored()).isZero();
  }

  @Test
  void aServiceThatIsNowhereIsNotTriedAgain() {
    function = () -> FAILED;
    services =
        call -> {
          throw new NoEndpointException("set something");
        };
    work.on(ID, accept());

    work.on(ID, next());

    assertThat(calls).hasSize(2);
    assertThat(later).isEmpty();
    assertThat(stored()).isZero();
  }

  @Test
  void anEventThatWasSettledIsToldWithoutAnotherAttempt() {
    function = () -> FAILED;
    services =
        call -> {
          throw new IllegalStateException("the process is killed");
        };
    work.on(ID, accept());
    String second = next();
    assertThatThrownBy(() -> work.on(ID, second)).isInstanceOf(IllegalStateException.class);

    services = call -> new ServiceCalls.Answer(200, new byte[0]);
    work.on(ID, second);

    assertThat(attempts).hasSize(2);
    assertThat(calls).extracting(ServiceCall::service).containsExactly("sqs", "sqs", "sns");
    assertThat(body(calls.getLast())).contains("it+broke");
    assertThat(stored()).isZero();
  }

  @Test
  void anEventThatIsThrottledStaysAsItIs() {
    function = Attempt.Throttled::new;
    String event = accept();

    boolean done = work.on(ID, event);

    assertThat(done).isFalse();
    assertThat(later).isEmpty();
    assertThat(events.find(ID, event))
        .hasValueSatisfying(found -> assertThat(found.event().refusals()).isZero());
  }

  @Test
  void anEventThatHasBecomeTooOldIsNotAttempted() {
    String event = accept();
    clock.advance(Duration.ofHours(6));

    work.on(ID, event);

    assertThat(attempts).isEmpty();
    assertThat(body(calls.getFirst()))
        .contains("EventAgeExceeded")
        .contains("approximateInvokeCount%22%3A0")
        .doesNotContain("responseContext");
    assertThat(body(calls.getLast())).contains("MessageAttributes.entry.2.Value.StringValue=429");
    assertThat(stored()).isZero();
  }

  @Test
  void anEventWhoseAliasIsGoneIsADeadLetter() {
    function = () -> new Attempt.Gone("Function not found: f:live");

    work.on(ID, accept());

    assertThat(body(calls.getLast()))
        .contains("MessageAttributes.entry.2.Value.StringValue=404")
        .contains("MessageAttributes.entry.3.Value.StringValue=Function+not+found%3A+f%3Alive");
    assertThat(stored()).isZero();
  }

  @Test
  void theEventsOfAFunctionThatIsDeletedMeanwhileAreDropped() {
    function =
        () -> {
          records.write(
              writer -> {
                AsyncInvocations.functionDeleted(writer, ID);
                writer.delete(LambdaRecords.FUNCTION, ID.scope(), ID.name());
                return true;
              });
          return FAILED;
        };

    work.on(ID, accept());

    assertThat(later).isEmpty();
    assertThat(calls).isEmpty();
    assertThat(stored()).isZero();
  }

  @Test
  void aFailureOfAHostThatEndsIsNone() {
    function =
        () -> {
          stopping = true;
          return FAILED;
        };
    String event = accept();

    work.on(ID, event);

    assertThat(later).isEmpty();
    assertThat(events.find(ID, event))
        .hasValueSatisfying(found -> assertThat(found.event().invocations()).isZero());
  }

  @Test
  void thereIsNoEventForAFunctionThatIsNotThere() {
    FunctionId other = new FunctionId("000000000000", "us-east-1", "other");
    AsyncEventRecord event = AsyncEventRecord.accepted("request", null, "trace", 1);

    assertThat(events.accept(other, event, PAYLOAD, () -> later.add("taken"))).isFalse();

    assertThat(later).isEmpty();
    assertThat(stored()).isZero();
    assertThat(events.functions()).isEmpty();
  }
}
