package io.portico.gateway.snapshot;

import io.portico.gateway.regex.BoundedPattern;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A <b>Lambda authorizer</b>, ready to be asked.
 *
 * @param id within its API
 * @param key names it in what is kept while it serves, as it is configured: whatever its answers
 *     may depend on makes it another authorizer
 * @param function whom it asks
 * @param role as which the function is invoked; null where API Gateway itself invokes it
 * @param signer with whose credentials
 * @param identitySources what tells callers apart; of a TOKEN authorizer the token's header alone
 * @param validation what all of a token has to match, or null
 * @param ttl how long an answer is kept; zero keeps none
 */
public record LambdaAuthorizer(
    String id,
    String key,
    Type type,
    LambdaFunction function,
    @Nullable String role,
    SigningIdentity signer,
    List<ParameterSource> identitySources,
    @Nullable BoundedPattern validation,
    Duration ttl) {

  /** What the function is told. */
  public enum Type {
    /** A token. */
    TOKEN,
    /** All that came with a request but its body. */
    REQUEST
  }
}
