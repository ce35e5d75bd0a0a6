package io.portico.gateway.jose;

import java.time.Duration;

/**
 * How an issuer's keys are fetched, and how long they are kept.
 *
 * @param timeout for a fetch in all
 * @param mostBytes of a key set
 * @param mostKeys in it
 * @param fresh how long keys are used before they are fetched again
 * @param stale how long they are used while that fails
 * @param refetch least time between two fetches, whatever ids of keys tokens come with
 * @param longestRetry most time between two fetches that fail; the first is tried again after a
 *     second
 */
public record KeySetLimits(
    Duration timeout,
    long mostBytes,
    int mostKeys,
    Duration fresh,
    Duration stale,
    Duration refetch,
    Duration longestRetry) {

  /**
   * Those of REST APIs: as those of HTTP APIs where these are documented, as of REST APIs nothing
   * is. The other numbers are Portico's own.
   */
  public static KeySetLimits standard() {
    return new KeySetLimits(
        Duration.ofSeconds(5),
        150_000,
        100,
        Duration.ofMinutes(10),
        Duration.ofHours(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30));
  }

  /**
   * Those of HTTP APIs.
   *
   * <p>AWS: 1,500 ms for the OpenID configuration, and as long for the key set, which may have
   * 150,000 bytes; keys may be used for two hours. Source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html and
   * http-api-jwt-authorizer.html.
   */
  public static KeySetLimits ofHttpApis() {
    return standard().within(Duration.ofMillis(1_500));
  }

  /** The same with another time for a fetch. */
  public KeySetLimits within(Duration longest) {
    return new KeySetLimits(longest, mostBytes, mostKeys, fresh, stale, refetch, longestRetry);
  }
}
