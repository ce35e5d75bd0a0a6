package io.portico.lambda.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.model.AsyncEventRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FunctionQueueTest {
  private static final long NOW = 5_000;

  /** Ids of a store, in its order. */
  private final TreeSet<String> stored = new TreeSet<>();

  private static String event(long due, String requestId) {
    return AsyncEventRecord.accepted(requestId, null, "trace", due).id();
  }

  private List<String> first(int limit) {
    return stored.stream().limit(limit).toList();
  }

  @Test
  void givesWhatIsDueInItsOrder() {
    FunctionQueue queue = new FunctionQueue(() -> 10);
    queue.add(event(NOW + 1, "later"));
    queue.add(event(NOW, "second"));
    queue.add(event(NOW - 1000, "first"));

    assertThat(queue.take(NOW, this::first)).isEqualTo(event(NOW - 1000, "first"));
    assertThat(queue.take(NOW, this::first)).isEqualTo(event(NOW, "second"));
    assertThat(queue.take(NOW, this::first)).isNull();
    assertThat(queue.next()).isEqualTo(NOW + 1);
    assertThat(queue.take(NOW + 1, this::first)).isEqualTo(event(NOW + 1, "later"));
  }

  @Test
  void givesNoMoreThanMayBeUnderWay() {
    FunctionQueue queue = new FunctionQueue(() -> 1);
    queue.add(event(1, "a"));
    queue.add(event(2, "b"));
    String taken = queue.take(NOW, this::first);

    assertThat(queue.take(NOW, this::first)).isNull();
    assertThat(queue.next()).isEqualTo(FunctionQueue.NEVER);

    queue.ended(String.valueOf(taken));
    assertThat(queue.take(NOW, this::first)).isEqualTo(event(2, "b"));
  }

  @Test
  void givesNothingTwiceThatIsUnderWay() {
    FunctionQueue queue = new FunctionQueue(() -> 10);
    queue.add(event(1, "a"));
    queue.take(NOW, this::first);

    queue.add(event(1, "a"));

    assertThat(queue.take(NOW, this::first)).isNull();
  }

  @Test
  void keepsABacklogInTheStoreAndLosesNothingOfIt() {
    FunctionQueue queue = new FunctionQueue(() -> 5000);
    for (int i = 0; i < 2500; i++) {
      String id = event(i, "n%04d".formatted(i));
      stored.add(id);
      queue.add(id);
    }

    int count = 0;
    String last = "";
    String taken = queue.take(NOW, this::first);
    while (taken != null) {
      assertThat(taken).isGreaterThan(last);
      last = taken;
      count++;
      if (count % 3 == 0) {
        stored.remove(taken);
        queue.ended(taken);
      }
      taken = queue.take(NOW, this::first);
    }
    assertThat(count).isEqualTo(2500);
  }

  @Test
  void anEventThatIsDueBeforeTheOthersIsNotLeftInTheStore() {
    FunctionQueue queue = new FunctionQueue(() -> 5000);
    for (int i = 0; i < 1500; i++) {
      String id = event(100 + i, "n");
      stored.add(id);
      queue.add(id);
    }

    queue.add(event(1, "early"));
    queue.add(event(NOW, "late"));

    assertThat(queue.take(NOW, this::first)).isEqualTo(event(1, "early"));
  }

  @Test
  void findsWhatWasStoredBeforeItWasThere() {
    FunctionQueue queue = new FunctionQueue(() -> 10);
    stored.add(event(1, "a"));
    queue.lookInStore();

    assertThat(queue.isIdle()).isFalse();
    assertThat(queue.take(NOW, this::first)).isEqualTo(event(1, "a"));
    stored.clear();
    queue.ended(event(1, "a"));
    assertThat(queue.take(NOW, this::first)).isNull();
    assertThat(queue.isIdle()).isTrue();
  }

  @Test
  void whatCouldNotBeDoneHoldsUpTheOthersForATime() {
    FunctionQueue queue = new FunctionQueue(() -> 10);
    queue.add(event(1, "a"));
    queue.add(event(2, "b"));
    String taken = String.valueOf(queue.take(NOW, this::first));

    queue.postpone(taken, NOW + 1000);

    assertThat(queue.take(NOW + 999, this::first)).isNull();
    assertThat(queue.next()).isEqualTo(NOW + 1000);
    assertThat(queue.take(NOW + 1000, this::first)).isEqualTo(event(1, "a"));
  }

  @Test
  void aFunctionThatIsThrottledHoldsUpItsEventsForLongerAndLonger() {
    FunctionQueue queue = new FunctionQueue(() -> 10);
    queue.add(event(1, "a"));
    queue.add(event(2, "b"));
    List<Long> holds = new ArrayList<>();
    long now = NOW;
    for (int i = 0; i < 6; i++) {
      String first = String.valueOf(queue.take(now, this::first));
      String second = String.valueOf(queue.take(now, this::first));
      queue.throttled(first, now);
      queue.throttled(second, now + 1);
      assertThat(queue.take(queue.next() - 1, this::first)).isNull();
      holds.add(queue.next() - now);
      now = queue.next();
    }

    assertThat(holds).containsExactly(1000L, 2000L, 4000L, 8000L, 10_000L, 10_000L);

    queue.ended(String.valueOf(queue.take(now, this::first)));
    queue.throttled(String.valueOf(queue.take(now, this::first)), now);
    assertThat(queue.next()).isEqualTo(now + 1000);
  }

  @Test
  void howManyMayBeUnderWayIsAskedEachTime() {
    AtomicInteger most = new AtomicInteger(1);
    FunctionQueue queue = new FunctionQueue(most::get);
    queue.add(event(1, "a"));
    queue.add(event(2, "b"));
    queue.take(NOW, this::first);
    assertThat(queue.take(NOW, this::first)).isNull();

    most.set(2);

    assertThat(queue.take(NOW, this::first)).isEqualTo(event(2, "b"));
  }
}
