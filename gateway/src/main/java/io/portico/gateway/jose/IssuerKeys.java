package io.portico.gateway.jose;

import io.portico.gateway.http.Upstream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer: fetched when they are first asked for, used for a time, fetched again by
 * whoever then asks next, on his own thread, and when a token names a key that is not among them.
 *
 * <p>One fetch at a time: others wait for it only if there is nothing that they could use. Fetches
 * keep a distance, whether they succeed or fail, so neither tokens with made-up ids nor an issuer
 * that is down make many of them. While the issuer is down, its last keys are used for a while.
 *
 * <p>Safe for use from any number of threads.
 */
public final class IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 16;

  private final KeySetUrl url;
  private final KeySetSource source;
  private final KeySetLimits limits;
  private final LongSupplier nanoTime;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Known known;
  private volatile @Nullable Attempt last;

  /**
   * @param document what the keys were read from
   * @param time when it was fetched
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Known(KeySet keys, byte[] document, long time) {}

  /**
   * The last fetch.
   *
   * @param next when another may be made
   * @param failures how many in a row have failed
   * @param failure why the last one did; empty where it did not
   */
  private record Attempt(long next, int failures, String failure) {}

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public IssuerKeys(KeySetUrl url, Upstream upstream, KeySetLimits limits, LongSupplier nanoTime) {
    this(url, new KeySetFetch(url, upstream, limits), limits, nanoTime);
  }

  private IssuerKeys(
      KeySetUrl url, KeySetSource source, KeySetLimits limits, LongSupplier nanoTime) {
    this.url = url;
    this.source = source;
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  /**
   * Those that an OpenID configuration leads to.
   *
   * @param configuration its address
   * @param issuer what it has to call itself
   * @param nanoTime as {@link System#nanoTime}
   */
  public static IssuerKeys discovered(
      KeySetUrl configuration,
      String issuer,
      Upstream upstream,
      KeySetLimits limits,
      LongSupplier nanoTime) {
    return new IssuerKeys(
        configuration,
        new DiscoveredKeySet(configuration, issuer, upstream, limits),
        limits,
        nanoTime);
  }

  /**
   * The keys as they are known, fetched anew if it is time.
   *
   * @throws KeysUnavailableException if there are none that may be used
   */
  KeySet current() throws KeysUnavailableException {
    Known before = known;
    if (before != null) {
      long age = nanoTime.getAsLong() - before.time();
      if (age < limits.fresh().toNanos()) {
        return before.keys();
      }
      if (age < limits.stale().toNanos()) {
        return refreshed(before);
      }
    }
    return awaited();
  }

  /**
   * The key with an id, also one that the issuer has from a moment ago; or null.
   *
   * @throws KeysUnavailableException if none may be used
   */
  @Nullable VerificationKey key(String id) throws KeysUnavailableException {
    KeySet keys = current();
    VerificationKey key = keys.key(id);
    return key == null ? renewed(keys).key(id) : key;
  }

  /** One of those who ask fetches; the others go on with what there is. */
  private KeySet refreshed(Known before) throws KeysUnavailableException {
    if (isDue() && fetching.tryLock()) {
      try {
        if (isDue()) {
          fetch();
        }
      } finally {
        fetching.unlock();
      }
    }
    Known after = known;
    return after == null ? before.keys() : after.keys();
  }

  /** Nobody has anything: all wait for the one who fetches. */
  private KeySet awaited() throws KeysUnavailableException {
    lock();
    try {
      KeySet arrived = usable();
      if (arrived != null) {
        return arrived;
      }
      if (isDue()) {
        fetch();
      }
      KeySet fetched = usable();
      if (fetched == null) {
        Attempt failed = last;
        throw new KeysUnavailableException(
            url + ": " + (failed == null ? "never fetched" : failed.failure()));
      }
      return fetched;
    } finally {
      fetching.unlock();
    }
  }

  /** After a fetch, if nobody has made one since those keys were seen and one may be made. */
  private KeySet renewed(KeySet seen) throws KeysUnavailableException {
    lock();
    try {
      Known now = known;
      if (now != null && now.keys() == seen && isDue()) {
        fetch();
      }
      Known after = known;
      return after == null ? seen : after.keys();
    } finally {
      fetching.unlock();
    }
  }

  private @Nullable KeySet usable() {
    Known now = known;
    return now != null && nanoTime.getAsLong() - now.time() < limits.stale().toNanos()
        ? now.keys()
        : null;
  }

  private boolean isDue() {
    Attempt before = last;
    return before == null || nanoTime.getAsLong() - before.next() >= 0;
  }

  private void lock() throws KeysUnavailableException {
    try {
      if (!fetching.tryLock(2 * limits.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new KeysUnavailableException(url + ": a fetch of the keys does not end");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new KeysUnavailableException(url + ": not waited for any more");
    }
  }

  /**
   * @throws KeysUnavailableException if this thread need not know any more: the next one who asks
   *     fetches
   */
  private void fetch() throws KeysUnavailableException {
    Known before = known;
    try {
      byte[] document = source.fetch();
      KeySet keys =
          before != null && Arrays.equals(before.document(), document)
              ? before.keys()
              : KeySet.parse(document, limits.mostKeys());
      long now = nanoTime.getAsLong();
      known = new Known(keys, document, now);
      last = new Attempt(now + limits.refetch().toNanos(), 0, "");
      LOG.debug("{} has {} keys for signatures", url, keys.size());
    } catch (KeySetException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeysUnavailableException(String.valueOf(e.getMessage()));
    }
  }

  private void failed(String why) {
    Attempt before = last;
    int failures = before == null ? 1 : before.failures() + 1;
    long wait =
        Math.min(
            FIRST_RETRY.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS),
            limits.longestRetry().toNanos());
    last = new Attempt(nanoTime.getAsLong() + wait, failures, why);
    LOG.warn(
        "the keys of an issuer cannot be fetched from {}: {}; {}",
        url,
        why,
        usable() == null ? "its tokens cannot be verified" : "those that are known are used");
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
