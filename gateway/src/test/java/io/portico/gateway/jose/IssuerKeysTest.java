package io.portico.gateway.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.UpstreamException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class IssuerKeysTest {
  private static final KeySetLimits LIMITS =
      new KeySetLimits(
          Duration.ofSeconds(5),
          10_000,
          3,
          Duration.ofMinutes(10),
          Duration.ofHours(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));
  private static final Signer ONE = Signer.named("one");
  private static final Signer OTHER = Signer.named("other");

  private final FakeIssuer issuer = new FakeIssuer(ONE);
  private final IssuerKeys keys =
      new IssuerKeys(
          KeySetUrl.of(URI.create("https://issuer.example/pool/keys?v=1")),
          issuer,
          LIMITS,
          issuer.nanoTime::get);

  @Test
  void areFetchedWhenTheyAreFirstAskedFor() throws KeysUnavailableException {
    assertThat(issuer.requests).isEmpty();

    assertThat(keys.key("one")).isNotNull();

    assertThat(issuer.requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.method()).isEqualTo("GET");
              assertThat(request.target()).isEqualTo("/pool/keys?v=1");
              assertThat(request.origin().authority()).isEqualTo("issuer.example");
              assertThat(request.origin().tls()).isTrue();
              assertThat(request.origin().verifyTls()).isTrue();
              assertThat(request.timeout()).isEqualTo(LIMITS.timeout());
            });
  }

  @Test
  void areNotFetchedAgainWhileTheyAreFresh() throws KeysUnavailableException {
    VerificationKey key = keys.key("one");
    issuer.passes(LIMITS.fresh().minusNanos(1));

    assertThat(keys.key("one")).isSameAs(key);

    assertThat(issuer.requests).hasSize(1);
  }

  @Test
  void areFetchedAgainOnceTheyAreOldAndTheSameOnesStay() throws KeysUnavailableException {
    KeySet before = keys.current();
    issuer.passes(LIMITS.fresh());

    assertThat(keys.current()).isSameAs(before);
    assertThat(keys.current()).isSameAs(before);

    assertThat(issuer.requests).hasSize(2);
  }

  @Test
  void lackWhatTheIssuerNoLongerPublishes() throws KeysUnavailableException {
    assertThat(keys.key("one")).isNotNull();
    issuer.publishes(OTHER);
    issuer.passes(LIMITS.fresh());

    assertThat(keys.key("one")).isNull();
    assertThat(keys.key("other")).isNotNull();
  }

  @Test
  void haveANewKeyAsSoonAsATokenNamesIt() throws KeysUnavailableException {
    assertThat(keys.key("one")).isNotNull();
    issuer.publishes(ONE, OTHER);
    issuer.passes(LIMITS.refetch());

    assertThat(keys.key("other")).isNotNull();

    assertThat(issuer.requests).hasSize(2);
  }

  @Test
  void areNotFetchedForEveryIdThatSomebodyMakesUp() throws KeysUnavailableException {
    for (int i = 0; i < 1000; i++) {
      assertThat(keys.key("made up " + i)).isNull();
    }
    assertThat(issuer.requests).hasSize(1);

    issuer.passes(LIMITS.refetch());
    for (int i = 0; i < 1000; i++) {
      assertThat(keys.key("made up " + i)).isNull();
    }

    assertThat(issuer.requests).hasSize(2);
    assertThat(keys.key("one")).isNotNull();
  }

  @Test
  void areUsedForAWhileWhileTheIssuerIsDown() throws KeysUnavailableException {
    assertThat(keys.key("one")).isNotNull();
    issuer.failsWith(Reason.CONNECT_FAILED);
    issuer.passes(LIMITS.stale().minusNanos(1));
    assertThat(keys.key("one")).isNotNull();
    assertThat(keys.key("other")).isNull();

    issuer.passes(Duration.ofNanos(1));
    assertThatThrownBy(() -> keys.key("one"))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessage("https://issuer.example/pool/keys?v=1: CONNECT_FAILED: as the test wants it");

    issuer.publishes(ONE);
    issuer.passes(LIMITS.longestRetry());
    assertThat(keys.key("one")).isNotNull();
  }

  @Test
  void areAskedForEverMoreSeldomWhileThatFails() {
    issuer.failsWith(Reason.TIMEOUT);
    List<Long> seconds = new ArrayList<>();
    for (int second = 0; second < 130; second++) {
      int before = issuer.requests.size();
      assertThatThrownBy(keys::current).isInstanceOf(KeysUnavailableException.class);
      if (issuer.requests.size() > before) {
        seconds.add((long) second);
      }
      issuer.passes(Duration.ofSeconds(1));
    }

    assertThat(seconds).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 61L, 91L, 121L);
  }

  @Test
  void areNothingThatIsNoKeySet() {
    for (byte[] content :
        List.of(
            "<html></html>".getBytes(StandardCharsets.UTF_8),
            new byte[0],
            new byte[(int) LIMITS.mostBytes() + 1])) {
      issuer.publishes(content);
      assertThatThrownBy(keys::current).isInstanceOf(KeysUnavailableException.class);
      issuer.passes(LIMITS.longestRetry());
    }
    for (int status : new int[] {204, 301, 302, 401, 404, 500}) {
      issuer.answers(status);
      assertThatThrownBy(keys::current)
          .isInstanceOf(KeysUnavailableException.class)
          .hasMessageEndingWith("the answer has status " + status);
      issuer.passes(LIMITS.longestRetry());
    }
    issuer.publishes(ONE, OTHER, Signer.named("third"), Signer.named("fourth"));
    assertThatThrownBy(keys::current).hasMessageEndingWith("more than 3 keys");
  }

  @Test
  void areFetchedByOneOfAllThatAskAtOnce() throws Exception {
    CountDownLatch answered = issuer.waits();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<KeySet>> found = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        found.add(threads.submit(keys::current));
      }
      await(() -> issuer.requests.size() == 1);
      answered.countDown();
      KeySet first = found.getFirst().get(30, TimeUnit.SECONDS);
      for (Future<KeySet> each : found) {
        assertThat(each.get(30, TimeUnit.SECONDS)).isSameAs(first);
      }
    }
    assertThat(issuer.requests).hasSize(1);
  }

  @Test
  void failForAllThatAskAtOnceByOneFetch() throws Exception {
    issuer.failsWith(Reason.TIMEOUT);
    CountDownLatch answered = issuer.waits();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<KeySet>> found = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        found.add(threads.submit(keys::current));
      }
      await(() -> issuer.requests.size() == 1);
      answered.countDown();
      for (Future<KeySet> each : found) {
        assertThatThrownBy(() -> each.get(30, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(KeysUnavailableException.class);
      }
    }
    assertThat(issuer.requests).hasSize(1);
  }

  @Test
  void thatAreOldHoldNobodyUpButTheOneWhoFetches() throws Exception {
    KeySet before = keys.current();
    issuer.passes(LIMITS.fresh());
    CountDownLatch answered = issuer.waits();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<KeySet> fetching = threads.submit(keys::current);
      await(() -> issuer.requests.size() == 2);

      assertThat(keys.current()).isSameAs(before);
      assertThat(fetching.isDone()).isFalse();

      answered.countDown();
      assertThat(fetching.get(30, TimeUnit.SECONDS)).isSameAs(before);
    }
  }

  @Test
  void areFetchedByTheNextOneWhenTheClientOfTheFirstHasGone() throws Exception {
    CountDownLatch answered = issuer.waits();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<KeySet> gone = threads.submit(keys::current);
      await(() -> issuer.requests.size() == 1);
      Future<KeySet> next = threads.submit(keys::current);
      gone.cancel(true);
      await(() -> issuer.requests.size() == 2);
      answered.countDown();

      assertThat(next.get(30, TimeUnit.SECONDS).size()).isOne();
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws TimeoutException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException();
      }
      LockSupport.parkNanos(2_000_000);
    }
  }
}
