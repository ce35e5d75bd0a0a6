package io.portico.gateway.execute.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.UpstreamRequest.Origin;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RoleThreadsTest {
  private static final long SECONDS = 10;
  private static final Origin DEAD = new Origin(false, "dead.test", 80, true);
  private static final Origin ALIVE = new Origin(false, "alive.test", 80, true);

  private final CountDownLatch answered = new CountDownLatch(1);
  private final AtomicInteger underWay = new AtomicInteger();

  /** What an STS does not answer until it is let; an interrupt ends it, too. */
  private void call() {
    underWay.incrementAndGet();
    try {
      boolean _ = answered.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anStsThatDoesNotAnswerHoldsUpNoOther() throws InterruptedException {
    try (RoleThreads threads = new RoleThreads()) {
      Executor dead = threads.of(DEAD);
      for (int i = 0; i < 50; i++) {
        dead.execute(this::call);
      }
      CountDownLatch alive = new CountDownLatch(1);
      threads.of(ALIVE).execute(alive::countDown);

      assertThat(alive.await(SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(underWay.get()).isLessThanOrEqualTo(RoleThreads.OF_ONE_STS);
      answered.countDown();
    }
  }

  @Test
  void whatWaitsForAnStsHasItsTurn() throws InterruptedException {
    try (RoleThreads threads = new RoleThreads()) {
      CountDownLatch all = new CountDownLatch(50);
      for (int i = 0; i < 50; i++) {
        threads
            .of(DEAD)
            .execute(
                () -> {
                  call();
                  all.countDown();
                });
      }
      answered.countDown();

      assertThat(all.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aTaskThatFailsTakesNoThreadWithIt() throws InterruptedException {
    try (RoleThreads threads = new RoleThreads()) {
      for (int i = 0; i < RoleThreads.OF_ONE_STS; i++) {
        threads
            .of(DEAD)
            .execute(
                () -> {
                  throw new IllegalStateException("a mistake");
                });
      }
      CountDownLatch next = new CountDownLatch(1);
      threads.of(DEAD).execute(next::countDown);

      assertThat(next.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Those who wait for it would not be told anything otherwise. */
  @Test
  void whatHasNotBegunWhenTheyEndIsRunAllTheSame() {
    RoleThreads threads = new RoleThreads();
    for (int i = 0; i < RoleThreads.OF_ONE_STS; i++) {
      threads.of(DEAD).execute(this::call);
    }
    AtomicInteger told = new AtomicInteger();
    for (int i = 0; i < 20; i++) {
      threads.of(DEAD).execute(told::incrementAndGet);
    }

    threads.close();

    assertThat(told.get()).isEqualTo(20);
    assertThatThrownBy(() -> threads.of(DEAD).execute(told::incrementAndGet))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
