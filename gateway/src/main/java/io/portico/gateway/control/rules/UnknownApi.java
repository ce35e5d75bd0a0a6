package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ServiceException;

/** The refusal of an API that is not there. */
public final class UnknownApi {
  private UnknownApi() {}

  // AWS: the account is part of the text; source: GEN-15.
  public static ServiceException named(Caller caller, String apiId) {
    return ServiceException.notFound(
        "Invalid API identifier specified " + caller.accountId() + ":" + apiId);
  }
}
