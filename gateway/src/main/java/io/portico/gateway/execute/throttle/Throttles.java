package io.portico.gateway.execute.throttle;

import io.portico.gateway.execute.throttle.TokenBucket.Outcome;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The token buckets of this node, each made when it is first used and dropped when it is full: a
 * full bucket is as good as a new one.
 *
 * <p>Beyond some ten thousands they are bounded by what was used lately, not by how many keys,
 * plans and methods there are.
 */
public final class Throttles {
  /**
   * Less than 10 MB of buckets; fewer of them would come and go as long as their limits are far.
   */
  static final int FIRST_SWEEP = 65_536;

  private final ConcurrentHashMap<Bucket, TokenBucket> buckets = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private final Executor sweeper;
  private final long origin;
  private final AtomicInteger sweepAt = new AtomicInteger(FIRST_SWEEP);

  public Throttles() {
    this(System::nanoTime, Throttles::besideTheRequests);
  }

  /**
   * @param nanoTime a clock that never goes back
   * @param sweeper drops the full buckets, of which there may be many
   */
  Throttles(LongSupplier nanoTime, Executor sweeper) {
    this.nanoTime = nanoTime;
    this.sweeper = sweeper;
    this.origin = nanoTime.getAsLong();
  }

  /**
   * What a bucket is named by; texts that are there for each request, so that naming one costs
   * little.
   *
   * @param kind whose limit it is
   * @param first names what is limited, together with the others
   */
  public record Bucket(Kind kind, String first, String second, String third, String fourth) {}

  /** Whose limit a bucket has, in the order in which AWS asks for a token. */
  public enum Kind {
    CLIENT_METHOD,
    CLIENT,
    METHOD,
    CONNECTION,
    ACCOUNT
  }

  /** Takes a token for one request; whether there was one. */
  public boolean admit(Bucket bucket, ThrottleLimit limit) {
    if (limit.isNothing()) {
      return false;
    }
    while (true) {
      long now = nanoTime.getAsLong() - origin;
      TokenBucket tokens = buckets.get(bucket);
      if (tokens == null) {
        tokens = buckets.computeIfAbsent(bucket, ignored -> new TokenBucket(now));
        sweepInTime(now);
      }
      Outcome outcome = tokens.take(limit, now);
      if (outcome != Outcome.RETIRED) {
        return outcome == Outcome.TAKEN;
      }
      // Whoever retired it has not removed it yet.
      buckets.remove(bucket, tokens);
    }
  }

  /**
   * How many tokens a bucket holds; nobody takes one.
   *
   * @return all that the limit allows where nobody has taken any
   */
  public long left(Bucket bucket, ThrottleLimit limit) {
    if (limit.isNothing()) {
      return 0;
    }
    TokenBucket tokens = buckets.get(bucket);
    return tokens == null ? limit.burst() : tokens.left(limit, nanoTime.getAsLong() - origin);
  }

  /** Drops the full ones once there are twice as many as were left the last time. */
  private void sweepInTime(long now) {
    int limit = sweepAt.get();
    if (buckets.mappingCount() >= limit && sweepAt.compareAndSet(limit, Integer.MAX_VALUE)) {
      sweeper.execute(() -> sweep(now));
    }
  }

  private void sweep(long now) {
    buckets.forEach(
        (name, tokens) -> {
          if (tokens.retire(now)) {
            buckets.remove(name, tokens);
          }
        });
    sweepAt.set(Math.clamp(2 * buckets.mappingCount(), FIRST_SWEEP, Integer.MAX_VALUE - 1));
  }

  /** A virtual thread would run where the request does: on its event loop. */
  private static void besideTheRequests(Runnable sweep) {
    Thread.ofPlatform().daemon().name("throttles-sweep").start(sweep);
  }

  /** How many buckets there are. */
  int size() {
    return buckets.size();
  }
}
