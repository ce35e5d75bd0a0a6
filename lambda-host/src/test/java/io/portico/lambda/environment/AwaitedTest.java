package io.portico.lambda.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwaitedTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Deadlines deadlines = new Deadlines();

  @AfterEach
  void close() {
    deadlines.close();
  }

  @Test
  void theFirstValueCounts() {
    Awaited<String> awaited = new Awaited<>();

    assertThat(awaited.complete("first")).isTrue();
    assertThat(awaited.complete("second")).isFalse();

    assertThat(awaited.await(deadlines, LONG)).isEqualTo("first");
  }

  @Test
  void whoWaitsIsWoken() {
    Awaited<String> awaited = new Awaited<>();

    Thread.ofVirtual().start(() -> awaited.complete("there"));

    assertThat(awaited.await(deadlines, LONG)).isEqualTo("there");
  }

  @Test
  void whatDoesNotComeInTimeMayStillCome() {
    Awaited<String> awaited = new Awaited<>();
    long begin = System.nanoTime();

    String inTime = awaited.await(deadlines, SHORT);

    assertThat(inTime).isNull();
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(SHORT.toNanos());
    assertThat(awaited.complete("late")).isTrue();
    assertThat(awaited.await(deadlines, SHORT)).isEqualTo("late");
  }

  @Test
  void anInterruptChangesNothingAndIsKept() {
    Awaited<String> awaited = new Awaited<>();
    Thread waiting = Thread.currentThread();

    waiting.interrupt();
    Thread.ofVirtual().start(() -> awaited.complete("there"));

    assertThat(awaited.await(deadlines, LONG)).isEqualTo("there");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aDeadlineIsToldOnceUnlessItIsCancelled() {
    CountDownLatch told = new CountDownLatch(2);
    CountDownLatch cancelled = new CountDownLatch(1);
    // While this one is being told, no other is, however soon it is due.
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    deadlines.at(
        System.nanoTime(),
        () -> {
          begun.countDown();
          await(goesOn);
        });
    await(begun);
    long soon = System.nanoTime() + SHORT.toNanos();

    deadlines.at(soon, cancelled::countDown).cancel();
    deadlines.at(soon, told::countDown);
    deadlines.at(soon + SHORT.toNanos(), told::countDown);
    goesOn.countDown();

    await(told);
    assertThat(cancelled.getCount()).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
