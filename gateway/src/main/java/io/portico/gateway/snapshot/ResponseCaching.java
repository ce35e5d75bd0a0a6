package io.portico.gateway.snapshot;

import java.util.List;

/**
 * That a method's answers to one HTTP method are kept in the stage's cache, and how.
 *
 * @param ttlNanos how long an answer is kept; more than nothing
 * @param integrationType of the method's integration: an answer is read as what it was written
 * @param namespace {@code cacheNamespace}: methods with the same one share their answers
 * @param keyParameters {@code cacheKeyParameters} as configured, in their order
 * @param keySources where the value of each comes from
 * @param readsRequestOverrides whether a template of its responses reads what one of its requests
 *     has set ({@code $context.requestOverride})
 * @param authorizationRequired whether only who is authorized may have an answer made anew
 * @param unauthorized what becomes of the request of who is not
 * @param waitNanos how long a request waits for the answer that another one has asked the backend
 *     for: as long as it would wait for the backend itself
 */
public record ResponseCaching(
    long ttlNanos,
    String integrationType,
    String namespace,
    List<String> keyParameters,
    List<ParameterSource> keySources,
    boolean readsRequestOverrides,
    boolean authorizationRequired,
    Unauthorized unauthorized,
    long waitNanos) {

  /** {@code unauthorizedCacheControlHeaderStrategy}. */
  public enum Unauthorized {
    FAIL_WITH_403,
    SUCCEED_WITH_RESPONSE_HEADER,
    SUCCEED_WITHOUT_RESPONSE_HEADER
  }
}
