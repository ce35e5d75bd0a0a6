package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IamCaller;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of whoever calls, where a backend is called with them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html">PutIntegration,
 *     credentials</a>
 */
public final class CallersCredentials {
  private CallersCredentials() {}

  /**
   * What the caller has signed with.
   *
   * @param caller who has signed, or null for somebody who has not
   * @throws GatewayFault {@code API_CONFIGURATION_ERROR} if that is not known
   */
  public static Credentials of(@Nullable IamCaller caller) {
    Credentials own = caller == null ? null : caller.credentials();
    if (own == null) {
      throw GatewayFault.misconfigured("the secret of the caller's credentials is not known");
    }
    return own;
  }
}
