package io.portico.gateway.execute.rest;

import com.github.benmanes.caffeine.cache.Ticker;
import io.portico.gateway.aws.policy.Identities;
import io.portico.gateway.execute.authorizer.Authorizers;
import io.portico.gateway.execute.authorizer.LambdaAuthorizers;
import io.portico.gateway.execute.authorizer.UserPoolAuthorizers;
import io.portico.gateway.execute.cache.ResponseCache;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.usage.UsageLedger;
import io.portico.gateway.execute.usage.UsageMeters;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What stages keep while they serve, and what survives a change of the snapshot.
 *
 * @param authorizers know who calls
 * @param throttles the token buckets
 * @param usage what API keys of usage plans have used
 * @param cache the answers of stages that have a cache
 * @param accountThrottle for each account in a region, over all its APIs; or null
 */
public record RuntimeState(
    Authorizers authorizers,
    Throttles throttles,
    UsageMeters usage,
    ResponseCache cache,
    @Nullable ThrottleLimit accountThrottle) {

  private static final long FEW_BYTES = 16 * 1024 * 1024;

  /**
   * Nothing is known yet, nothing outlives it, nobody can sign, and no account has a throttle.
   *
   * @param lambda invokes the functions of authorizers
   * @param userPools verify tokens of Cognito user pools
   */
  public static RuntimeState fresh(LambdaInvoke lambda, UserPoolAuthorizers userPools) {
    return new RuntimeState(
        new Authorizers(
            new LambdaAuthorizers(lambda, lambda.signing(), null, Ticker.systemTicker()),
            userPools,
            Identities.NOBODY,
            Clock.systemUTC()),
        new Throttles(),
        new UsageMeters(UsageLedger.NONE, Clock.systemUTC()),
        new ResponseCache(FEW_BYTES, null, System::nanoTime),
        null);
  }
}
