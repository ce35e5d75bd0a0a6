package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.json.Json;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class TurnsTest {
  private static final long DEADLINE = 20;
  private static final OperationCall CALL =
      new OperationCall(
          "GetSdk", new Caller("111122223333", "eu-west-1", null), "id", new Input(Json.object()));

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger handled = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(2);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void close() {
    mayEnd.countDown();
    callers.close();
  }

  @Test
  void noMoreCallsThanThereAreTurnsAreHandled() throws Exception {
    Turns turns = new Turns(2, "cats", Duration.ofMillis(1));
    CompletableFuture<ObjectNode> first = call(turns.taking(call -> lasting()));
    CompletableFuture<ObjectNode> second = call(turns.taking(call -> lasting()));
    assertThat(begun.await(DEADLINE, TimeUnit.SECONDS)).isTrue();

    ServiceException refused =
        catchThrowableOfType(
            ServiceException.class, () -> turns.taking(call -> lasting()).handle(CALL));
    mayEnd.countDown();

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("TooManyRequestsException");
    assertThat(first.get(DEADLINE, TimeUnit.SECONDS)).isNotNull();
    assertThat(second.get(DEADLINE, TimeUnit.SECONDS)).isNotNull();
    assertThat(handled).hasValue(2);
  }

  @Test
  void aCallIsHandledOnceAnotherHasFailed() {
    Turns turns = new Turns(1, "cats", Duration.ofMillis(1));
    OperationHandler failing =
        turns.taking(
            call -> {
              throw ServiceException.badRequest("no");
            });

    for (int i = 0; i < 3; i++) {
      ServiceException failure =
          catchThrowableOfType(ServiceException.class, () -> failing.handle(CALL));
      assertThat(failure.status()).isEqualTo(400);
    }
  }

  @Test
  void whoWaitsIsHandledWhenATurnIsFree() throws Exception {
    Turns turns = new Turns(2, "cats", Duration.ofSeconds(DEADLINE));
    CompletableFuture<ObjectNode> first = call(turns.taking(call -> lasting()));
    CompletableFuture<ObjectNode> second = call(turns.taking(call -> lasting()));
    assertThat(begun.await(DEADLINE, TimeUnit.SECONDS)).isTrue();

    CompletableFuture<Long> begunWith = new CompletableFuture<>();
    OperationHandler third =
        turns.taking(
            call -> {
              begunWith.complete(mayEnd.getCount());
              return Json.object();
            });
    Thread waiting = Thread.ofPlatform().start(() -> third.handle(CALL));
    awaitWaitingOrEnded(waiting);
    mayEnd.countDown();

    assertThat(begunWith.get(DEADLINE, TimeUnit.SECONDS)).isZero();
    assertThat(first.get(DEADLINE, TimeUnit.SECONDS)).isNotNull();
    assertThat(second.get(DEADLINE, TimeUnit.SECONDS)).isNotNull();
  }

  private static void awaitWaitingOrEnded(Thread thread) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE);
    while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private CompletableFuture<ObjectNode> call(OperationHandler handler) {
    return CompletableFuture.supplyAsync(() -> handler.handle(CALL), callers);
  }

  private ObjectNode lasting() {
    handled.incrementAndGet();
    begun.countDown();
    try {
      assertThat(mayEnd.await(DEADLINE, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Json.object();
  }
}
