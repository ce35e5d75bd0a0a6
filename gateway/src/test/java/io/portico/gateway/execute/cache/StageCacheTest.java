package io.portico.gateway.execute.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.execute.EndpointReply;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.http.Headers;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who asks the backend, who waits, and what is kept for how long. */
final class StageCacheTest {
  private static final long TTL = Duration.ofMinutes(5).toNanos();
  private static final long LONG = Duration.ofMinutes(1).toNanos();
  private static final long MOST = 1_000_000;
  private static final CacheKey KEY = key("a");

  private final AtomicLong now = new AtomicLong();
  private final AtomicLong node = new AtomicLong();
  private final StageCache cache = new StageCache("api", "prod", MOST, MOST, now::get, node);

  @Test
  void anAnswerIsKeptUntilItsTimeIsOver() {
    String first = through(KEY, says("first"));
    now.addAndGet(TTL - 1);
    String before = through(KEY, says("second"));
    now.addAndGet(1);
    String after = through(KEY, says("third"));

    assertThat(List.of(first, before, after)).containsExactly("first", "first", "third");
  }

  @Test
  void aShorterTimeHoldsForWhatIsKeptAlready() {
    cache.through(KEY, TTL, LONG, says("first"));
    now.addAndGet(Duration.ofSeconds(10).toNanos());

    String kept = cache.through(KEY, Duration.ofSeconds(11).toNanos(), LONG, says("second"));
    String gone = cache.through(KEY, Duration.ofSeconds(10).toNanos(), LONG, says("third"));

    assertThat(kept).isEqualTo("first");
    assertThat(gone).isEqualTo("third");
  }

  @Test
  void whoComesMeanwhileWaitsForTheAnswerOfTheFirst() throws Exception {
    Slow slow = new Slow("shared", true);
    Caller first = Caller.of(() -> through(KEY, slow));
    slow.awaitAsked();
    AtomicInteger others = new AtomicInteger();
    List<Caller> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add(Caller.of(() -> through(KEY, counted(others, "of its own"))).waits());
    }

    String ofAnotherKey = through(key("b"), says("of another key"));
    slow.end();

