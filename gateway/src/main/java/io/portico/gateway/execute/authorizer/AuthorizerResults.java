package io.portico.gateway.execute.authorizer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Answered;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Refused;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Lambda authorizers have answered, as long as it holds. Who asks what somebody is asking
 * already waits for his answer.
 *
 * <p>Kept is what was answered, whatever the policy says; a caller who is not known, or a function
 * that fails, is asked for again.
 */
final class AuthorizerResults {
  /** What all that is kept weighs at most, roughly in bytes of memory. */
  private static final long MOST_WEIGHT = 64L * 1024 * 1024;

  /** A policy and its texts in memory, to their size as JSON. */
  private static final int MEMORY = 4;

  private static final int ENTRY = 1024;

  private final Cache<Key, Kept> kept;
  private final ConcurrentMap<Key, CompletableFuture<AuthorizerResult>> asked =
      new ConcurrentHashMap<>();

  /** How often each stage was flushed: what was asked for before is not found afterwards. */
  private final ConcurrentMap<String, Long> flushes = new ConcurrentHashMap<>();

  /**
   * Whose answer it is. A record, so that no value can reach over into another's.
   *
   * @param stage of which API
   * @param flushes of the stage when it was asked for
   * @param authorizer {@link io.portico.gateway.snapshot.LambdaAuthorizer#key}
   */
  private record Key(String stage, long flushes, String authorizer, Identity identity) {}

  private record Kept(Answered answer, long nanos) {}

  /** From when it was made, for as long as it was to hold. */
  private static final class TimeToLive implements Expiry<Key, Kept> {
    @Override
    public long expireAfterCreate(Key key, Kept value, long now) {
      return value.nanos;
    }

    @Override
    public long expireAfterUpdate(Key key, Kept value, long now, long left) {
      return value.nanos;
    }

    @Override
    public long expireAfterRead(Key key, Kept value, long now, long left) {
      return left;
    }
  }

  /**
   * @param ticker tells how old an answer is
   */
  AuthorizerResults(Ticker ticker) {
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(MOST_WEIGHT)
            .weigher(AuthorizerResults::weight)
            .expireAfter(new TimeToLive())
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  private static int weight(Key key, Kept value) {
    return ENTRY + MEMORY * (value.answer.size() + key.identity.length());
  }

  /**
   * The answer for a caller, kept or new.
   *
   * @param ttl how long a new one holds
   * @param wait how long to wait at most where somebody asks already
   * @param ask gives a new one
   */
  AuthorizerResult get(
      String stage,
      String authorizer,
      Identity identity,
      Duration ttl,
      Duration wait,
      Supplier<AuthorizerResult> ask) {
    Key key = new Key(stage, flushes.getOrDefault(stage, 0L), authorizer, identity);
    AuthorizerResult found = find(key);
    return found == null ? askedOnce(key, ttl, wait, ask) : found;
  }

  private @Nullable Answered find(Key key) {
    Kept found = kept.getIfPresent(key);
    return found == null ? null : found.answer;
  }

  private AuthorizerResult askedOnce(
      Key key, Duration ttl, Duration wait, Supplier<AuthorizerResult> ask) {
    CompletableFuture<AuthorizerResult> mine = new CompletableFuture<>();
    CompletableFuture<AuthorizerResult> others = asked.putIfAbsent(key, mine);
    if (others != null) {
      return waited(others, wait);
    }
    AuthorizerResult result = refused("who asked for the same caller found no answer");
    try {
      // Somebody may have asked between the look and this one's turn.
      Answered found = find(key);
      result = found == null ? ask.get() : found;
      if (found == null && result instanceof Answered answer) {
        kept.put(key, new Kept(answer, ttl.toNanos()));
      }
      return result;
    } finally {
      asked.remove(key, mine);
      mine.complete(result);
    }
  }

  private static AuthorizerResult waited(
      CompletableFuture<AuthorizerResult> others, Duration wait) {
    try {
      return others.get(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return refused("it took too long to answer for the same caller");
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer is never an exception", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused("the wait for an answer was interrupted");
    }
  }

  private static Refused refused(String why) {
    return new Refused(GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR, why, null);
  }

  /** Forgets a stage's answers, those that are being asked for among them. */
  void flush(String stage) {
    flushes.merge(stage, 1L, Long::sum);
    kept.asMap().keySet().removeIf(key -> key.stage.equals(stage));
  }
}
