package io.portico.gateway.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * A {@code $context} variable whose name an authorizer makes up: {@code authorizer.<name>} or
 * {@code authorizer.claims.<name>}.
 *
 * @param claim whether it is a claim of a token
 * @param name of the member or claim, such as {@code principalId} or {@code sub}
 */
public record AuthorizerVariable(boolean claim, String name) {
  private static final String AUTHORIZER = "authorizer.";
  private static final String CLAIMS = AUTHORIZER + "claims.";

  /**
   * The variable of a name, or null where it is none of an authorizer's.
   *
   * @param name without {@code $context.}
   */
  public static @Nullable AuthorizerVariable of(String name) {
    if (name.startsWith(CLAIMS) && name.length() > CLAIMS.length()) {
      return new AuthorizerVariable(true, name.substring(CLAIMS.length()));
    }
    return name.startsWith(AUTHORIZER) && name.length() > AUTHORIZER.length()
        ? new AuthorizerVariable(false, name.substring(AUTHORIZER.length()))
        : null;
  }
}
