package io.portico.gateway.aws;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * The keys by which requests to one service are verified. Each is derived from a secret in four
 * steps, and is the same for a whole day: those that were asked for last are kept.
 */
final class SigningKeys {
  private static final int MOST_KEPT = 1_000;

  private final String service;
  private final Cache<Derived, byte[]> kept =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).executor(Runnable::run).build();

  /** What a key is derived from. */
  private record Derived(String secret, String date, String region) {}

  /**
   * @param service the service's signing name, such as {@code lambda}
   */
  SigningKeys(String service) {
    this.service = service;
  }

  /**
   * The key of a secret; not to be changed.
   *
   * @param date as in a credential scope, such as {@code 20261130}
   */
  byte[] of(String secret, String date, String region) {
    return kept.get(
        new Derived(secret, date, region),
        from -> SigV4.signingKey(from.secret, from.date, from.region, service));
  }
}
