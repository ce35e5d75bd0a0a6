package io.portico.gateway.execute.cache;

import io.portico.gateway.snapshot.CacheCluster;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.ResponseCaching;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this node keeps of its stages' answers, in memory only: nothing is written to a disk, where
 * it would have to be encrypted ({@code cacheDataEncrypted}).
 *
 * <p>All stages share the node's bound; each has that of its cluster besides. Where the node's is
 * reached, the stage that keeps most gives some of it up: one that is flooded with keys takes
 * nothing from those that keep less.
 */
public final class ResponseCache {
  /** What is given up at once, as a share of the bound, so that it is not done for each answer. */
  private static final int SHARE = 64;

  private final long mostBytes;
  private final LongSupplier nanoTime;
  private final @Nullable CurrentSnapshot snapshot;
  private final AtomicLong bytes = new AtomicLong();
  private final ConcurrentHashMap<String, StageCache> stages = new ConcurrentHashMap<>();
  private final ReentrantLock makingRoom = new ReentrantLock();

  /**
   * @param mostBytes of what is kept of all stages
   * @param snapshot tells which stages have a cluster: where one is switched off, resized or goes
   *     with its stage, what it kept is given up
   */
  public ResponseCache(long mostBytes, CurrentSnapshot snapshot) {
    this(mostBytes, snapshot, System::nanoTime);
  }

  /**
   * @param nanoTime a clock that never goes back
   */
  public ResponseCache(long mostBytes, @Nullable CurrentSnapshot snapshot, LongSupplier nanoTime) {
    this.mostBytes = mostBytes;
    this.nanoTime = nanoTime;
    this.snapshot = snapshot;
    if (snapshot != null) {
      snapshot.onStages(this::giveUpAllBut);
    }
  }

  /**
   * Answers a request from what is kept, else from what the backend says.
   *
   * @param stage has a cluster
   * @param anew whether the backend is asked whatever is kept
   * @throws io.portico.gateway.execute.GatewayFault if the request waits too long for what another
   *     one asked for, or as the call says
   */
  public <R> R through(
      StageSnapshot stage,
      CacheCluster cluster,
      ResponseCaching caching,
      CacheKey key,
      boolean anew,
      CachedCall<R> call) {
    StageCache cache = of(stage, cluster);
    R answer =
        anew
            ? cache.anew(key, caching.ttlNanos(), call)
            : cache.through(key, caching.ttlNanos(), caching.waitNanos(), call);
    if (bytes.get() > mostBytes) {
      makeRoom();
    }
    return answer;
  }

  /** Gives up what is kept of a stage; what is on its way from a backend is not kept either. */
  public void flush(String apiId, String stageName) {
    stages.forEach(
        (key, cache) -> {
          if (cache.apiId().equals(apiId) && cache.stageName().equals(stageName)) {
            giveUp(key, cache);
          }
        });
  }

  /** About how many are kept. */
  public long bytes() {
    return bytes.get();
  }

  private StageCache of(StageSnapshot stage, CacheCluster cluster) {
    StageCache cache = stages.get(stage.key());
    return cache != null ? cache : made(stage, cluster);
  }

  private StageCache made(StageSnapshot stage, CacheCluster cluster) {
    StageCache cache =
        stages.computeIfAbsent(
            stage.key(),
            key ->
                new StageCache(
                    stage.apiId(),
                    stage.stageName(),
                    cluster.bytes(),
                    Math.min(cluster.bytes(), mostBytes),
                    nanoTime,
                    bytes));
    // The request may have begun before its stage went, or its cluster changed.
    if (snapshot != null && !isServed(cache, snapshot.get())) {
      giveUp(stage.key(), cache);
    }
    return cache;
  }

  private void giveUpAllBut(GatewaySnapshot served) {
    stages.forEach(
        (key, cache) -> {
          if (!isServed(cache, served)) {
            giveUp(key, cache);
          }
        });
  }

  private static boolean isServed(StageCache cache, GatewaySnapshot served) {
    StageSnapshot stage = served.stage(cache.apiId(), cache.stageName());
    CacheCluster cluster = stage == null ? null : stage.cacheCluster();
    return cluster != null && cluster.bytes() == cache.clusterBytes();
  }

  private void giveUp(String key, StageCache cache) {
    stages.remove(key, cache);
    cache.close();
  }

  /** One at a time; who comes meanwhile goes on. */
  private void makeRoom() {
    if (!makingRoom.tryLock()) {
      return;
    }
    try {
      long excess = bytes.get() - mostBytes;
      while (excess > 0) {
        StageCache largest =
            stages.values().stream().max(Comparator.comparingLong(StageCache::bytes)).orElse(null);
        if (largest == null || largest.bytes() == 0) {
          return;
        }
        largest.giveUp(excess + mostBytes / SHARE);
        excess = bytes.get() - mostBytes;
      }
    } finally {
      makingRoom.unlock();
    }
  }
}