    assertThat(ofAnotherKey).isEqualTo("of another key");
    assertThat(first.answer()).isEqualTo("shared");
    for (Caller caller : waiting) {
      assertThat(caller.answer()).isEqualTo("shared");
    }
    assertThat(others).hasValue(0);
  }

  @Test
  void theNextOneTriesWhenTheFirstFails() throws Exception {
    Slow failing = new Slow(null, true);
    Caller first = Caller.of(() -> through(KEY, failing));
    failing.awaitAsked();
    AtomicInteger others = new AtomicInteger();
    List<Caller> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      waiting.add(Caller.of(() -> through(KEY, counted(others, "well"))).waits());
    }

    failing.end();

    assertThatThrownBy(first::answer).hasCauseInstanceOf(GatewayFault.class);
    for (Caller caller : waiting) {
      assertThat(caller.answer()).isEqualTo("well");
    }
    assertThat(others).hasValue(1);
  }

  @Test
  void whoHasWaitedForTwoThatFailedAsksThoughAThirdOneDoes() throws Exception {
    List<Slow> failing = List.of(new Slow(null, true), new Slow(null, true));
    Slow third = new Slow("third", true);
    Iterator<Slow> next = List.of(failing.get(1), third).iterator();
    Caller one = Caller.of(() -> through(KEY, failing.get(0)));
    failing.get(0).awaitAsked();
    // Whichever of these asks first fails, the one after it is slow, and the last waits no more.
    CachedCall<String> inTurn =
        new Call(
            () -> {
              Slow slow;
              synchronized (next) {
                slow = next.hasNext() ? next.next() : null;
              }
              return slow == null ? "beside the third" : slow.call();
            },
            true);
    List<Caller> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(Caller.of(() -> through(KEY, inTurn)).waits());
    }

    failing.get(0).end();
    failing.get(1).awaitAsked();
    Eventually.holds(() -> cache.waiting(KEY) == 2);
    failing.get(1).end();
    third.awaitAsked();
    Eventually.holds(() -> waiting.stream().filter(Caller::isDone).count() == 2);
    third.end();

    assertThatThrownBy(one::answer).hasCauseInstanceOf(GatewayFault.class);
    List<String> answers = new ArrayList<>();
    for (Caller caller : waiting) {
      answers.add(caller.outcome());
    }
    assertThat(answers).containsExactlyInAnyOrder("failed", "third", "beside the third");
  }

  @Test
  void whatIsNotToBeSharedIsNot() throws Exception {
    Slow slow = new Slow("for one", false);
    Caller first = Caller.of(() -> through(KEY, slow));
    slow.awaitAsked();
    AtomicInteger others = new AtomicInteger();
    CountDownLatch allAsk = new CountDownLatch(20);
    List<Caller> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(
          Caller.of(
                  () ->
                      through(
                          KEY,
                          new Call(
                              () -> {
                                allAsk.countDown();
                                // All ask at once: none waits for another one's answer any more.
                                assertThat(allAsk.await(30, TimeUnit.SECONDS)).isTrue();
                                return "own " + others.incrementAndGet();
                              },
                              false)))
              .waits());
    }

    slow.end();

    assertThat(first.answer()).isEqualTo("for one");
    List<String> answers = new ArrayList<>();
    for (Caller caller : waiting) {
      answers.add(caller.answer());
    }
    assertThat(answers).doesNotContain("for one").doesNotHaveDuplicates();
  }

  @Test
  void onceAnAnswerMayBeSharedAgainItIs() {
    through(KEY, new Call(() -> "for one", false));

    assertThat(through(KEY, says("for all"))).isEqualTo("for all");
    assertThat(through(KEY, says("never"))).isEqualTo("for all");
  }

  @Test
  void whoWaitsForLongerThanForTheBackendIsToldThatItTimedOut() throws Exception {
    Slow slow = new Slow("late", true);
    Caller first = Caller.of(() -> through(KEY, slow));
    slow.awaitAsked();

    GatewayFault fault =
        catchThrowableOfType(
            GatewayFault.class,
            () -> cache.through(KEY, TTL, Duration.ofMillis(1).toNanos(), says("never")));
    slow.end();

    assertThat(fault.type()).isEqualTo(GatewayResponseType.INTEGRATION_TIMEOUT);
    assertThat(first.answer()).isEqualTo("late");
  }

  @Test
  void aWaitEndsWhenItsClientGoes() throws Exception {
    Slow slow = new Slow("late", true);
    Caller first = Caller.of(() -> through(KEY, slow));
    slow.awaitAsked();
    Caller waiting = Caller.of(() -> through(KEY, says("never"))).waits();

    waiting.goes();

    assertThatThrownBy(waiting::answer).hasCauseInstanceOf(GatewayFault.class);
    slow.end();
    assertThat(first.answer()).isEqualTo("late");
  }

  @Test
  void whenTheFirstOnesClientGoesTheNextOneAsks() throws Exception {
    Slow slow = new Slow("never", true);
    Caller first = Caller.of(() -> through(KEY, slow));
    slow.awaitAsked();
    Caller waiting = Caller.of(() -> through(KEY, says("of its own"))).waits();

    first.goes();

    assertThat(waiting.answer()).isEqualTo("of its own");
  }

  @Test
  void anAnswerThatIsMadeAnewTakesThePlaceOfTheOneKept() {
    through(KEY, says("old"));

    String anew = cache.anew(KEY, TTL, says("new"));

    assertThat(anew).isEqualTo("new");
    assertThat(through(KEY, says("newer"))).isEqualTo("new");
  }

  @Test
  void anAnswerDoesNotReplaceOneThatWasAskedForLater() throws Exception {
    Slow slow = new Slow("old", true);
    Caller first = Caller.of(() -> through(KEY, slow));
    slow.awaitAsked();
    now.incrementAndGet();

    cache.anew(KEY, TTL, says("new"));
    slow.end();
    String old = first.answer();

    assertThat(old).isEqualTo("old");
    assertThat(through(KEY, says("never"))).isEqualTo("new");
  }

  @Test
  void whatCannotBeAnsweredIsNotKept() {
    assertThatThrownBy(
            () ->
                through(
                    KEY,
                    new Call(() -> "unmapped", true) {
                      @Override
                      public String answer(EndpointReply reply) {
                        throw GatewayFault.misconfigured("nothing is for it");
                      }
                    }))
        .isInstanceOf(GatewayFault.class);

    assertThat(through(KEY, says("well"))).isEqualTo("well");
    assertThat(cache.bytes()).isPositive();
  }

  @Test
  void whatIsKeptStaysWithinItsBound() {
    String kilobyte = "x".repeat(1000);
    for (int i = 0; i < 10_000; i++) {
      String value = kilobyte + i;
      through(key("key " + i), says(value));

      assertThat(cache.bytes()).isLessThanOrEqualTo(MOST);
    }

    assertThat(cache.bytes()).isGreaterThan(MOST / 2).isEqualTo(node.get());
  }

  @Test
  void keysAreWeighedToo() {
    for (int i = 0; i < 2_000; i++) {
      through(key("k".repeat(10_000) + i), says(""));

      assertThat(cache.bytes()).isLessThanOrEqualTo(MOST);
    }
  }

  @Test
  void whatIsOnItsWayWhenACacheIsGivenUpIsNotKept() throws Exception {
    Slow slow = new Slow("late", true);
    through(key("b"), says("kept"));
    Caller first = Caller.of(() -> through(KEY, slow));
    slow.awaitAsked();

    cache.close();
    slow.end();

    assertThat(first.answer()).isEqualTo("late");
    assertThat(cache.bytes()).isZero();
    assertThat(node).hasValue(0);
  }

  private String through(CacheKey key, CachedCall<String> call) {
    return cache.through(key, TTL, LONG, call);
  }

  private static CacheKey key(String value) {
    return new CacheKey(
        "deployment", "HTTP_PROXY", "resource", "GET", List.of("name"), List.of(List.of(value)));
  }

  private static Call says(String text) {
    return new Call(() -> text, true);
  }

  private static Call counted(AtomicInteger calls, String text) {
    return new Call(
        () -> {
          calls.incrementAndGet();
          return text;
        },
        true);
  }

  /** A backend that says a text. */
  private static class Call implements CachedCall<String> {
    private final Callable<String> backend;
    private final boolean cacheable;

    Call(Callable<String> backend, boolean cacheable) {
      this.backend = backend;
      this.cacheable = cacheable;
    }

    @Override
    public Fetched fetch() {
      try {
        byte[] body = backend.call().getBytes(StandardCharsets.UTF_8);
        return new Fetched(
            new EndpointReply.OfFunction(200, Headers.empty(), body, false), cacheable);
      } catch (GatewayFault fault) {
        throw fault;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String answer(EndpointReply reply) {
      return new String(((EndpointReply.OfFunction) reply).body(), StandardCharsets.UTF_8);
    }
  }

  /** A backend that answers once it is told to. */
  private static final class Slow extends Call {
    private final CountDownLatch asked;
    private final CountDownLatch end;
    private final @Nullable String text;

    /**
     * @param text null where it fails
     */
    Slow(@Nullable String text, boolean cacheable) {
      this(text, cacheable, new CountDownLatch(1), new CountDownLatch(1));
    }

    private Slow(
        @Nullable String text, boolean cacheable, CountDownLatch asked, CountDownLatch end) {
      super(() -> said(text, asked, end), cacheable);
      this.text = text;
      this.asked = asked;
      this.end = end;
    }

    private static String said(@Nullable String text, CountDownLatch asked, CountDownLatch end) {
      asked.countDown();
      try {
        assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE, FaultCause.BACKEND_FAILED);
      }
      if (text == null) {
        throw new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE, FaultCause.BACKEND_FAILED);
      }
      return text;
    }

    String call() {
      return said(text, asked, end);
    }

    void awaitAsked() throws InterruptedException {
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    }

    void end() {
      end.countDown();
    }
  }

  /** Somebody whose request is answered on a thread of its own. */
  private record Caller(Thread thread, FutureTask<String> task) {
    static Caller of(Callable<String> request) {
      FutureTask<String> task = new FutureTask<>(request);
      return new Caller(Thread.ofVirtual().start(task), task);
    }

    /** The same, once it does nothing but wait. */
    Caller waits() throws InterruptedException {
      Eventually.holds(() -> thread.getState() == Thread.State.TIMED_WAITING);
      return this;
    }

    boolean isDone() {
      return task.isDone();
    }

    void goes() {
      thread.interrupt();
    }

    String answer() throws Exception {
      return task.get(30, TimeUnit.SECONDS);
    }

    String outcome() throws Exception {
      try {
        return answer();
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(GatewayFault.class);
        return "failed";
      }
    }
  }
}
