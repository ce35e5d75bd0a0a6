package io.portico.gateway.control.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.v1.TestStore;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.cloudwatch.AlarmHistoryRecord;
import io.portico.gateway.store.Records;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AlarmActionsTest {
  private static final AlarmPlace PLACE = AlarmPlace.ofScope("111122223333/eu-west-1");
  private static final String TOPIC = "arn:aws:sns:eu-west-1:111122223333:topic";

  private final TestStore store = new TestStore();
  private final Records records = new Records(store);
  private final AtomicInteger told = new AtomicInteger();
  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  private AlarmActions actions() {
    return new AlarmActions(
        records,
        new AlarmHistory(records, Clock.systemUTC()),
        this::tell,
        List.of(Duration.ofHours(1)));
  }

  private void tell(AlarmNotifier.Notice notice) throws IOException {
    busy.countDown();
    try {
      assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (notice.subject().equals("unreachable")) {
      throw new IOException("nobody is there");
    }
    told.incrementAndGet();
  }

  private static void tell(AlarmActions actions, String subject) {
    actions.tell(
        PLACE,
        "a",
        new AlarmNotifier.Notice(TOPIC, subject, "{}"),
        Json.object(),
        1_767_323_040_000L);
  }

  /** What became of them, once there are so many in the history. */
  private List<String> awaitSummaries(int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (store.size() < count) {
      assertThat(System.nanoTime()).as("history in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
    return summaries();
  }

  private List<String> summaries() {
    return records.read(reader -> reader.list(AlarmHistoryRecord.TYPE, PLACE.scope())).stream()
        .map(AlarmHistoryRecord::summary)
        .toList();
  }

  @Test
  void whatIsTooMuchIsWrittenDownLaterByTheThread() throws InterruptedException {
    try (AlarmActions actions = actions()) {
      tell(actions, "first");
      assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
      for (int i = 1; i < AlarmActions.MOST_HELD; i++) {
        tell(actions, "more");
      }
      tell(actions, "beyond");
      assertThat(store.writes()).isZero();
      assertThat(actions.untold()).isEqualTo(1);
      released.countDown();

      List<String> summaries = awaitSummaries(AlarmActions.MOST_HELD);

      assertThat(told).hasValue(AlarmActions.MOST_WAITING);
      assertThat(summaries)
          .filteredOn(summary -> summary.contains("too many actions wait"))
          .hasSize(AlarmActions.MOST_HELD - AlarmActions.MOST_WAITING);
    }
  }

  @Test
  void whoeverIsToBeTriedAgainWhenTheProcessEndsIsInTheHistory() throws InterruptedException {
    released.countDown();
    try (AlarmActions actions = actions()) {
      tell(actions, "unreachable");
      assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(summaries()).hasSize(1);
    assertThat(summaries().getFirst()).startsWith("Failed to execute action " + TOPIC);
  }
}
