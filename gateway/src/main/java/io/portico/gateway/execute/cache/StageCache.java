package io.portico.gateway.execute.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.portico.gateway.execute.EndpointReply;
import io.portico.gateway.execute.cache.CachedCall.Fetched;
import io.portico.gateway.execute.cache.Flight.Outcome;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The cache of one stage. For each key, one request at a time asks the backend, and others wait for
 * what it is told; no key waits for another one.
 *
 * <p>AWS: is not known to let anybody wait: each request that finds nothing asks the backend. Here
 * the backend hears the first of them; clients cannot tell.
 */
final class StageCache {
  /** Who has waited for so many calls that failed asks the backend, whoever else does. */
  private static final int MOST_WAITS = 2;

  private final String apiId;
  private final String stageName;
  private final long clusterBytes;
  private final long mostBytes;
  private final LongSupplier nanoTime;
  private final AtomicLong node;
  private final AtomicLong bytes = new AtomicLong();
  private final Cache<CacheKey, Entry> entries;
  private final ConcurrentHashMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param clusterBytes the size of the stage's cluster
   * @param mostBytes what is kept at most, which may be less
   * @param node counts what all stages keep, in bytes
   */
  StageCache(
      String apiId,
      String stageName,
      long clusterBytes,
      long mostBytes,
      LongSupplier nanoTime,
      AtomicLong node) {
    this.apiId = apiId;
    this.stageName = stageName;
    this.clusterBytes = clusterBytes;
    this.mostBytes = mostBytes;
    this.nanoTime = nanoTime;
    this.node = node;
    // Whoever writes makes the room for it: nothing is beyond the bound once a write returns.
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(mostBytes)
            .weigher((CacheKey key, Entry entry) -> entry.bytes())
            .expireAfter(
                Expiry.writing((CacheKey key, Entry entry) -> Duration.ofNanos(entry.ttlNanos())))
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .removalListener(this::removed)
            .build();
  }

  String apiId() {
    return apiId;
  }

  String stageName() {
    return stageName;
  }

  long clusterBytes() {
    return clusterBytes;
  }

  /** How many requests wait for what the backend is being asked for. */
  int waiting(CacheKey key) {
    Flight flight = flights.get(key);
    return flight == null ? 0 : flight.waiting();
  }

  /** About how many are kept. */
  long bytes() {
    return bytes.get();
  }

  /**
   * Answers a request from what is kept, else from what the backend says.
   *
   * @param ttlNanos how long answers are kept
   * @param waitNanos how long the request may wait for the answers of others
   * @throws io.portico.gateway.execute.GatewayFault if it waits for longer, or as the call says
   */
  <R> R through(CacheKey key, long ttlNanos, long waitNanos, CachedCall<R> call) {
    EndpointReply kept = kept(key, ttlNanos);
    if (kept != null) {
      return call.answer(kept);
    }
    long waitUntil = System.nanoTime() + waitNanos;
    for (int waits = 0; waits < MOST_WAITS && !isUnshared(key, ttlNanos); waits++) {
      Flight own = new Flight();
      Flight other = flights.putIfAbsent(key, own);
      if (other == null) {
        return lead(own, key, ttlNanos, call);
      }
      switch (other.await(waitUntil - System.nanoTime())) {
        case Flight.Landed landed -> {
          return call.answer(landed.reply());
        }
        case Flight.NotShared notShared -> {
          return anew(key, ttlNanos, call);
        }
        case Flight.Failed failed -> {}
      }
    }
    return anew(key, ttlNanos, call);
  }

  /** Answers a request from what the backend says now, which takes the place of what was kept. */
  <R> R anew(CacheKey key, long ttlNanos, CachedCall<R> call) {
    long asked = nanoTime.getAsLong();
    Fetched fetched = call.fetch();
    R answer = call.answer(fetched.reply());
    keep(key, fetched, asked, ttlNanos);
    return answer;
  }

  private <R> R lead(Flight own, CacheKey key, long ttlNanos, CachedCall<R> call) {
    Outcome outcome = new Flight.Failed();
    try {
      // Whoever led before may have landed since this request looked.
      EndpointReply kept = kept(key, ttlNanos);
      if (kept != null) {
        outcome = new Flight.Landed(kept);
        return call.answer(kept);
      }
      long asked = nanoTime.getAsLong();
      Fetched fetched = call.fetch();
      R answer = call.answer(fetched.reply());
      keep(key, fetched, asked, ttlNanos);
      outcome = fetched.cacheable() ? new Flight.Landed(fetched.reply()) : new Flight.NotShared();
      return answer;
    } finally {
      flights.remove(key, own);
      own.end(outcome);
    }
  }

  private @Nullable EndpointReply kept(CacheKey key, long ttlNanos) {
    Entry entry = entries.getIfPresent(key);
    return entry != null && entry.isFresh(nanoTime.getAsLong(), ttlNanos) ? entry.reply() : null;
  }

  private boolean isUnshared(CacheKey key, long ttlNanos) {
    Entry entry = entries.getIfPresent(key);
    return entry != null && entry.reply() == null && entry.isFresh(nanoTime.getAsLong(), ttlNanos);
  }

  /** An answer does not replace one that was asked for later. */
  @SuppressWarnings("ReferenceEquality") // What counts is which of the two stays
  private void keep(CacheKey key, Fetched fetched, long asked, long ttlNanos) {
    EndpointReply reply = fetched.cacheable() ? fetched.reply() : null;
    Entry entry = Entry.of(key, reply, asked, nanoTime.getAsLong(), ttlNanos);
    changed(entry.bytes());
    Entry left = entries.asMap().merge(key, entry, (old, made) -> made.isAsNewAs(old) ? made : old);
    if (left != entry) {
      changed(-entry.bytes());
    }
    if (closed) {
      entries.invalidateAll();
    }
  }

  /** Gives up what is asked for least, and as little as possible beyond these bytes. */
  void giveUp(long wanted) {
    entries
        .policy()
        .eviction()
        .ifPresent(
            eviction -> {
              eviction.setMaximum(Math.max(0, bytes.get() - wanted));
              eviction.setMaximum(mostBytes);
            });
  }

  /** Gives everything up; what is still asked for is not kept. */
  void close() {
    closed = true;
    entries.invalidateAll();
  }

  private void removed(@Nullable CacheKey key, @Nullable Entry entry, RemovalCause cause) {
    if (entry != null) {
      changed(-entry.bytes());
    }
  }

  private void changed(long difference) {
    bytes.addAndGet(difference);
    node.addAndGet(difference);
  }
}
