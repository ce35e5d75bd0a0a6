package io.portico.gateway.execute.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Answered;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Refused;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AuthorizerResultsTest {
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final AtomicLong now = new AtomicLong();
  private final AuthorizerResults results = new AuthorizerResults(now::get);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void anAnswerHoldsForItsTimeAndNoLonger() {
    get("api/prod", "a", identity("one"));
    now.addAndGet(TTL.toNanos() - 1);
    get("api/prod", "a", identity("one"));
    assertThat(asked).hasValue(1);

    now.addAndGet(1);
    get("api/prod", "a", identity("one"));

    assertThat(asked).hasValue(2);
  }

  @Test
  void beingAskedForDoesNotMakeAnAnswerHoldLonger() {
    for (int i = 0; i <= 300; i++) {
      get("api/prod", "a", identity("one"));
      now.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    assertThat(asked).hasValue(2);
  }

  @Test
  void noAnswerIsAnotherStagesAuthorizersOrCallers() {
    List<Identity> identities =
        List.of(
            identity("one"),
            identity("one", "two"),
            identity("one,two"),
            identity("one\u0000two"),
            identity("onetwo", ""),
            identity("", "onetwo"),
            new Identity(List.of(List.of("one", "two"))),
            new Identity(List.of(List.of("one"), List.of())),
            identity("One"));
    for (String stage : List.of("api/prod", "api/test", "other/prod")) {
      for (String authorizer : List.of("a", "b")) {
        for (Identity identity : identities) {
          AuthorizerResult result = get(stage, authorizer, identity);
          assertThat(result).isEqualTo(get(stage, authorizer, identity));
        }
      }
    }

    assertThat(asked).hasValue(3 * 2 * identities.size());
  }

  @Test
  void whoIsNotKnownIsAskedForAgain() {
    Supplier<AuthorizerResult> nobody =
        () -> {
          asked.incrementAndGet();
          return new Refused(GatewayResponseType.UNAUTHORIZED, "not known", null);
        };

    results.get("api/prod", "a", identity("one"), TTL, WAIT, nobody);
    results.get("api/prod", "a", identity("one"), TTL, WAIT, nobody);

    assertThat(asked).hasValue(2);
  }

  @Test
  void aFlushedStageAsksAgainAndNoOther() {
    get("api/prod", "a", identity("one"));
    get("api/test", "a", identity("one"));

    results.flush("api/prod");
    get("api/prod", "a", identity("one"));
    get("api/test", "a", identity("one"));

    assertThat(asked).hasValue(3);
  }

  @Test
  void whatIsBeingAskedForDuringAFlushIsNotKept() {
    results.get(
        "api/prod",
        "a",
        identity("one"),
        TTL,
        WAIT,
        () -> {
          results.flush("api/prod");
          return answer("old");
        });

    assertThat(get("api/prod", "a", identity("one"))).isEqualTo(answer("1"));
  }

  @Test
  void manyWhoAskForOneCallerAskOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    List<Future<AuthorizerResult>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Supplier<AuthorizerResult> slow =
          () -> {
            asked.incrementAndGet();
            begun.countDown();
            awaitIt(answers);
            return answer("me");
          };
      for (int i = 0; i < 100; i++) {
        all.add(
            threads.submit(() -> results.get("api/prod", "a", identity("one"), TTL, WAIT, slow)));
      }
      awaitIt(begun);
      // Another caller need not wait for this one's answer.
      assertThat(get("api/prod", "a", identity("other"))).isInstanceOf(Answered.class);
      answers.countDown();
      for (Future<AuthorizerResult> each : all) {
        assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(answer("me"));
      }
    }

    assertThat(asked).hasValue(2);
  }

  @Test
  void whoWaitsTooLongForAnothersAnswerGivesUp() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<AuthorizerResult> slow =
          threads.submit(
              () ->
                  results.get(
                      "api/prod",
                      "a",
                      identity("one"),
                      TTL,
                      WAIT,
                      () -> {
                        begun.countDown();
                        awaitIt(answers);
                        return answer("me");
                      }));
      awaitIt(begun);

      AuthorizerResult result =
          results.get(
              "api/prod", "a", identity("one"), TTL, Duration.ofMillis(1), () -> answer("second"));

      assertThat(result)
          .isInstanceOfSatisfying(
              Refused.class,
              refused ->
                  assertThat(refused.type())
                      .isEqualTo(GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR));
      answers.countDown();
      assertThat(slow.get(30, TimeUnit.SECONDS)).isEqualTo(answer("me"));
    }
  }

  @Test
  void aQuestionThatFailsLeavesNobodyWaiting() {
    assertThatThrownBy(
            () ->
                results.get(
                    "api/prod",
                    "a",
                    identity("one"),
                    TTL,
                    WAIT,
                    () -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(get("api/prod", "a", identity("one"))).isEqualTo(answer("1"));
  }

  @Test
  void whatIsKeptIsBounded() {
    String long1 = "x".repeat(1_000_000);
    for (int i = 0; i < 100; i++) {
      get("api/prod", "a", identity(long1 + i));
    }
    asked.set(0);
    for (int i = 0; i < 100; i++) {
      get("api/prod", "a", identity(long1 + i));
    }

    assertThat(asked.get()).isGreaterThan(80);
  }

  private AuthorizerResult get(String stage, String authorizer, Identity identity) {
    return results.get(
        stage,
        authorizer,
        identity,
        TTL,
        WAIT,
        () -> answer(Integer.toString(asked.incrementAndGet())));
  }

  private static Identity identity(String... values) {
    return new Identity(List.of(values).stream().map(List::of).toList());
  }

  private static Answered answer(String principalId) {
    return new Answered(
        AuthorizerContext.ofLambda(principalId, Map.of(), null), Policy.NONE, "{}", 100);
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
