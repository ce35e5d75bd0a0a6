package io.portico.gateway.execute.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.explain.ExplainEntry.Ids;
import io.portico.gateway.execute.explain.ExplainEntry.Kind;
import io.portico.gateway.execute.explain.ExplainEntry.Place;
import io.portico.gateway.execute.explain.ExplainEntry.Sent;
import io.portico.gateway.http.Headers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ExplainRingTest {
  private static final Sent.Content NOTHING = new Sent.Content(Headers.empty(), null);

  private static ExplainEntry entry(long number, int status, int bytes) {
    return new ExplainEntry(
        number,
        new Ids("id" + number, "extended" + number, null, "1-root" + number),
        Instant.EPOCH,
        0,
        status,
        new Place(Kind.REST, "a", "A", "prod", "d", "scope"),
        new Sent("GET", "/", "/prod/", "host", "HTTP/1.1", "127.0.0.1", NOTHING),
        null,
        null,
        List.of(),
        NOTHING,
        List.of(),
        null,
        bytes);
  }

  private static ExplainRing ring(int requests, int refusals, long bytes) {
    return new ExplainRing(new ExplainLimits(requests, refusals, bytes, 10, 10));
  }

  @Test
  void aFloodOfAnswersPushesNoRefusalOut() {
    ExplainRing ring = ring(3, 3, 1_000_000);
    ring.add(entry(1, 403, 10));
    for (int i = 2; i < 1000; i++) {
      ring.add(entry(i, 200, 10));
    }

    assertThat(ring.find("id1")).isNotNull();
    assertThat(ring.find("id2")).isNull();
    assertThat(ring.find("id999")).isNotNull();
    assertThat(ring.lastRefusal()).isSameAs(ring.find("extended1"));
    assertThat(ring.last()).isSameAs(ring.find("1-root999"));
    assertThat(ring.after(0))
        .extracting(ExplainEntry::number)
        .containsExactly(1L, 997L, 998L, 999L);
  }

  @Test
  void isBoundedByBytes() {
    ExplainRing ring = ring(1000, 1000, 100);
    for (int i = 1; i < 10; i++) {
      ring.add(entry(i, 500, 30));
    }
    ring.add(entry(10, 500, 101));

    assertThat(ring.after(-1)).extracting(ExplainEntry::number).containsExactly(7L, 8L, 9L);
  }

  /** Whoever follows asks for those behind the highest number that he has seen. */
  @Test
  void whoeverFollowsMissesNoRequest() throws InterruptedException {
    int each = 2_000;
    ExplainRing ring = ring(2 * each, 2 * each, 1_000_000_000);
    List<Thread> adding =
        Stream.of(200, 403)
            .map(
                status ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              for (int i = 0; i < each; i++) {
                                ring.add(entry(0, status, 10));
                              }
                            }))
            .toList();
    List<Long> seen = new ArrayList<>();
    long last = 0;

    while (adding.stream().anyMatch(Thread::isAlive)) {
      last = follow(ring, last, seen);
    }
    for (Thread thread : adding) {
      thread.join();
    }
    long _ = follow(ring, last, seen);

    assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 2L * each).boxed().toList());
  }

  private static long follow(ExplainRing ring, long last, List<Long> seen) {
    List<ExplainEntry> news = ring.after(last);
    news.forEach(entry -> seen.add(entry.number()));
    return news.isEmpty() ? last : news.getLast().number();
  }

  @Test
  void keepsNothingWhereNothingIsToBeKept() {
    ExplainRing ring = ring(0, 0, 100);
    ring.add(entry(1, 500, 30));

    assertThat(ring.last()).isNull();
    assertThat(new ExplainRing(new ExplainLimits(1, 1, 1, 0, 0)).keeps(true)).isFalse();
  }

  @Test
  void takesSoManyASecond() {
    KeptRate rate = new KeptRate(2);

    assertThat(List.of(rate.take(10), rate.take(20), rate.take(30)))
        .containsExactly(true, true, false);
    assertThat(List.of(rate.take(1_000_000_000), rate.take(1_999_999_999L)))
        .containsExactly(true, true);
    assertThat(rate.take(1_999_999_999L)).isFalse();
    assertThat(new KeptRate(1).take(-5)).isTrue();
  }
}
