package io.portico.gateway.snapshot;

import io.portico.gateway.regex.BoundedPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authorizer of type {@code COGNITO_USER_POOLS}.
 *
 * @param id of the authorizer
 * @param header that callers have their tokens in
 * @param audience what the token's audience is like, or null for any
 * @param pools of which any one's tokens are taken
 */
public record UserPoolAuthorizer(
    String id, String header, @Nullable BoundedPattern audience, List<UserPool> pools) {

  /** The pool that an issuer is, or null. */
  public @Nullable UserPool pool(String issuer) {
    for (UserPool pool : pools) {
      if (pool.issuers().contains(issuer)) {
        return pool;
      }
    }
    return null;
  }
}
