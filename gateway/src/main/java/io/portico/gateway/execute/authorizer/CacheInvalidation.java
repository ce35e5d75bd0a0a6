package io.portico.gateway.execute.authorizer;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.MethodMatch;

/**
 * Who may have a cached answer made anew where that takes an authorization: the action {@code
 * execute-api:InvalidateCache}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html#invalidate-method-caching">Invalidate
 *     a cache entry</a>
 */
@FunctionalInterface
public interface CacheInvalidation {
  boolean isAllowed(MethodMatch match, Caller caller);
}
