package io.portico.gateway.execute.authorizer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Answered;
import io.portico.gateway.execute.authorizer.AuthorizerResult.Refused;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.ServedStage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Lambda authorizers have answered, as long as it holds. Who asks what somebody is asking
 * already waits for his answer, and asks himself when that one goes without any.
 *
 * <p>Kept is what was answered, whatever the policy says; a caller who is not known, or a function
 * that fails, is asked for again. It goes with its stage.
 */
final class AuthorizerResults {
  /** What all that is kept weighs at most, roughly in bytes of memory. */
  private static final long MOST_WEIGHT = 64L * 1024 * 1024;

  /** A policy and its texts in memory, to their size as JSON. */
  private static final int MEMORY = 4;

  private static final int ENTRY = 1024;

  /** Who has waited for so many that went asks, whoever else does. */
  private static final int MOST_WAITS = 2;

  private final Ticker ticker;
  private final @Nullable CurrentSnapshot snapshot;
  private final Cache<Key, Kept> kept;
  private final ConcurrentMap<Key, Question> asked = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Era> eras = new ConcurrentHashMap<>();

  /**
   * The life of a stage, or a part of it: a flush begins another one. What was asked for before is
   * not found in it.
   */
  private static final class Era {
    private final String apiId;
    private final String stageName;

    Era(ServedStage stage) {
      this.apiId = stage.apiId();
      this.stageName = stage.stageName();
    }

    boolean isServed(GatewaySnapshot served) {
      return served.served(apiId, stageName) != null;
    }
  }

  /**
   * Whose answer it is. A record, so that no value can reach over into another's.
   *
   * @param authorizer {@link io.portico.gateway.snapshot.LambdaAuthorizer#key}
   */
  private record Key(Era era, String authorizer, Identity identity) {}

  /**
   * An answer.
   *
   * @param since when it was there
   * @param nanos how long it was to hold then: it is not found for longer
   */
  private record Kept(Answered answer, long since, long nanos) {}

  /** What somebody asks, and others wait for. */
  private static final class Question {
    /** Null where whoever asked has gone without an answer that is theirs, too. */
    private final CompletableFuture<@Nullable AuthorizerResult> result = new CompletableFuture<>();

    private final AtomicInteger waiting = new AtomicInteger();
  }

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
   * @param snapshot tells which stages there are; null where none ever goes
   * @param ticker tells how old an answer is
   */
  AuthorizerResults(@Nullable CurrentSnapshot snapshot, Ticker ticker) {
    this.ticker = ticker;
    this.snapshot = snapshot;
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(MOST_WEIGHT)
            .weigher(AuthorizerResults::weight)
            .expireAfter(new TimeToLive())
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
    if (snapshot != null) {
      snapshot.onStages(this::forgetAllBut);
    }
  }

  private static int weight(Key key, Kept value) {
    return ENTRY + MEMORY * (value.answer.size() + key.identity.length());
  }

  /**
   * The answer for a caller, kept or new.
   *
   * @param ttl how long answers hold: a new one, and no kept one longer
   * @param wait how long to wait at most where somebody asks already
   * @param ask gives a new one
   */
  AuthorizerResult get(
      ServedStage stage,
      String authorizer,
      Identity identity,
      Duration ttl,
      Duration wait,
      Supplier<AuthorizerResult> ask) {
    Key key = new Key(era(stage), authorizer, identity);
    AuthorizerResult found = find(key, ttl);
    return found == null ? askedOnce(key, ttl, wait, ask) : found;
  }

  private Era era(ServedStage stage) {
    Era era = eras.get(stage.key());
    if (era != null) {
      return era;
    }
    Era begun = eras.computeIfAbsent(stage.key(), key -> new Era(stage));
    // The request may have begun before its stage went.
    if (snapshot != null && !begun.isServed(snapshot.get())) {
      eras.remove(stage.key(), begun);
    }
    return begun;
  }

  private @Nullable Answered find(Key key, Duration ttl) {
    Kept found = kept.getIfPresent(key);
    if (found == null) {
      return null;
    }
    long nanos = ttl.toNanos();
    return nanos >= found.nanos || ticker.read() - found.since < nanos ? found.answer : null;
  }

  private AuthorizerResult askedOnce(
      Key key, Duration ttl, Duration wait, Supplier<AuthorizerResult> ask) {
    long until = System.nanoTime() + wait.toNanos();
    for (int waits = 0; waits < MOST_WAITS; waits++) {
      Question own = new Question();
      Question another = asked.putIfAbsent(key, own);
      if (another == null) {
        return lead(own, key, ttl, ask);
      }
      AuthorizerResult result = awaited(another, until - System.nanoTime());
      if (result != null) {
        return result;
      }
    }
    return keeping(key, ttl, ask.get());
  }

  private AuthorizerResult lead(
      Question own, Key key, Duration ttl, Supplier<AuthorizerResult> ask) {
    AuthorizerResult forAll = null;
    try {
      // Somebody may have asked between the look and this one's turn.
      AuthorizerResult result = find(key, ttl);
      if (result == null) {
        result = keeping(key, ttl, ask.get());
      }
      forAll = result instanceof Refused refused && refused.ofAsker() ? null : result;
      return result;
    } finally {
      asked.remove(key, own);
      own.result.complete(forAll);
    }
  }

  private AuthorizerResult keeping(Key key, Duration ttl, AuthorizerResult result) {
    if (result instanceof Answered answer) {
      kept.put(key, new Kept(answer, ticker.read(), ttl.toNanos()));
    }
    return result;
  }

  /** What another has been answered, or null where he has gone without an answer. */
  private static @Nullable AuthorizerResult awaited(Question another, long nanos) {
    another.waiting.incrementAndGet();
    try {
      return another.result.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return refused("it took too long to answer for the same caller");
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer is never an exception", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refused("the wait for an answer was interrupted");
    } finally {
      another.waiting.decrementAndGet();
    }
  }

  private static Refused refused(String why) {
    return new Refused(
        GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR,
        FaultCause.AUTHORIZER_UNREACHABLE,
        why,
        null);
  }

  /** How many wait for the answers that others are asking for. */
  int waiting() {
    return asked.values().stream().mapToInt(each -> each.waiting.get()).sum();
  }

  /** How many stages something is kept of. */
  int stages() {
    return eras.size();
  }

  /** Forgets a stage's answers, those that are being asked for among them. */
  void flush(String stageKey) {
    Era over = eras.get(stageKey);
    if (over != null) {
      forget(stageKey, over);
    }
  }

  private void forgetAllBut(GatewaySnapshot served) {
    eras.forEach(
        (stageKey, era) -> {
          if (!era.isServed(served)) {
            forget(stageKey, era);
          }
        });
  }

  private void forget(String stageKey, Era over) {
    eras.remove(stageKey, over);
    kept.asMap().keySet().removeIf(key -> key.era.equals(over));
  }
}
