package io.portico.gateway.execute.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.execute.integration.RoleSessions.Session;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.snapshot.AwsEndpoint;
import io.portico.gateway.snapshot.SigningIdentity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AssumedRoleTest {
  private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final SigningIdentity.Role ROLE =
      new SigningIdentity.Role(
          "arn:aws:iam::000000000000:role/api",
          new AwsEndpoint(new Origin(false, "sts.test", 80, true), "sts.test", "eu-west-1", "sts"),
          "/");

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private Duration passed = Duration.ZERO;
  private Duration lifetime = HOUR;
  private boolean refused;
  private boolean atOnce = true;
  private int begun;
  private final AssumedRole role = role(this::execute);

  /** What takes time is done at once, or waits until it is let run. */
  private void execute(Runnable task) {
    if (atOnce) {
      task.run();
    } else {
      waiting.add(task);
    }
  }

  private AssumedRole role(Executor threads) {
    return new AssumedRole(
        ROLE, this::session, threads, () -> START.plus(passed), () -> passed.toNanos());
  }

  private Session session(SigningIdentity.Role asked) throws IOException {
    begun++;
    if (refused) {
      throw new IOException("AccessDenied");
    }
    return new Session(
        new Signers(new Credentials("key-" + begun, "secret", "token")),
        START.plus(passed).plus(lifetime));
  }

  private static String key(AssumedRole role) throws IOException {
    return role.signers(System.nanoTime() + Duration.ofSeconds(10).toNanos())
        .credentials()
        .accessKeyId();
  }

  @Test
  void aSessionIsUsedUntilShortlyBeforeItsEnd() throws IOException {
    assertThat(key(role)).isEqualTo("key-1");
    passed = Duration.ofMinutes(54);
    assertThat(key(role)).isEqualTo("key-1");
    passed = Duration.ofMinutes(59).plusSeconds(30);

    assertThat(key(role)).isEqualTo("key-2");
    assertThat(begun).isEqualTo(2);
  }

  @Test
  void itIsBegunAnewInGoodTimeWhileTheOneThereGoesOn() throws IOException {
    assertThat(key(role)).isEqualTo("key-1");
    passed = Duration.ofMinutes(55);
    atOnce = false;

    assertThat(key(role)).isEqualTo("key-1");
    assertThat(key(role)).isEqualTo("key-1");
    assertThat(waiting).as("beginnings under way").hasSize(1);
    waiting.remove().run();

    assertThat(key(role)).isEqualTo("key-2");
    assertThat(waiting).isEmpty();
  }

  @Test
  void oneThatCannotBeRenewedIsUsedToItsEndAndNotAskedForAllTheTime() throws IOException {
    assertThat(key(role)).isEqualTo("key-1");
    refused = true;
    passed = Duration.ofMinutes(56);
    assertThat(key(role)).isEqualTo("key-1");
    assertThat(key(role)).isEqualTo("key-1");
    assertThat(begun).isEqualTo(2);

    passed = passed.plusSeconds(5);
    assertThat(key(role)).isEqualTo("key-1");
    assertThat(begun).isEqualTo(3);

    passed = HOUR;
    assertThatThrownBy(() -> key(role)).isInstanceOf(RoleNotAssumedException.class);
  }

  @Test
  void whoIsRefusedIsRefusedForAWhileAndThenAsksAgain() throws IOException {
    refused = true;

    RoleNotAssumedException fault =
        catchThrowableOfType(RoleNotAssumedException.class, () -> key(role));
    passed = Duration.ofMillis(4_999);
    assertThatThrownBy(() -> key(role)).isInstanceOf(RoleNotAssumedException.class);

    assertThat(fault.isLate()).isFalse();
    assertThat(fault.told())
        .isEqualTo(
            "API Gateway does not have permission to assume the provided role"
                + " arn:aws:iam::000000000000:role/api");
    assertThat(fault).hasMessageContaining("AccessDenied");
    assertThat(begun).isEqualTo(1);

    refused = false;
    passed = Duration.ofSeconds(5);
    assertThat(key(role)).isEqualTo("key-2");
  }

  @Test
  void manyWhoAskAtOnceWaitForOneBeginning() throws Exception {
    CountingThreads threads = new CountingThreads();
    AssumedRole asked = role(threads);
    List<FutureTask<String>> keys =
        IntStream.range(0, 50).mapToObj(i -> new FutureTask<>(() -> key(asked))).toList();
    List<Thread> callers = keys.stream().map(Thread::startVirtualThread).toList();
    awaitWaiting(callers);
    threads.runTheFirst();

    for (FutureTask<String> key : keys) {
      assertThat(key.get(10, TimeUnit.SECONDS)).isEqualTo("key-1");
    }
    assertThat(begun).isEqualTo(1);
  }

  /** Until all of them wait for what has not begun. */
  private static void awaitWaiting(List<Thread> callers) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!callers.stream().allMatch(caller -> caller.getState() == Thread.State.TIMED_WAITING)) {
      assertThat(System.nanoTime() - deadline).as("time over").isNegative();
      Thread.onSpinWait();
    }
  }

  /** Takes one task, and runs it when it is told to. */
  private static final class CountingThreads implements Executor {
    private final CompletableFuture<Runnable> first = new CompletableFuture<>();

    @Override
    public void execute(Runnable task) {
      if (!first.complete(task)) {
        throw new RejectedExecutionException("a second beginning");
      }
    }

    void runTheFirst() throws Exception {
      first.get(10, TimeUnit.SECONDS).run();
    }
  }

  @Test
  void oneThatAServiceDoesNotTakeIsBegunAnewButNotAllTheTime() throws IOException {
    assertThat(key(role)).isEqualTo("key-1");
    role.refused();
    assertThat(begun).as("one that has just begun is not the one refused").isEqualTo(1);

    passed = Duration.ofSeconds(5);
    role.refused();
    role.refused();
    assertThat(key(role)).isEqualTo("key-2");
    assertThat(begun).isEqualTo(2);
  }

  @Test
  void oneThatAServiceDoesNotTakeIsUsedAsLongAsThereIsNoOther() throws IOException {
    assertThat(key(role)).isEqualTo("key-1");
    passed = Duration.ofSeconds(5);
    refused = true;

    role.refused();

    assertThat(key(role)).isEqualTo("key-1");
    assertThat(begun).isEqualTo(2);
  }

  @Test
  void whoHasNoTimeLeftIsToldSo() {
    atOnce = false;

    assertThatThrownBy(() -> role.signers(System.nanoTime()))
        .isInstanceOfSatisfying(
            RoleNotAssumedException.class, late -> assertThat(late.isLate()).isTrue())
        .hasMessageContaining("role/api");
  }

  @Test
  void aSessionThatEndsAtOnceServesThoseWhoWaitedForItAlone() throws IOException {
    lifetime = Duration.ofSeconds(20);

    assertThat(key(role)).isEqualTo("key-1");
    assertThat(key(role)).isEqualTo("key-2");
  }

  @Test
  void aGatewayThatEndsBeginsNone() {
    AssumedRole ending =
        role(
            task -> {
              throw new RejectedExecutionException();
            });

    assertThatThrownBy(() -> key(ending))
        .isInstanceOf(RoleNotAssumedException.class)
        .hasMessageContaining("ending");
  }
}
