package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.authorizer.Authorizers;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.snapshot.ThrottleLimit;
import org.jspecify.annotations.Nullable;

/**
 * What stages keep while they serve, and what survives a change of the snapshot.
 *
 * @param authorizers know who calls
 * @param throttles the token buckets
 * @param accountThrottle for each account in a region, over all its APIs; or null
 */
public record RuntimeState(
    Authorizers authorizers, Throttles throttles, @Nullable ThrottleLimit accountThrottle) {

  /** Nothing is known yet, and no account has a throttle. */
  public static RuntimeState fresh() {
    return new RuntimeState(new Authorizers(), new Throttles(), null);
  }
}
