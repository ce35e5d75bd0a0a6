package io.portico.gateway.control.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.OperationHandler;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.v1.TestStore;
import io.portico.gateway.json.Json;
import io.portico.gateway.metrics.Dimension;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricFolder;
import io.portico.gateway.metrics.MetricKey;
import io.portico.gateway.metrics.MetricLimits;
import io.portico.gateway.metrics.MetricPoint;
import io.portico.gateway.metrics.MetricStore;
import io.portico.gateway.store.Records;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** CloudWatch's operations at a time that is set, called as handlers are. */
final class CloudWatchPlane implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
  static final long TIME = START.getEpochSecond();
  static final Caller CALLER = new Caller("111122223333", "eu-west-1", null);

  Instant now = START;
  final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  final MetricStore metrics =
      new MetricStore(MetricFolder.temporary(), new MetricLimits(666, 1 << 24), clock);

  /** Who was told of alarms. */
  final BlockingQueue<AlarmNotifier.Notice> notices = new LinkedBlockingQueue<>();

  /** How many attempts to tell somebody fail. */
  volatile int failures;

  volatile int attempts;

  final Records records = new Records(new TestStore());
  final AlarmWatch alarms =
      new AlarmWatch(
          records, metrics, clock, this::tell, List.of(Duration.ofMillis(1), Duration.ofMillis(1)));
  final Operations operations =
      CloudWatchOperations.of(new CloudWatchEnvironment(records, metrics, alarms, clock));

  // Told by one thread.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void tell(AlarmNotifier.Notice notice) throws IOException {
    attempts++;
    if (attempts <= failures) {
      throw new IOException("nobody is there");
    }
    notices.add(notice);
  }

  /** What somebody is told next. */
  AlarmNotifier.Notice notice() {
    try {
      return Objects.requireNonNull(notices.poll(20, TimeUnit.SECONDS), "nobody was told");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until so many actions are in the history. */
  void awaitActions(int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (call("DescribeAlarmHistory", "{\"HistoryItemType\": \"Action\"}")
            .path("AlarmHistoryItems")
            .size()
        < count) {
      assertThat(System.nanoTime()).as("actions in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  JsonNode call(String operation, String input) {
    OperationHandler handler = operations.find(operation);
    assertThat(handler).as(operation).isNotNull();
    return Json.parse(
        Json.text(
            handler.handle(
                new OperationCall(
                    operation, CALLER, "request", new Input((ObjectNode) Json.parse(input))))));
  }

  String refusal(String operation, String input) {
    ServiceException refusal =
        catchThrowableOfType(ServiceException.class, () -> call(operation, input));
    assertThat(refusal).as(operation + " " + input).isNotNull();
    return refusal.code() + ": " + refusal.text();
  }

  /** Values of the metric {@code n m} with the dimension {@code a=1}. */
  void put(long start, double value) {
    put("m", start, value);
  }

  void put(String name, long start, double value) {
    metrics.put(
        new MetricKey(CALLER.scope(), "n", name, List.of(new Dimension("a", "1"))),
        List.of(new MetricPoint(60, start, "Count", Distribution.of(value, 1))));
  }

  @Override
  public void close() {
    alarms.close();
    metrics.close();
  }
}
