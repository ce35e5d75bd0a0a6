package io.portico.gateway.execute.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.execute.AuthorizerContext;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Answered;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Refused;
import io.portico.gateway.execute.cache.Eventually;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.StageSnapshot;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AuthorizerResultsTest {
  private static final StageSnapshot PROD = stage("api", "prod");
  private static final StageSnapshot TEST = stage("api", "test");
  private static final StageSnapshot OTHER = stage("other", "prod");
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final AtomicLong now = new AtomicLong();
  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final AuthorizerResults results = new AuthorizerResults(snapshot, now::get);
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void serve() {
    snapshot.update(none -> GatewaySnapshot.of(List.of(PROD, TEST, OTHER), Map.of()));
  }

  private static StageSnapshot stage(String apiId, String name) {
    CaseApi api = new CaseApi();
    api.api("{id: %s}".formatted(apiId));
    api.stage("{stageName: %s}".formatted(name));
    return api.compile();
  }

  @Test
  void anAnswerHoldsForItsTimeAndNoLonger() {
    get(PROD, "a", identity("one"));
    now.addAndGet(TTL.toNanos() - 1);
    get(PROD, "a", identity("one"));
    assertThat(asked).hasValue(1);

    now.addAndGet(1);
    get(PROD, "a", identity("one"));

    assertThat(asked).hasValue(2);
  }

  @Test
  void aTimeThatIsShorterNowHoldsForWhatIsKeptToo() {
    get(PROD, "a", identity("one"));
    now.addAndGet(Duration.ofSeconds(60).toNanos());

    get(PROD, "a", identity("one"), Duration.ofSeconds(61));
    int within = asked.get();
    get(PROD, "a", identity("one"), Duration.ofSeconds(60));

    assertThat(within).isEqualTo(1);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aTimeThatIsLongerNowKeepsNothingLonger() {
    get(PROD, "a", identity("one"), Duration.ofSeconds(60));
    now.addAndGet(Duration.ofSeconds(60).toNanos());

    get(PROD, "a", identity("one"));

    assertThat(asked).hasValue(2);
  }

  @Test
  void beingAskedForDoesNotMakeAnAnswerHoldLonger() {
    for (int i = 0; i <= 300; i++) {
      get(PROD, "a", identity("one"));
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
    for (StageSnapshot stage : List.of(PROD, TEST, OTHER)) {
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
          return new Refused(
              GatewayResponseType.UNAUTHORIZED, FaultCause.CALLER_UNKNOWN, "not known", null);
        };

    results.get(PROD, "a", identity("one"), TTL, WAIT, nobody);
    results.get(PROD, "a", identity("one"), TTL, WAIT, nobody);

    assertThat(asked).hasValue(2);
  }

  @Test
  void aFlushedStageAsksAgainAndNoOther() {
    get(PROD, "a", identity("one"));
    get(TEST, "a", identity("one"));

    results.flush(PROD.key());
    get(PROD, "a", identity("one"));
    get(TEST, "a", identity("one"));

    assertThat(asked).hasValue(3);
  }

  @Test
  void whatIsBeingAskedForDuringAFlushIsNotKept() {
    results.get(
        PROD,
        "a",
        identity("one"),
        TTL,
        WAIT,
        () -> {
          results.flush(PROD.key());
          return answer("old");
        });

    assertThat(get(PROD, "a", identity("one"))).isEqualTo(answer("1"));
  }

  @Test
  void aStageThatGoesTakesItsAnswersAlong() {
    get(PROD, "a", identity("one"));
    get(TEST, "a", identity("one"));

    snapshot.update(current -> current.without("api", "prod"));
    int left = results.stages();
    snapshot.update(current -> current.with(PROD));
    get(PROD, "a", identity("one"));
    get(TEST, "a", identity("one"));

    assertThat(left).isEqualTo(1);
    assertThat(asked).hasValue(3);
  }

  @Test
  void whatIsAskedForAStageThatHasGoneIsNotTheNextOnes() {
    snapshot.update(current -> current.without("api", "prod"));

    get(PROD, "a", identity("one"));
    int meanwhile = results.stages();
    snapshot.update(current -> current.with(PROD));
    get(PROD, "a", identity("one"));

    assertThat(meanwhile).isZero();
    assertThat(asked).hasValue(2);
  }

  @Test
  void nothingIsKeptOfAStageThatIsFlushed() {
    get(PROD, "a", identity("one"));

    results.flush(PROD.key());

    assertThat(results.stages()).isZero();
  }

  @Test
  void whenTheOneWhoAsksGoesTheNextOneAsks() throws Exception {
    CountDownLatch goes = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<AuthorizerResult> first = threads.submit(() -> going(goes));
      List<Future<AuthorizerResult>> others = new ArrayList<>();
      Eventually.holds(() -> asked.get() == 1);
      for (int i = 0; i < 20; i++) {
        others.add(threads.submit(() -> get(PROD, "a", identity("one"))));
      }
      Eventually.holds(() -> results.waiting() == 20);
      goes.countDown();

      assertThat(first.get(30, TimeUnit.SECONDS)).isInstanceOf(Refused.class);
      for (Future<AuthorizerResult> each : others) {
        assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(answer("2"));
      }
    }

    assertThat(asked).hasValue(2);
  }

  /** Asks, and goes before there is an answer. */
  private AuthorizerResult going(CountDownLatch goes) {
    return results.get(
        PROD,
        "a",
        identity("one"),
        TTL,
        WAIT,
        () -> {
          asked.incrementAndGet();
          awaitIt(goes);
          return new Refused(
              GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR,
              FaultCause.AUTHORIZER_UNREACHABLE,
              "gone",
              null,
              true);
        });
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
        all.add(threads.submit(() -> results.get(PROD, "a", identity("one"), TTL, WAIT, slow)));
      }
      awaitIt(begun);
      // Another caller need not wait for this one's answer.
      assertThat(get(PROD, "a", identity("other"))).isInstanceOf(Answered.class);
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
                      PROD,
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
              PROD, "a", identity("one"), TTL, Duration.ofMillis(1), () -> answer("second"));

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
                    PROD,
                    "a",
                    identity("one"),
                    TTL,
                    WAIT,
                    () -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(get(PROD, "a", identity("one"))).isEqualTo(answer("1"));
  }

  @Test
  void whatIsKeptIsBounded() {
    String long1 = "x".repeat(1_000_000);
    for (int i = 0; i < 100; i++) {
      get(PROD, "a", identity(long1 + i));
    }
    asked.set(0);
    for (int i = 0; i < 100; i++) {
      get(PROD, "a", identity(long1 + i));
    }

    assertThat(asked.get()).isGreaterThan(80);
  }

  private AuthorizerResult get(StageSnapshot stage, String authorizer, Identity identity) {
    return get(stage, authorizer, identity, TTL);
  }

  private AuthorizerResult get(
      StageSnapshot stage, String authorizer, Identity identity, Duration ttl) {
    return results.get(
        stage,
        authorizer,
        identity,
        ttl,
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
